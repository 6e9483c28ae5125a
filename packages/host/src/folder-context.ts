import { readdirSync, readFileSync, statSync } from "node:fs";
import { isAbsolute, join, normalize, sep } from "node:path";

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

/** A folder as a build context. */
export function folderContext(folder: string): FolderContext {
  let files: readonly string[] | null = null;
  return {
    read(path) {
      const inside = normalize(path);
      if (isAbsolute(inside) || inside === ".." || inside.startsWith(`..${sep}`)) return null;
      const file = join(folder, inside);
      try {
        const { size } = statSync(file);
        return size <= maxBytes ? readFileSync(file, "utf8") : null;
      } catch {
        return null;
      }
    },
    files() {
      return (files ??= filesBelow(folder));
    },
  };
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
