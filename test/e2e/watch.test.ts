import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { stagewright } from "../support/command.ts";
import { root } from "../support/shared.ts";

const clean = "FROM debian:13-slim\nUSER 1000\n";
const untagged = "FROM debian\nUSER 1000\n";

let folder: string;
let child: ChildProcess | null = null;
/** What each finished run printed. */
let runs: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stagewright-watch-"));
  // Builds what `spawn` runs below.
  stagewright(["--version"], { cwd: folder });
});
afterEach(() => {
  child?.kill("SIGKILL");
  child = null;
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, content: string): void {
  mkdirSync(join(folder, name, ".."), { recursive: true });
  writeFileSync(join(folder, name), content);
}

async function start(...args: string[]): Promise<void> {
  runs = [];
  let output = "";
  child = spawn(process.execPath, [join(root, "bin/stagewright.js"), "--watch", "--format", "compact", ...args], {
    cwd: folder,
  });
  child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => {
    if (!chunk.toString().includes("Watching for changes")) return;
    // What was printed before may still be on its way through the other pipe.
    setTimeout(() => {
      runs.push(output);
      output = "";
    }, 100);
  });
  await finished(1);
}

const finished = (count: number) =>
  vi.waitFor(() => expect(runs.length).toBe(count), { timeout: 10_000, interval: 20 });
const places = (text: string | undefined) =>
  (text ?? "").split("\n").flatMap((line) => (line === "" ? [] : line.split(":", 2).join(":")));

describe("--watch", { timeout: 30_000 }, () => {
  test("lints changed, new and deleted files again, and prints the others with them", async () => {
    write("a/Dockerfile", untagged);
    write("b/Dockerfile", clean);
    await start();
    expect(places(runs[0])).toEqual(["a/Dockerfile:1"]);
    write("b/Dockerfile", `\n${untagged}`);
    await finished(2);
    expect(places(runs[1])).toEqual(["a/Dockerfile:1", "b/Dockerfile:2"]);
    write("aa/Dockerfile", `\n\n${untagged}`);
    await finished(3);
    expect(places(runs[2])).toEqual(["a/Dockerfile:1", "aa/Dockerfile:3", "b/Dockerfile:2"]);
    rmSync(join(folder, "a"), { recursive: true });
    await finished(4);
    expect(places(runs[3])).toEqual(["aa/Dockerfile:3", "b/Dockerfile:2"]);
  });

  test("heeds configurations, what they extend, and ignore files", async () => {
    write("Dockerfile", "FROM scratch\nCOPY secret.txt /\nUSER 1000\nMAINTAINER me\n");
    write("shared/odd-name.yaml", "rules: { no-maintainer: off }\n");
    write(".stagewright.yaml", "extends: ./shared/odd-name.yaml\nrules: { no-ignored-copy: warning }\n");
    await start();
    expect(places(runs[0])).toEqual([]);
    write("shared/odd-name.yaml", "rules: { no-maintainer: error }\n");
    await finished(2);
    expect(places(runs[1])).toEqual(["Dockerfile:4"]);
    write(".dockerignore", "secret.txt\n");
    await finished(3);
    expect(places(runs[2])).toEqual(["Dockerfile:2", "Dockerfile:4"]);
    write(".stagewright.yaml", "rules: { no-ignored-copy: off, no-maintainer: off }\n");
    await finished(4);
    expect(places(runs[3])).toEqual([]);
  });

  test("heeds Compose files, and passes over what does not matter", async () => {
    write("Dockerfile", untagged);
    write("node_modules/a/Dockerfile", untagged);
    await start();
    write("main.c", "");
    write("node_modules/a/Dockerfile", clean);
    write("compose.yaml", "services: { a: { build: { dockerfile_inline: FROM redis } } }\n");
    await finished(2);
    expect(places(runs[1]).slice(0, 2)).toEqual(["Dockerfile:1", "compose.yaml:1"]);
  });

  test("heeds what Compose files read and build outside of the watched folder", async () => {
    const odd = "services: { a: { build: { context: ../api, dockerfile: odd.txt, target: '${TARGET}' } } }\n";
    write("api/odd.txt", "FROM scratch AS one\nCOPY secret.txt /\n\nFROM scratch AS two\nUSER 1000\n");
    write("api/.dockerignore", "none\n");
    write("other/services.yaml", odd);
    write("other/.env", "TARGET=two\n");
    write("project/compose.yaml", "include: [../other/services.yaml]\n");
    await start("--rule", "no-ignored-copy", "project");
    const rules = (index: number) => runs[index]?.match(/no-(?:unused-stage|ignored-copy)/g) ?? [];
    expect(rules(0)).toEqual(["no-unused-stage"]);
    write("other/.env", "TARGET=one\n");
    await finished(2);
    expect(rules(1)).toEqual([]);
    write("api/.dockerignore", "secret.txt\n");
    await finished(3);
    expect(rules(2)).toEqual(["no-ignored-copy"]);
    write("other/services.yaml", odd.replace("odd.txt", "even.txt"));
    await finished(4);
    expect(runs[3]).not.toContain("odd.txt");
  });

  test("watches a file that is named, and ends with 0 when it is told to", async () => {
    write("odd.txt", clean);
    await start("odd.txt");
    write("odd.txt", untagged);
    await finished(2);
    expect(places(runs[1])).toEqual(["odd.txt:1"]);
    const ended = new Promise((resolve) => child?.once("exit", resolve));
    child?.kill("SIGTERM");
    expect(await ended).toBe(0);
  });
});

test("--watch refuses what a run without an end cannot do", () => {
  const { status, stderr } = stagewright(["--watch", "--fix"], { cwd: folder });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: "stagewright: `--fix` and `--watch` do not go together.\n",
  });
  expect(stagewright(["--watch", "-"], { cwd: folder }).stderr).toContain("`-` and `--watch`");
});
