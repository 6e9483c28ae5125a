import { readdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { nearestName } from "./names.ts";

/** `; did you mean X?` with the name in the same folder that looks most like the misspelt one of a path, or a full stop. */
export function pathHint(path: string, cwd: string): string {
  const folder = dirname(path);
  try {
    const near = nearestName(basename(path), readdirSync(resolve(cwd, folder)));
    return near === null ? "." : `; did you mean \`${join(folder, near)}\`?`;
  } catch {
    return ".";
  }
}
