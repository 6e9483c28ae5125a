import { statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { watch } from "chokidar";
import { isBuildFile } from "./build-files/names.ts";
import { configNames, hadolintNames } from "./config/find-config.ts";
import { enteredFolders, isDockerfile } from "./discover.ts";

export interface WatchOptions {
  readonly cwd: string;
  /** Files that matter whatever they are called, by their absolute paths. */
  readonly isKnown: (path: string) => boolean;
  /** Files that changed, came or went, as absolute paths, soon after the last of them did. */
  readonly onChange: (paths: ReadonlySet<string>) => void;
  /** One sentence about what cannot be watched; the rest is. */
  readonly onProblem: (message: string) => void;
}

export interface Watcher {
  /** Watches these files too. */
  add(paths: Iterable<string>): void;
  close(): Promise<void>;
}

/** How long a change waits for others that come with it, in milliseconds. */
const patience = 50;

/**
 * Watches what stands behind paths of the command line for changes that matter: to Dockerfiles, Compose and Bake files, configurations and ignore files. Of a file, its
 * folder is watched; folders that a walk does not enter are not. Resolves when everything is watched.
 */
export async function watchFiles(paths: readonly string[], options: WatchOptions): Promise<Watcher> {
  const { cwd, isKnown, onChange, onProblem } = options;
  const roots = paths.map((path) => rootOf(resolve(cwd, path), cwd));
  const deep = roots.filter(({ isDeep }) => isDeep).map(({ folder }) => folder);
  const isEntered = enteredFolders();
  const rootFolders = new Set(roots.map(({ folder }) => folder));
  const isWatched = (folder: string) =>
    rootFolders.has(folder) || (deep.some((root) => folder.startsWith(root)) && isEntered(folder));
  const watcher = watch([...rootFolders], {
    ignoreInitial: true,
    ignored: (path, stats) => stats?.isDirectory() === true && !isWatched(resolve(path)),
  });

  let changed = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  watcher.on("all", (event, path) => {
    const file = resolve(path);
    if (event === "addDir" || event === "unlinkDir" || !(mattersByName(file) || isKnown(file))) return;
    changed.add(file);
    if (timer) clearTimeout(timer);
    timer = setTimeout(() => {
      const paths = changed;
      changed = new Set();
      onChange(paths);
    }, patience);
  });
  watcher.on("error", (error) => {
    const { code, path } = error as NodeJS.ErrnoException;
    const limit = code === "ENOSPC" ? "; the system allows no more watches" : "";
    onProblem(
      `${path === undefined ? "A folder" : `\`${path}\``} cannot be watched: ${code ?? String(error)}${limit}.`,
    );
  });
  await new Promise<void>((done) => watcher.once("ready", () => done()));
  return {
    add: (files) => {
      watcher.add([...files]);
    },
    async close() {
      if (timer) clearTimeout(timer);
      await watcher.close();
    },
  };
}

/** Whether a change may change the findings of other files: it is of a configuration, an ignore file, a Compose or a Bake file. */
export const changesOthers = (path: string): boolean => mattersByName(path) && !isDockerfile(path);

const namesThatMatter: ReadonlySet<string> = new Set([...configNames, ...hadolintNames, ".gitignore"]);

const mattersByName = (path: string): boolean =>
  isDockerfile(path) || isBuildFile(path) || path.endsWith(".dockerignore") || namesThatMatter.has(basename(path));

/** The folder to watch: itself, that of a file, or the one that a pattern begins in. */
function rootOf(path: string, cwd: string): { readonly folder: string; readonly isDeep: boolean } {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats) return stats.isDirectory() ? { folder: path, isDeep: true } : { folder: dirname(path), isDeep: false };
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return { folder, isDeep: true };
    if (dirname(folder) === folder) return { folder: cwd, isDeep: true };
  }
}
