import { readdirSync, readFileSync, statSync } from "node:fs";
import { isAbsolute, join, normalize, sep } from "node:path";
import { dockerIgnores } from "./dockerignore.ts";

/** Larger files are no manifests and no start scripts. */
const maxBytes = 1024 * 1024;

/** Larger folders are not listed. */
const mostFiles = 5000;

/** What no build reads its own code from. */
const skipped = new Set([".git", "node_modules"]);

export interface FolderContext {
  /** The text of a file by its path from the folder; `null` for what is not there, not in it, or larger than 1 MB. */
  read(path: string): string | null;
  /** The paths of its files with `/`, `.git` and `node_modules` left out; none for a folder of more than 5000. */
  files(): readonly string[];
}

/** A folder as a build context, without what its ignore file leaves out; one of the Dockerfile itself goes before that of the folder. */
export function folderContext(folder: string, dockerfile: string | null = null): FolderContext {
  let files: readonly string[] | null = null;
  let ignores: ((path: string) => boolean) | null = null;
  const isIgnored = (path: string): boolean => (ignores ??= ignoresOf(folder, dockerfile))(path);
  return {
    read(path) {
      const inside = normalize(path);
      if (isAbsolute(inside) || inside === ".." || inside.startsWith(`..${sep}`)) return null;
      return isIgnored(inside.split(sep).join("/")) ? null : textOf(join(folder, inside));
    },
    files() {
      return (files ??= filesBelow(folder).filter((path) => !isIgnored(path)));
    },
  };
}

function textOf(file: string): string | null {
  try {
    const { size } = statSync(file);
    return size <= maxBytes ? readFileSync(file, "utf8") : null;
  } catch {
    return null;
  }
}

function ignoresOf(folder: string, dockerfile: string | null): (path: string) => boolean {
  const own = dockerfile === null ? null : textOf(`${dockerfile}.dockerignore`);
  return dockerIgnores(own ?? textOf(join(folder, ".dockerignore")) ?? "");
}

function filesBelow(folder: string): readonly string[] {
  const found: string[] = [];
  const left = [""];
  for (let at = left.pop(); at !== undefined; at = left.pop()) {
    for (const entry of entriesOf(join(folder, at))) {
      const path = at === "" ? entry.name : `${at}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!skipped.has(entry.name)) left.push(path);
      } else found.push(path);
      if (found.length > mostFiles) return [];
    }
  }
  return found;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
