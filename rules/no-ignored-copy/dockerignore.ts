/** Lines of a `.dockerignore` without comments and blanks, cleaned as Docker does (moby/patternmatcher, ignorefile). */
export function parseDockerignore(text: string): readonly string[] {
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .filter((line) => !line.startsWith("#"))
    .map((line) => clean(line.trim()))
    .filter((line) => line !== "");
}

/**
 * Whether BuildKit's CopyIgnoredFile reports a source: a pattern matches it or a folder above it. It says nothing of any file as soon as one pattern
 * makes an exception, since what is left then depends on the files.
 */
export function isIgnored(source: string, patterns: readonly string[]): boolean {
  if (patterns.some((pattern) => pattern.startsWith("!"))) return false;
  if (/^(https?|git|ssh|ftp):\/\/|^git@/.test(source)) return false;
  const path = clean(source).replace(/^\//, "");
  if (path === "." || path === "") return patterns.some((pattern) => ["*", "**", "**/*"].includes(pattern));
  const parts = path.split("/");
  const folders = parts.map((_, index) => parts.slice(0, index + 1).join("/"));
  return patterns.some((pattern) => {
    const expression = toExpression(pattern);
    return folders.some((folder) => expression.test(folder));
  });
}

/** As Go's filepath.Clean, and without a slash at the start. */
function clean(path: string): string {
  const exception = path.startsWith("!");
  const parts: string[] = [];
  for (const part of (exception ? path.slice(1).trim() : path).split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== "..") parts.push(part);
  }
  const cleaned = parts.join("/") || (path === "" ? "" : ".");
  return exception ? `!${cleaned}` : cleaned;
}

/** The pattern language of moby/patternmatcher: `*`, `?`, `[...]`, `**`, and a backslash before any of them. */
function toExpression(pattern: string): RegExp {
  let source = "^";
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index] as string;
    if (character === "*" && pattern[index + 1] === "*") {
      index++;
      if (pattern[index + 1] === "/") index++;
      source += index === pattern.length - 1 ? ".*" : "(.*/)?";
    } else if (character === "*") source += "[^/]*";
    else if (character === "?") source += "[^/]";
    else if (character === "\\" && index + 1 < pattern.length) source += escape(pattern[++index] as string);
    else if (character === "[") {
      const end = pattern.indexOf("]", index + 1);
      if (end === -1) source += "\\[";
      else {
        source += pattern.slice(index, end + 1);
        index = end;
      }
    } else source += escape(character);
  }
  try {
    return new RegExp(`${source}$`, "u");
  } catch {
    return /(?!)/;
  }
}

const escape = (character: string) => character.replace(/[.+^${}()|[\]\\/*?-]/, "\\$&");
