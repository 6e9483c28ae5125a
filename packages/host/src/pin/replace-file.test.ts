import {
  chmodSync,
  lstatSync,
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
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readExactly, replaceFile } from "./replace-file.ts";

let directory = "";

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "stagewright-replace-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

describe("readExactly", () => {
  it("keeps a byte order mark and line ends", () => {
    const path = join(directory, "Dockerfile");
    writeFileSync(path, "\uFEFFFROM a\r\n");

    expect(readExactly(path)).toBe("\uFEFFFROM a\r\n");
  });

  it("refuses what is not UTF-8", () => {
    const path = join(directory, "Dockerfile");
    writeFileSync(path, Buffer.from([0x46, 0xff, 0xfe]));

    expect(() => readExactly(path)).toThrow("The file is not UTF-8, so it is left as it is.");
  });
});

describe("replaceFile", () => {
  it.skipIf(process.platform === "win32")("keeps the mode, follows a link and leaves nothing else behind", () => {
    const [path, link] = [join(directory, "Dockerfile"), join(directory, "link")];
    writeFileSync(path, "old");
    chmodSync(path, 0o640);
    symlinkSync(path, link);
    replaceFile(link, "new");

    expect(readFileSync(path, "utf8")).toBe("new");
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readdirSync(directory).sort()).toEqual(["Dockerfile", "link"]);
  });
});
