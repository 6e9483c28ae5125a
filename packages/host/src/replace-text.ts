import {
  chmodSync,
  chownSync,
  closeSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * Writes a changed text over a file, whole or not at all: the mode stays, the owner where that is allowed, and of a link the target is written. Gives one sentence where it was left alone:
 * it is no UTF-8, has changed since it was read, or cannot be written.
 */
export function replaceText(path: string, before: string, after: string): string | null {
  let temporary: string | null = null;
  try {
    const target = realpathSync(path);
    const bytes = readFileSync(target);
    if (!bytes.equals(Buffer.from(before, "utf8"))) {
      return bytes.toString("utf8") === before
        ? "The file is not UTF-8, so it was left as it is."
        : "The file has changed meanwhile, so it was left as it is.";
    }
    // Another file may take the place of one that is read-only.
    closeSync(openSync(target, "r+"));
    temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
    writeFileSync(temporary, after);
    makeAlike(temporary, statSync(target));
    renameSync(temporary, target);
    return null;
  } catch (error) {
    if (temporary !== null) rmSync(temporary, { force: true });
    const { code = String(error) } = error as NodeJS.ErrnoException;
    return code === "EACCES" ? "The file may not be written." : `The file cannot be written: ${code}.`;
  }
}

function makeAlike(path: string, { mode, uid, gid }: Stats): void {
  const own = statSync(path);
  try {
    if (own.uid !== uid || own.gid !== gid) chownSync(path, uid, gid);
  } catch {
    // Only root gives files away; whoever may write here keeps them.
  }
  chmodSync(path, mode);
}
