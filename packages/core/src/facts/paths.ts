/**
 * WORKDIR after another one, as BuildKit's system.NormalizeWorkdir: absolute paths replace, others are appended, an empty one changes nothing. `null`
 * when it is not known. Unlike there, Windows paths keep their drive.
 */
export function joinPaths(base: string | null, path: string | null, windows: boolean): string | null {
  if (path === null) return null;
  if (path === "") return base;
  if (windows || isDrivePath(path)) return joinWindows(base ?? null, path);
  if (path.startsWith("/")) return clean(path);
  return base === null ? null : clean(`${base}/${path}`);
}

const isDrivePath = (path: string): boolean => /^[A-Za-z]:[\\/]/.test(path);

function joinWindows(base: string | null, path: string): string | null {
  const drive = /^[A-Za-z]:/.exec(path)?.[0];
  const rest = drive === undefined ? path : path.slice(drive.length);
  const baseDrive = base === null ? undefined : /^[A-Za-z]:/.exec(base)?.[0];
  const absolute = /^[\\/]/.test(rest);
  if (!absolute && base === null) return null;
  const before = absolute ? "" : (base as string).slice(baseDrive?.length ?? 0);
  return (drive ?? baseDrive ?? "C:") + clean(`${before}/${rest}`.replaceAll("\\", "/")).replaceAll("/", "\\");
}

/** Without empty parts, `.` and `..`; begins with a slash. */
function clean(path: string): string {
  if (isPlain.test(path)) return path;
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** Most paths are clean as they are written. */
const isPlain = /^(?:\/[^/.][^/]*)+$/;
