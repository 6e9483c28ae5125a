import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
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
