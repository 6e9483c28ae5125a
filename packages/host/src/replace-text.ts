import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * Writes a changed text over a file, whole or not at all: the mode stays, and of a link the target is written. Gives one sentence where it was left alone: it
 * is no UTF-8, has changed since it was read, or cannot be written.
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
    temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
    writeFileSync(temporary, after, { mode: statSync(target).mode });
    renameSync(temporary, target);
    return null;
  } catch (error) {
    if (temporary !== null) rmSync(temporary, { force: true });
    return `The file cannot be written: ${(error as NodeJS.ErrnoException).code ?? String(error)}.`;
  }
}
