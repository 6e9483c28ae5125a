import { type Dirent, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import picomatch from "picomatch";
import { dockerfileName } from "./file-names.ts";
import { GitIgnores } from "./git-ignores.ts";
import { pathHint } from "./path-hint.ts";

/** A file to lint, as it is to be shown. */
export interface FoundFile {
  /** As the user would write it: relative where the path given was. */
  readonly path: string;
  /** Named on the command line, not found in a folder. */
  readonly named: boolean;
  /** What is to be linted in place of what the file holds. */
  readonly text?: string;
}

/** A path that gives no file. */
export interface PathProblem {
  readonly path: string;
  /** One sentence. */
  readonly message: string;
}

/**
 * The files behind paths of the command line: files by whatever name, folders walked for Dockerfiles, and patterns. A walk obeys `.gitignore`, enters folders
 * that begin with a dot, and follows links to files but not to folders. Each file comes once; names in one folder are sorted. `isWanted` tells by their paths
 * which files of a folder are meant.
 */
export function* discover(
  paths: readonly string[],
  cwd: string,
  isWanted: (path: string) => boolean = isDockerfile,
): Generator<FoundFile | PathProblem> {
  const [only, ...others] = paths;
  // One path gives each file once; what is not remembered of a hundred thousand files takes no memory.
  if (only !== undefined && others.length === 0) return yield* discoverOne(only, cwd, isWanted);
  const seen = new Set<string>();
  for (const path of paths) {
    for (const found of discoverOne(path, cwd, isWanted)) {
      if ("message" in found) {
        yield found;
        continue;
      }
      const key = resolve(cwd, found.path);
      if (seen.has(key)) continue;
      seen.add(key);
      yield found;
    }
  }
}

function* discoverOne(path: string, cwd: string, isWanted: Wanted): Generator<FoundFile | PathProblem> {
  const absolute = resolve(cwd, path);
  const kind = kindOf(absolute);
  if (kind === "folder") {
    const root = { absolute, shown: path };
    for (const entry of walk(root, GitIgnores.forRoot(absolute), (file) => isWanted(file.absolute))) {
      yield "message" in entry ? entry : { path: entry.shown, named: false };
    }
  } else if (kind === "other") yield { path, named: true };
  else if (isPattern(path)) yield* matching(path, cwd, isWanted);
  else yield { path, message: `There is no such file or folder${pathHint(path, cwd)}` };
}

/** What cannot be looked at is left to whoever reads it, who can say why. */
function kindOf(path: string): "folder" | "other" | null {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats ? (stats.isDirectory() ? "folder" : "other") : null;
  } catch {
    return "other";
  }
}

interface Place {
  readonly absolute: string;
  readonly shown: string;
}

const skipped = new Set([".git", "node_modules", ".hg", ".svn"]);

/** Tells of folders, by their absolute paths, whether a walk from above enters them. */
export function enteredFolders(): (folder: string) => boolean {
  const known = new Map<string, GitIgnores>();
  const ignoresIn = (folder: string): GitIgnores => {
    let ignores = known.get(folder);
    if (!ignores) known.set(folder, (ignores = GitIgnores.forRoot(folder).within(folder)));
    return ignores;
  };
  return (folder) => !skipped.has(basename(folder)) && !ignoresIn(dirname(folder)).ignore(folder, true);
}

type Wanted = (path: string) => boolean;

export const isDockerfile = (path: string): boolean => dockerfileName.test(basename(path));

/** The files in and below a folder that are wanted, and the folders that cannot be read. */
function* walk(folder: Place, above: GitIgnores, isWanted: (file: Place) => boolean): Generator<Place | PathProblem> {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder.absolute, { withFileTypes: true });
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    yield { path: folder.shown, message: `The folder cannot be read: ${code}.` };
    return;
  }
  const ignores = entries.some(({ name }) => name === ".gitignore") ? above.within(folder.absolute) : above;
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const place = { absolute: join(folder.absolute, entry.name), shown: join(folder.shown, entry.name) };
    if (entry.isDirectory()) {
      if (!skipped.has(entry.name) && !ignores.ignore(place.absolute, true)) yield* walk(place, ignores, isWanted);
    } else if (isWanted(place) && isFileOrLink(entry, place) && !ignores.ignore(place.absolute, false)) yield place;
  }
}

const isFileOrLink = (entry: Dirent, { absolute }: Place): boolean =>
  entry.isFile() || (entry.isSymbolicLink() && isFile(absolute));

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

const isPattern = (path: string): boolean => /[*?[\]{}]|[@!+]\(/.test(path);

/** Files that match a pattern which the shell did not expand. Where its last part is only `*` or `**`, their names have to be wanted. */
function* matching(path: string, cwd: string, isWanted: Wanted): Generator<FoundFile | PathProblem> {
  const { root, isMatch } = patternOf(path, cwd, isWanted);
  let isEmpty = true;
  for (const entry of walk(root, GitIgnores.forRoot(root.absolute), ({ absolute }) => isMatch(absolute))) {
    if ("message" in entry) continue;
    isEmpty = false;
    yield { path: entry.shown, named: true };
  }
  if (isEmpty) yield { path, message: "No file matches the pattern." };
}

function patternOf(path: string, cwd: string, isWanted: Wanted): { readonly root: Place; readonly isMatch: Wanted } {
  const pattern = sep === "\\" ? path.replaceAll("\\", "/") : path;
  const parts = pattern.split("/");
  const fixed = parts.slice(0, parts.findIndex(isPattern));
  const base = fixed.length === 0 ? "." : fixed.join("/") || "/";
  const matches = picomatch(parts.slice(fixed.length).join("/"), { dot: true, windows: false });
  const takesAnyName = !/^\*+$/.test(parts.at(-1) ?? "");
  const root = { absolute: resolve(cwd, base), shown: base };
  return { root, isMatch: (file) => (takesAnyName || isWanted(file)) && matches(below(root, file)) };
}

/** Tells for absolute paths, of files that need not be there, whether `discover` would find them behind some paths. */
export function selection(paths: readonly string[], cwd: string, isWanted: Wanted): Wanted {
  const tests = paths.map((path): Wanted => {
    const absolute = resolve(cwd, path);
    if (kindOf(absolute) === null && isPattern(path)) return patternOf(path, cwd, isWanted).isMatch;
    const inside = absolute.endsWith(sep) ? absolute : absolute + sep;
    return (file) => file === absolute || (file.startsWith(inside) && isWanted(file));
  });
  return (file) => tests.some((test) => test(file));
}

const below = (root: Place, file: string): string => relative(root.absolute, file).split(sep).join("/");
