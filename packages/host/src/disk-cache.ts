import { createHash, randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "./make-folder.ts";

/**
 * JSON values on disk, one file each, written whole, so that several processes may share a directory. Damaged, foreign or expired entries are as if they were
 * not there, and a directory that cannot be written only costs time: nothing here ever rejects.
 */
export interface DiskCache {
  /** `undefined` when there is nothing that is still good and younger than `maxAge` milliseconds. */
  read(key: string, maxAge?: number): unknown;
  /** Keeps a JSON value for `lifetime` milliseconds. */
  write(key: string, value: unknown, lifetime: number): Promise<void>;
}

interface Entry {
  readonly key: string;
  /** In milliseconds since 1970. */
  readonly written: number;
  readonly expires: number;
  readonly value: unknown;
}

const oldest = 31 * 24 * 60 * 60 * 1000;

interface DiskCacheOptions {
  /** `null` for a cache in memory alone. */
  readonly directory: string | null;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Values are asked for more than once, so they are kept in memory too. Default `true`. */
  readonly keeps?: boolean;
}

export function createDiskCache({ directory, now, keeps = true }: DiskCacheOptions): DiskCache {
  const memory = new Map<string, Entry>();
  let cleaning: Promise<void> | null = null;

  // At once: handing a file of some kilobytes to another thread takes several times as long as to read it.
  const fromDisk = (key: string): Entry | undefined => {
    if (directory === null) return undefined;
    const path = join(directory, fileName(key));
    if (!existsSync(path)) return undefined;
    try {
      const entry: unknown = JSON.parse(readFileSync(path, "utf8"));
      return isEntry(entry) && entry.key === key ? entry : undefined;
    } catch {
      return undefined;
    }
  };

  return {
    read(key, maxAge = Infinity) {
      const entry = memory.get(key) ?? fromDisk(key);
      if (!entry || Math.min(entry.expires, entry.written + maxAge) <= now()) {
        return undefined;
      }
      if (keeps) memory.set(key, entry);
      return entry.value;
    },
    async write(key, value, lifetime) {
      const entry: Entry = { key, written: now(), expires: now() + lifetime, value };
      if (keeps) memory.set(key, entry);
      if (directory !== null) {
        await (cleaning ??= removeOld(directory, now()));
        await writeAtomically(directory, fileName(key), JSON.stringify(entry));
      }
    },
  };
}

/** Nothing lives longer than a month, so that older files are left-overs; once a process. */
async function removeOld(directory: string, now: number): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  for (const name of names.filter((candidate) => /^[0-9a-f]{64}\.json(?:\.[\w-]+\.tmp)?$/.test(candidate))) {
    const path = join(directory, name);
    const age = await stat(path).then(
      ({ mtimeMs }) => now - mtimeMs,
      () => 0,
    );
    if (age > oldest) {
      await rm(path, { force: true }).catch(() => undefined);
    }
  }
}

async function writeAtomically(directory: string, name: string, text: string): Promise<void> {
  const temporary = join(directory, `${name}.${randomUUID()}.tmp`);
  try {
    makeFolder(directory, 0o700);
    await writeFile(temporary, text, { mode: 0o600 });
    await rename(temporary, join(directory, name));
  } catch {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

const fileName = (key: string): string => `${createHash("sha256").update(key).digest("hex")}.json`;

const isEntry = (value: unknown): value is Entry =>
  typeof value === "object" &&
  value !== null &&
  "key" in value &&
  typeof value.key === "string" &&
  "written" in value &&
  typeof value.written === "number" &&
  "expires" in value &&
  typeof value.expires === "number" &&
  "value" in value;
