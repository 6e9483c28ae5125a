import { posix } from "node:path";

/** An absolute path, or `null` when the folder is needed and not known or a variable remains. */
export function absolute(path: string, cwd: string | null): string | null {
  if (/[$`*?~]/.test(path)) return null;
  if (path.startsWith("/")) return trim(posix.normalize(path));
  return cwd === null ? null : trim(posix.join(cwd, path));
}

/** The path is the folder, or lies in it. */
export const isInside = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);

/** The path is the one that is written, or fits the `*` in it. */
export const fits = (path: string, written: string): boolean =>
  path === written ||
  (written.includes("*") &&
    new RegExp(`^${written.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[^/]*")}$`).test(path));

export const baseName = (path: string): string => posix.basename(path);

export const folderOf = (path: string): string => posix.dirname(path);

const trim = (path: string): string => (path.length > 1 ? path.replace(/\/+$/, "") : path);
