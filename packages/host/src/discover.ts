import { type Dirent, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import ignore, { type Ignore } from "ignore";
import { dockerfileName } from "./file-names.ts";

/** A file to lint, as it is to be shown. */
export interface FoundFile {
  /** As the user would write it: relative where the path given was. */
  readonly path: string;
  /** Named on the command line, not found in a folder. */
  readonly named: boolean;
}

/** A path that gives no file. */
export interface PathProblem {
  readonly path: string;
  readonly message: string;
}

/**
 * The files behind paths of the command line: files by whatever name, folders walked for Dockerfiles, and patterns with `*`, `?` and `[`. Each file comes
 * once; names in one folder are sorted.
 */
export function* discover(paths: readonly string[], cwd: string): Generator<FoundFile | PathProblem> {
  const seen = new Set<string>();
  for (const path of paths) {
    for (const found of discoverOne(path, cwd)) {
      if ("message" in found) yield found;
      else {
        const key = resolve(cwd, found.path);
        if (seen.has(key)) continue;
        seen.add(key);
        yield found;
      }
    }
  }
}

function* discoverOne(path: string, cwd: string): Generator<FoundFile | PathProblem> {
  const absolute = resolve(cwd, path);
  let isFolder: boolean;
  try {
    isFolder = statSync(absolute).isDirectory();
  } catch {
    if (/[*?[\]{}]/.test(path)) yield* matching(path, cwd);
    else yield { path, message: "There is no such file or folder." };
    return;
  }
  if (isFolder) yield* walk(path, absolute, ignoresAbove(absolute), new Set());
  else yield { path, named: true };
}

/** `.gitignore` rules with the folder that they belong to. */
interface Ignores {
  readonly folder: string;
  readonly rules: Ignore;
}

const skipped = new Set([".git", "node_modules", ".hg", ".svn"]);

function* walk(
  shown: string,
  folder: string,
  above: readonly Ignores[],
  links: ReadonlySet<string>,
): Generator<FoundFile | PathProblem> {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    yield { path: shown, message: `The folder cannot be read: ${(error as NodeJS.ErrnoException).code ?? "error"}.` };
    return;
  }
  const own = readIgnores(folder);
  const ignores = own ? [...above, own] : above;
  entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  for (const entry of entries) {
    if (skipped.has(entry.name)) continue;
    const absolute = join(folder, entry.name);
    const path = join(shown, entry.name);
    const kind = kindOf(entry, absolute);
    if (kind === null || isIgnored(absolute, kind === "folder", ignores)) continue;
    if (kind === "file") {
      if (dockerfileName.test(entry.name)) yield { path, named: false };
    } else if (!entry.isSymbolicLink()) yield* walk(path, absolute, ignores, links);
    else {
      // A link to a folder is followed once, so that circles end.
      const target = realpathSync(absolute);
      if (!links.has(target) && !`${folder}${sep}`.startsWith(`${target}${sep}`)) {
        yield* walk(path, absolute, ignores, new Set([...links, target]));
      }
    }
  }
}

function kindOf(entry: Dirent, absolute: string): "file" | "folder" | null {
  if (entry.isDirectory()) return "folder";
  if (entry.isFile()) return "file";
  if (!entry.isSymbolicLink()) return null;
  try {
    const target = statSync(absolute);
    return target.isDirectory() ? "folder" : target.isFile() ? "file" : null;
  } catch {
    return null;
  }
}

function isIgnored(absolute: string, isFolder: boolean, ignores: readonly Ignores[]): boolean {
  let ignored = false;
  for (const { folder, rules } of ignores) {
    const path = relative(folder, absolute).split(sep).join("/");
    if (path === "" || path.startsWith("..")) continue;
    const result = rules.test(isFolder ? `${path}/` : path);
    if (result.ignored) ignored = true;
    else if (result.unignored) ignored = false;
  }
  return ignored;
}

function readIgnores(folder: string): Ignores | null {
  try {
    return { folder, rules: ignore().add(readFileSync(join(folder, ".gitignore"), "utf8")) };
  } catch {
    return null;
  }
}

/** The `.gitignore` files between the root of the repository and a folder. */
function ignoresAbove(folder: string): Ignores[] {
  const found: Ignores[] = [];
  for (let at = folder; !isRepository(at); at = dirname(at)) {
    const above = dirname(at);
    // Without a repository around it, nothing above the folder counts.
    if (above === at) return [];
    const ignores = readIgnores(above);
    if (ignores) found.unshift(ignores);
  }
  return found;
}

function isRepository(folder: string): boolean {
  try {
    statSync(join(folder, ".git"));
    return true;
  } catch {
    return false;
  }
}

/** Files that match a pattern which the shell did not expand. */
function* matching(pattern: string, cwd: string): Generator<FoundFile | PathProblem> {
  const parts = pattern.split(/[/\\]/);
  const fixed = parts.findIndex((part) => /[*?[\]{}]/.test(part));
  const base = parts.slice(0, fixed).join("/") || (pattern.startsWith("/") ? "/" : ".");
  const rest = parts.slice(fixed).join("/");
  const expression = globExpression(rest);
  let any = false;
  const root = resolve(cwd, base);
  for (const file of filesBelow(root, "", ignoresAbove(root))) {
    if (!expression.test(file)) continue;
    any = true;
    yield { path: base === "." ? file : join(base, file), named: true };
  }
  if (!any) yield { path: pattern, message: "No file matches the pattern." };
}

function* filesBelow(root: string, path: string, above: readonly Ignores[]): Generator<string> {
  const folder = join(root, path);
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return;
  }
  const own = readIgnores(folder);
  const ignores = own ? [...above, own] : above;
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (skipped.has(entry.name)) continue;
    const inner = path === "" ? entry.name : `${path}/${entry.name}`;
    const kind = kindOf(entry, join(root, inner));
    if (kind === null || isIgnored(join(root, inner), kind === "folder", ignores)) continue;
    if (kind === "file") yield inner;
    else if (!entry.isSymbolicLink()) yield* filesBelow(root, inner, ignores);
  }
}

/** `**`, `*`, `?`, `[...]` and `{a,b}`. */
function globExpression(pattern: string): RegExp {
  let depth = 0;
  const source = pattern.replace(/\*\*\/|\*\*|[*?{},]|\[[^\]]*\]|[.+^$()|\\]/g, (part) => {
    if (part === "**/") return "(?:.*/)?";
    if (part === "**") return ".*";
    if (part === "*") return "[^/]*";
    if (part === "?") return "[^/]";
    if (part.startsWith("[")) return part.replace(/^\[!/, "[^");
    if (part === "{") {
      depth++;
      return "(?:";
    }
    if (part === "}") return depth-- > 0 ? ")" : "\\}";
    if (part === ",") return depth > 0 ? "|" : ",";
    return `\\${part}`;
  });
  return new RegExp(`^${source}$`);
}
