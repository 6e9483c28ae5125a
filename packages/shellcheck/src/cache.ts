import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Level, Place, ShellCheckComment, ShellCheckReplacement } from "./types.ts";

/** Changes when what an entry holds changes. */
const format = 1;

/** The key of a full script's comments under one version of ShellCheck. */
export const cacheKey = (version: string, script: string): string =>
  createHash("sha256").update(`${format}\n${version}\n`).update(script).digest("hex");

/** Comments of full scripts, kept across runs. Losing an entry costs time, nothing else, so no failure is ever reported. */
export interface CommentCache {
  read(key: string): readonly ShellCheckComment[] | undefined;
  write(key: string, comments: readonly ShellCheckComment[]): void;
  /** Removes what is older than a month, where something was written: as much work as there were new scripts, and none for a run without. */
  prune(): Promise<void>;
}

const month = 30 * 24 * 60 * 60 * 1000;

/**
 * One file an entry, named by its key, `ab/cdef...json`; several processes may share the folder. An entry that is cut off or not
 * of our shape counts as missing.
 */
export function openCache(folder: string): CommentCache {
  const known = new Set<string>();
  let readOnly = false;
  return {
    read(key) {
      try {
        const comments: unknown = JSON.parse(readFileSync(pathOf(folder, key), "utf8"));
        return isComments(comments) ? comments : undefined;
      } catch {
        return undefined;
      }
    },
    write(key, comments) {
      if (readOnly) return;
      const path = pathOf(folder, key);
      const draft = `${path}.${randomUUID()}`;
      try {
        const parent = join(folder, key.slice(0, 2));
        if (!known.has(parent)) mkdirSync(parent, { recursive: true });
        known.add(parent);
        writeFileSync(draft, JSON.stringify(comments));
        renameSync(draft, path);
      } catch {
        readOnly = true;
        removeQuietly(draft);
      }
    },
    async prune() {
      const oldest = Date.now() - month;
      await Promise.all([...known].map((parent) => removeOlder(parent, oldest)));
    },
  };
}

/** Drafts too. Another process may do the same at this moment. */
async function removeOlder(folder: string, oldest: number): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => /^[0-9a-f]{62}\.json/.test(each))) {
    const path = join(folder, name);
    const time = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => Infinity,
    );
    if (time < oldest) await rm(path, { force: true }).catch(() => undefined);
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It was never there: no folder on its path could be made.
  }
}

const pathOf = (folder: string, key: string): string => join(folder, key.slice(0, 2), `${key.slice(2)}.json`);

const levels: readonly Level[] = ["error", "warning", "info", "style"];

const isComments = (value: unknown): value is ShellCheckComment[] => Array.isArray(value) && value.every(isComment);

function isComment(value: unknown): value is ShellCheckComment {
  if (!isPlace(value)) return false;
  const { code, level, message, replacements } = value as Partial<ShellCheckComment>;
  return (
    isCount(code) &&
    levels.includes(level!) &&
    typeof message === "string" &&
    Array.isArray(replacements) &&
    replacements.every(
      (replacement) => isPlace(replacement) && typeof (replacement as Partial<ShellCheckReplacement>).text === "string",
    )
  );
}

function isPlace(value: unknown): value is Place {
  if (typeof value !== "object" || value === null) return false;
  const { line, column, endLine, endColumn } = value as Partial<Place>;
  return [line, column, endLine, endColumn].every(isCount);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}
