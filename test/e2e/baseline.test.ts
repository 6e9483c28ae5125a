import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { stagewright } from "../support/command.ts";

let folder = "";
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const run = (...args: string[]) => stagewright(["--no-config", "--rule", "shellcheck=off", ...args], { cwd: folder });
const compact = (...args: string[]) => run("--format", "compact", ...args);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stagewright-baseline-"));
  mkdirSync(join(folder, ".git"));
  mkdirSync(join(folder, "app one"));
  write("app one/Dockerfile", "FROM debian\nMAINTAINER me\n");
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("reports only what is new, wherever the old has moved", () => {
  expect(run("--write-baseline", "known.json")).toMatchObject({
    status: 0,
    stdout: "",
    stderr: "known.json: 2 findings in 1 files.\n",
  });
  expect(compact("--baseline", "known.json")).toMatchObject({ status: 0, stdout: "" });

  write("app one/Dockerfile", "# moved\n\nFROM debian\nMAINTAINER me\nMAINTAINER me\nWORKDIR a\n");
  const { stdout, status } = compact("--baseline", "known.json");
  expect(stdout.split("\n").map((line) => line.split(":").slice(0, 2).join(":"))).toEqual([
    "app one/Dockerfile:5",
    "app one/Dockerfile:6",
    "",
  ]);
  expect(status).toBe(1);
});

test("knows a finding whose words name a line that has moved", () => {
  const text = "FROM debian:13 AS a\nFROM debian:13 AS a\nFROM a\n";
  write("app one/Dockerfile", text);
  expect(run("--format", "compact").stdout).toContain("on line 1;");
  run("--write-baseline", "known.json");
  write("app one/Dockerfile", `# moved\n\n${text}`);
  expect(compact("--baseline", "known.json")).toMatchObject({ status: 0, stdout: "" });
});

test("takes SARIF, also of a repository that lay elsewhere", () => {
  run("--format", "sarif", "--output", "known.sarif");
  const sarif = readFileSync(join(folder, "known.sarif"), "utf8").replace(/file:\/\/\/[^"]*/, "file:///elsewhere/");
  write("known.sarif", sarif);
  expect(compact("--baseline", "known.sarif")).toMatchObject({ status: 0, stdout: "" });
});

test("knows a finding in its own file alone", () => {
  run("--write-baseline", "known.json");
  mkdirSync(join(folder, "two"));
  write("two/Dockerfile", "FROM debian\n");
  expect(compact("--baseline", "known.json").stdout).toMatch(/^two\/Dockerfile:1:6: .*\n$/);
});

test.each([
  ["missing.json", "There is no baseline `missing.json`"],
  ["app one/Dockerfile", "The baseline `app one/Dockerfile` cannot be read: it is no JSON."],
  ["empty.json", "`empty.json` is no baseline: "],
])("refuses %s", (file, message) => {
  write("empty.json", "{}");
  const { stderr, status } = compact("--baseline", file);
  expect(stderr).toContain(message);
  expect(status).toBe(2);
});

test("does not go with what else decides about the output", () => {
  expect(run("--write-baseline", "x", "--format", "sarif").stderr).toContain(
    "`--format` and `--write-baseline` do not go together",
  );
});
