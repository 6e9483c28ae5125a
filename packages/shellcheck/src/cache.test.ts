import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cacheKey, openCache } from "./cache.ts";
import type { ShellCheckComment } from "./types.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stagewright-cache-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const comment: ShellCheckComment = {
  code: 2086,
  level: "info",
  message: "Quote \u{1f600}.",
  line: 1,
  column: 6,
  endLine: 1,
  endColumn: 8,
  replacements: [{ line: 1, column: 6, endLine: 1, endColumn: 6, text: '"' }],
};
const key = cacheKey("0.11.0", "#!/bin/sh\necho $x");
const fileOf = (name: string) => join(folder, name.slice(0, 2), `${name.slice(2)}.json`);

test("gives back what was written", () => {
  openCache(folder).write(key, [comment]);
  expect(openCache(folder).read(key)).toEqual([comment]);
});

test("remembers that there are no comments", () => {
  openCache(folder).write(key, []);
  expect(openCache(folder).read(key)).toEqual([]);
});

test("has nothing for another script or another version", () => {
  openCache(folder).write(key, []);
  expect(openCache(folder).read(cacheKey("0.11.0", "#!/bin/sh\necho $y"))).toBeUndefined();
  expect(openCache(folder).read(cacheKey("0.12.0", "#!/bin/sh\necho $x"))).toBeUndefined();
});

test.each([
  ["cut off", JSON.stringify([comment]).slice(0, 50)],
  ["empty", ""],
  ["not a list", "{}"],
  ["without a level", JSON.stringify([{ ...comment, level: undefined }])],
  ["with an unknown level", JSON.stringify([{ ...comment, level: "fatal" }])],
  ["with a place that is none", JSON.stringify([{ ...comment, column: 0 }])],
  [
    "with a replacement without text",
    JSON.stringify([{ ...comment, replacements: [{ ...comment.replacements[0], text: 1 }] }]),
  ],
])("ignores an entry that is %s", (_, text) => {
  mkdirSync(dirname(fileOf(key)), { recursive: true });
  writeFileSync(fileOf(key), text);
  expect(openCache(folder).read(key)).toBeUndefined();
});

test("replaces a broken entry", () => {
  mkdirSync(dirname(fileOf(key)), { recursive: true });
  writeFileSync(fileOf(key), "[");
  openCache(folder).write(key, [comment]);
  expect(openCache(folder).read(key)).toEqual([comment]);
});

test("leaves no drafts behind", () => {
  openCache(folder).write(key, [comment]);
  expect(readdirSync(dirname(fileOf(key)))).toEqual([`${key.slice(2)}.json`]);
});

test("does without a folder that cannot be written", () => {
  writeFileSync(join(folder, "file"), "");
  const cache = openCache(join(folder, "file"));
  expect(() => cache.write(key, [comment])).not.toThrow();
  expect(cache.read(key)).toBeUndefined();
});

describe("pruning", () => {
  const other = `${key.slice(0, 2)}${"0".repeat(62)}`;
  const elsewhere = `${key.startsWith("ff") ? "00" : "ff"}${"0".repeat(62)}`;
  const age = (path: string, days: number) => {
    const time = Date.now() / 1000 - days * 24 * 60 * 60;
    utimesSync(path, time, time);
  };
  const put = (name: string, days: number) => {
    mkdirSync(dirname(fileOf(name)), { recursive: true });
    writeFileSync(fileOf(name), "[]");
    age(fileOf(name), days);
  };

  test("removes what is older than a month beside what was written", async () => {
    put(other, 31);
    const cache = openCache(folder);
    cache.write(key, [comment]);
    await cache.prune();
    expect(existsSync(fileOf(other))).toBe(false);
    expect(cache.read(key)).toEqual([comment]);
  });

  test("keeps what is younger, what stands in other folders, and what is not its own", async () => {
    put(other, 29);
    put(elsewhere, 90);
    const foreign = join(dirname(fileOf(key)), "notes.txt");
    writeFileSync(foreign, "");
    age(foreign, 90);
    const cache = openCache(folder);
    cache.write(key, []);
    await cache.prune();
    expect([fileOf(other), fileOf(elsewhere), foreign].map((path) => existsSync(path))).toEqual([true, true, true]);
  });

  test("does nothing in a run that wrote nothing", async () => {
    put(key, 90);
    const cache = openCache(folder);
    cache.read(key);
    await cache.prune();
    expect(existsSync(fileOf(key))).toBe(true);
  });

  test("goes on where another process removes the same", async () => {
    for (let index = 0; index < 20; index++) put(`${key.slice(0, 2)}${String(index).padStart(62, "0")}`, 31);
    const caches = [openCache(folder), openCache(folder)];
    for (const cache of caches) cache.write(key, [comment]);
    await Promise.all(caches.map((cache) => cache.prune()));
    expect(readdirSync(dirname(fileOf(key)))).toEqual([`${key.slice(2)}.json`]);
  });
});
