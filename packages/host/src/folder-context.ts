import { readFileSync, statSync } from "node:fs";
import { isAbsolute, join, normalize, sep } from "node:path";

/** Larger files are no manifests and no start scripts. */
const maxBytes = 1024 * 1024;

/** A folder as a build context: `read` gives the text of a file in it by its path from there, and `null` for what is not there, not in it, or too large. */
export function folderContext(folder: string): { read(path: string): string | null } {
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
  };
}
