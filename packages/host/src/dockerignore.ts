import picomatch from "picomatch";

/** Whether a build with this ignore file lacks a path of its context: the last pattern that matches the path or a folder above it counts, as in Docker. */
export function dockerIgnores(text: string): (path: string) => boolean {
  const rules = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .filter((line) => !line.startsWith("#") && line.trim() !== "")
    .map((line) => {
      const pattern = line.trim();
      const isException = pattern.startsWith("!");
      const clean = pattern.replace(/^!/, "").trim().replace(/^(\.?\/)+/, "").replace(/\/+$/, ""); // prettier-ignore
      return { isException, matches: picomatch(clean, { dot: true, noextglob: true, nobrace: true, nonegate: true }) };
    });
  return (path) => {
    const parts = path.split("/");
    const all = parts.map((_, index) => parts.slice(0, index + 1).join("/"));
    const last = rules.findLast(({ matches }) => all.some((each) => matches(each)));
    return last !== undefined && !last.isException;
  };
}
