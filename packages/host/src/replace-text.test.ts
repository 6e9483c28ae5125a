import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { replaceText } from "./replace-text.ts";

const before = "\ufefffrom debian:13\r\nUSER 1000";
const after = "\ufeffFROM debian:13\r\nUSER 1000";
const isRoot = process.getuid?.() === 0;

let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stagewright-replace-"));
  file = join(folder, "Dockerfile");
  writeFileSync(file, before);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Root may write everything. */
function asSomebody<Result>(work: () => Result): Result {
  if (!isRoot) return work();
  process.seteuid?.(65_534);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}

test("writes the very text and leaves nothing beside it", () => {
  expect(replaceText(file, before, after)).toBeNull();
  expect(readFileSync(file, "utf8")).toBe(after);
  expect(readdirSync(folder)).toEqual(["Dockerfile"]);
});

test.each([0o600, 0o644, 0o666, 0o755])("keeps the mode %o whatever the umask", (mode) => {
  chmodSync(file, mode);
  expect(replaceText(file, before, after)).toBeNull();
  expect(statSync(file).mode & 0o777).toBe(mode);
});

test.skipIf(!isRoot)("keeps the owner", () => {
  chownSync(file, 1234, 4321);
  expect(replaceText(file, before, after)).toBeNull();
  expect(statSync(file)).toMatchObject({ uid: 1234, gid: 4321 });
});

test("of a link the target is written", () => {
  mkdirSync(join(folder, "app"));
  const link = join(folder, "app/Dockerfile");
  symlinkSync("../Dockerfile", link);
  expect(replaceText(link, before, after)).toBeNull();
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(file, "utf8")).toBe(after);
});

test("leaves a file alone that is read-only", () => {
  chmodSync(folder, 0o777);
  chmodSync(file, 0o444);
  expect(asSomebody(() => replaceText(file, before, after))).toBe("The file may not be written.");
  expect(readFileSync(file, "utf8")).toBe(before);
});

test("leaves a file alone whose folder may not be written", () => {
  chmodSync(file, 0o666);
  chmodSync(folder, 0o555);
  expect(asSomebody(() => replaceText(file, before, after))).toBe("The file may not be written.");
  expect(readFileSync(file, "utf8")).toBe(before);
});

test("leaves a file alone that has changed meanwhile", () => {
  writeFileSync(file, `${before}\r\nCMD a`);
  expect(replaceText(file, before, after)).toBe("The file has changed meanwhile, so it was left as it is.");
  expect(readFileSync(file, "utf8")).toBe(`${before}\r\nCMD a`);
});

test("leaves a file alone that is not UTF-8", () => {
  const bytes = Buffer.from("from debian:13 # caf\u00e9\n", "latin1");
  writeFileSync(file, bytes);
  const read = bytes.toString("utf8");
  expect(replaceText(file, read, read.replace("from", "FROM"))).toBe("The file is not UTF-8, so it was left as it is.");
  expect(readFileSync(file)).toEqual(bytes);
});

test("says of a file that is gone that it cannot be written", () => {
  rmSync(file);
  expect(replaceText(file, before, after)).toBe("The file cannot be written: ENOENT.");
});
