import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of the repository around a folder, or the folder itself. */
export function repositoryRoot(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (dirname(at) === at) return folder;
  }
}
