import { posix } from "node:path";

/** An absolute path, or `null` when the folder is needed and not known or a variable remains. */
export function absolute(path: string, cwd: string | null): string | null {
  if (/[$`*?~]/.test(path)) return null;
  if (cwd === null && !path.startsWith("/")) return null;
  const whole = path.startsWith("/") ? path : `${cwd ?? ""}/${path}`;
  return isPlain.test(whole) ? whole : trim(posix.normalize(whole));
}

/** Most paths are normal as they are written. */
const isPlain = /^(?:\/[^/.][^/]*)+$/;

/** The path is the folder, or lies in it. */
export const isInside = (path: string, folder: string): boolean =>
  path.startsWith(folder) && (path.length === folder.length || folder === "/" || path[folder.length] === "/");

/** The path is the one that is written, or fits the `*` in it. */
export const fits = (path: string, written: string): boolean =>
  path === written ||
  (written.includes("*") &&
    new RegExp(`^${written.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[^/]*")}$`).test(path));

export const baseName = (path: string): string => posix.basename(path);

export const folderOf = (path: string): string => posix.dirname(path);

const trim = (path: string): string => (path.length > 1 ? path.replace(/\/+$/, "") : path);
