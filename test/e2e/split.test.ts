import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { stagewright } from "../support/command.ts";

const single = 'FROM golang:1.22-alpine3.20\nWORKDIR /src\nCOPY . .\nRUN go build\nCMD ["./shop"]\n';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stagewright-split-"));
  writeFileSync(join(folder, "Dockerfile"), single);
  writeFileSync(join(folder, "go.mod"), "module example.org/shop\n");
});

afterEach(() => rmSync(folder, { recursive: true }));

const read = () => readFileSync(join(folder, "Dockerfile"), "utf8");

test("prints the file and, apart from it, what it assumes", () => {
  const { stdout, stderr, status } = stagewright(["split"], { cwd: folder });
  expect(stdout).toContain("FROM golang:1.22-alpine3.20 AS build\n");
  expect(stdout).toContain("COPY --from=build /src/shop /src/shop\n");
  expect(stderr).toMatch(/^Dockerfile: can be a multi-stage build, if this is true:\n {2}- /);
  expect(status).toBe(0);
  expect(read()).toBe(single);
});

test("writes the file, and says with the next run why there is no more to do", () => {
  expect(stagewright(["split", "--write", "Dockerfile"], { cwd: folder }).status).toBe(0);
  expect(read()).toContain("FROM alpine:3.20\n");
  const again = stagewright(["split", "--write"], { cwd: folder });
  expect(again.stderr).toBe("Dockerfile:6: The file is a multi-stage build already.\n");
  expect(again.status).toBe(1);
});

test("leaves a file alone that is not UTF-8", () => {
  const latin = Buffer.from(`# caf\u00e9\n${single}`, "latin1");
  writeFileSync(join(folder, "Dockerfile"), latin);
  const { stderr, status } = stagewright(["split", "--write"], { cwd: folder });
  expect(stderr).toMatch(/^Dockerfile: The file is not UTF-8/);
  expect(status).toBe(2);
  expect(readFileSync(join(folder, "Dockerfile")).equals(latin)).toBe(true);
});

test("shows a diff, the fate of each line, or JSON", () => {
  expect(stagewright(["split", "--diff"], { cwd: folder }).stdout).toContain(
    "-FROM golang:1.22-alpine3.20\n+FROM golang:1.22-alpine3.20 AS build\n",
  );
  expect(stagewright(["split", "--explain"], { cwd: folder }).stdout).toMatch(
    / {2}4 {2}RUN +build +It builds what is copied from the build stage\./,
  );
  const { files } = JSON.parse(stagewright(["split", "--format", "json"], { cwd: folder }).stdout) as {
    files: { status: string; recipe: string }[];
  };
  expect(files).toMatchObject([{ status: "suggested", recipe: "go" }]);
});

test("reads the context where it is told to, or none", () => {
  mkdirSync(join(folder, "docker"));
  writeFileSync(join(folder, "docker/Dockerfile"), single);
  expect(stagewright(["split", "docker/Dockerfile", "--context", "."], { cwd: folder }).status).toBe(0);
  const without = stagewright(["split", "--no-context"], { cwd: folder });
  expect(without.stdout).toMatch(/\nCOPY --from=build (\S+) \1\n/);
  expect(without.stdout).not.toContain("/shop /");
});

test("reads standard input", () => {
  const { stdout, status } = stagewright(["split", "-"], {
    cwd: folder,
    input: single.replace("go build", "go build -o shop"),
  });
  expect(stdout).toContain("COPY --from=build /src/shop /src/shop\n");
  expect(status).toBe(0);
});

test("names a file that is not there and goes on", () => {
  const { stdout, stderr, status } = stagewright(["split", "missing", "Dockerfile"], { cwd: folder });
  expect(stderr).toMatch(/^missing: There is no such file\.\n/);
  expect(stdout).toContain("AS build");
  expect(status).toBe(2);
});

test("names the nearest option", () => {
  const { stderr, status } = stagewright(["split", "--explian"], { cwd: folder });
  expect(stderr).toContain("`--explain`");
  expect(status).toBe(2);
});

test("reads from Compose and Bake files which stage is built, with which folder and arguments", () => {
  mkdirSync(join(folder, "docker"));
  const file = single.replace(/FROM .*/, "ARG BASE\nFROM $BASE AS shop");
  writeFileSync(join(folder, "docker/Dockerfile"), `${file}\nFROM busybox AS tests\nCOPY . .\n`);
  const build = [
    "context: ..",
    "dockerfile: docker/Dockerfile",
    "target: shop",
    "args:",
    "  BASE: golang:1.22-alpine3.20",
  ];
  writeFileSync(
    join(folder, "docker/compose.yaml"),
    `services:\n  shop:\n    build:\n${build.map((line) => `      ${line}\n`).join("")}`,
  );
  const { stdout, status } = stagewright(["split", "docker/Dockerfile"], { cwd: folder });
  expect(stdout).toContain("FROM alpine:3.20 AS shop\n");
  expect(stdout).toContain("COPY --from=build /src/shop /src/shop\n");
  expect(stdout.endsWith("FROM busybox AS tests\nCOPY . .\n")).toBe(true);
  expect(status).toBe(0);
  expect(stagewright(["split", "docker/Dockerfile", "--no-context"], { cwd: folder }).status).toBe(1);
});
