import picomatch from "picomatch";

/** Whether a path relative to the configuration's folder, with forward slashes, matches. */
export type PathTest = (path: string) => boolean;

const options = { dot: true, nonegate: true } as const;

/** Patterns for files: a pattern without a slash is about names in all folders. */
export function fileTest(patterns: readonly string[]): PathTest {
  const tests = patterns.map((pattern) => patternTest(pattern, !pattern.includes("/")));
  return (path) => tests.some((test) => test(path));
}

/** Patterns for files and folders, the last one that matches decides: `!` takes back what earlier ones said. */
export function ignoreTest(patterns: readonly string[]): PathTest {
  const tests = patterns.map((pattern) => {
    const negated = pattern.startsWith("!");
    const plain = (negated ? pattern.slice(1) : pattern).replace(/\/$/, "");
    return { negated, test: patternTest(plain.replace(/\/\*\*$/, ""), !plain.includes("/")) };
  });
  return (path) => {
    const parts = path.split("/");
    const prefixes = parts.map((_, index) => parts.slice(0, index + 1).join("/"));
    const last = tests.findLast(({ test }) => prefixes.some(test));
    return last !== undefined && !last.negated;
  };
}

function patternTest(pattern: string, isName: boolean): PathTest {
  const matches = picomatch(pattern.replace(/^\.?\//, ""), options);
  return isName ? (path) => matches(path.slice(path.lastIndexOf("/") + 1)) : (path) => matches(path);
}
