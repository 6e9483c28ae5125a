import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stagewright } from "../support/command.ts";
import { root } from "../support/shared.ts";

let folder = "";
const names = Array.from({ length: 10 }, (_, index) => `app${index}/Dockerfile`);
const run = (...args: string[]) => stagewright(["--no-config", ...args], { cwd: folder });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "stagewright-many-"));
  for (const name of names) {
    mkdirSync(join(folder, name, ".."));
    writeFileSync(join(folder, name), "FROM debian\n");
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("--shard", () => {
  const listed = (part: string) => run("--list-files", "--shard", part).stdout.split("\n").filter(Boolean);

  test("gives each file to one part", () => {
    const parts = ["1/3", "2/3", "3/3"].map(listed);
    expect(parts.map(({ length }) => length)).toEqual([4, 3, 3]);
    expect(parts.flat().sort()).toEqual(names);
  });

  test("lints its part alone", () => {
    const { stdout, status } = run("--shard", "10/10", "--format", "compact");
    expect(status).toBe(1);
    expect(stdout).toMatch(/^app9\/Dockerfile:1:6: warning: .*\n$/);
  });

  test.each(["0/3", "4/3", "3", "a/b", "1/0"])("refuses %s", (part) => {
    const { stderr, status } = run("--shard", part);
    expect(status).toBe(2);
    expect(stderr).toBe(
      `stagewright: \`--shard\` takes a part and how many there are, such as \`3/16\`, not \`${part}\`.\n`,
    );
  });
});

describe("--stdin-ndjson", () => {
  const lines = (input: string, ...args: string[]) => {
    const { stdout, status, stderr } = stagewright(["--no-config", "--stdin-ndjson", ...args], { cwd: folder, input });
    return {
      answers: stdout
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Answer),
      status,
      stderr,
    };
  };
  interface Answer {
    path?: string;
    findings?: { rule: string }[];
    line?: number;
    error?: string;
  }
  const texts = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      JSON.stringify({ path: `x/${index}/Dockerfile`, text: index % 2 === 0 ? "FROM debian\n" : "FROM scratch\n" }),
    ).join("\n");

  test("answers every line in order", () => {
    const { answers, status } = lines(texts(500));
    expect(answers.map(({ path }) => path)).toEqual(Array.from({ length: 500 }, (_, index) => `x/${index}/Dockerfile`));
    expect(answers.map(({ findings }) => findings?.length)).toEqual(
      Array.from({ length: 500 }, (_, index) => (index % 2 === 0 ? 1 : 0)),
    );
    expect(status).toBe(1);
  });

  test("loses nothing for a line that is none", () => {
    const { answers, status } = lines(
      '{"path":"a/Dockerfile","text":"FROM debian\\n"}\nnonsense\n\n{"path":1}\n{"path":"b","text":"FROM scratch\\n"}\n',
    );
    expect(answers.map(({ path, line, error }) => path ?? `${line}: ${error}`)).toEqual([
      "a/Dockerfile",
      "2: This is no JSON.",
      "4: `path` has to be a text.",
      "b",
    ]);
    expect(status).toBe(2);
  });

  test("reads no further while nobody takes its answers", async () => {
    stagewright(["--version"], { cwd: folder });
    const count = 4000;
    const line = (index: number) =>
      JSON.stringify({ path: `x/${index}/Dockerfile`, text: `FROM debian\n#${"-".repeat(1000)}\n` });
    const input = Array.from({ length: count }, (_, index) => `${line(index)}\n`).join("");
    const command = spawn(
      process.execPath,
      [join(root, "bin/stagewright.js"), "--no-config", "--preset", "strict", "--stdin-ndjson"],
      { cwd: folder, stdio: ["pipe", "pipe", "inherit"] },
    );
    let written = 0;
    const write = () => {
      while (written < input.length) {
        const part = input.slice(written, written + 16 * 1024);
        written += part.length;
        if (!command.stdin.write(part)) return void command.stdin.once("drain", write);
      }
      command.stdin.end();
    };
    write();
    for (let before = -1; before !== written;) {
      before = written;
      await new Promise((resolve) => setTimeout(resolve, 700));
    }
    expect(written).toBeLessThan(input.length / 2);
    let output = "";
    for await (const part of command.stdout.setEncoding("utf8")) output += String(part);
    const paths = output
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as Answer).path);
    expect(paths).toEqual(Array.from({ length: count }, (_, index) => `x/${index}/Dockerfile`));
  });

  test("ends with nothing for nothing", () => {
    expect(lines("")).toMatchObject({ answers: [], status: 0, stderr: "" });
  });

  test.each([["--fix"], ["--format", "json"], ["--watch"], ["app1"]])("does not go with %s", (...args) => {
    const { stderr, status } = lines("", ...args);
    expect(status).toBe(2);
    expect(stderr).toContain("and `--stdin-ndjson` do not go together");
  });
});

describe("many files", () => {
  const count = 400;
  // Long enough to keep one thread busy until the others have started.
  const long = "RUN make -C /srv && mv /srv/out /opt\n".repeat(60);
  const texts = [
    `FROM debian\n${long}`,
    `FROM debian:latest\nADD a b\nRUN cd $x; make\n${long}`,
    `FROM alpine:3.22\nWORKDIR x\n${long}`,
    `FROM a AS a\nnonsense\n${long}`,
  ];
  let many = "";
  beforeAll(() => {
    many = mkdtempSync(join(tmpdir(), "stagewright-threads-"));
    for (let index = 0; index < count; index++)
      writeFileSync(join(many, `${1000 + index}.Dockerfile`), texts[index % 4] ?? "");
  });
  afterAll(() => rmSync(many, { recursive: true, force: true }));

  interface File {
    readonly path: string;
    readonly findings: readonly { readonly codes: readonly string[] }[];
  }

  const withoutShellCheck = ["--rule", "shellcheck=off"];

  function lint(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const { stdout, stderr } = stagewright(["--no-config", "--format", "json", ...args], { cwd: many, env });
    return { files: (JSON.parse(stdout) as { files: readonly File[] }).files, stderr };
  }

  function expectAll(files: readonly File[], args: readonly string[]): void {
    expect(files.map(({ path }) => path)).toEqual(
      Array.from({ length: count }, (_, index) => `${1000 + index}.Dockerfile`),
    );
    const alone = lint([...args, "1000.Dockerfile", "1001.Dockerfile", "1002.Dockerfile", "1003.Dockerfile"]).files;
    expect(alone.every(({ findings }) => findings.length > 0)).toBe(true);
    expect(files.map(({ findings }) => findings)).toEqual(files.map((_, index) => alone[index % 4]?.findings));
  }

  test.each([
    ["without ShellCheck", withoutShellCheck, false],
    ["with ShellCheck", [], true],
  ])("have the findings that each of them has alone, in order, %s", (_, args, hasComments) => {
    const { files, stderr } = lint(args);
    expect(stderr).toBe("");
    const codes = files.flatMap(({ findings }) => findings.flatMap((finding) => finding.codes));
    expect(codes.includes("SC2164")).toBe(hasComments);
    expectAll(files, args);
  });

  test.skipIf(availableParallelism() < 2).each([
    ["throws", 'throw new Error("out of order\\nand more")', "out of order"],
    ["ends", "process.exit(7)", "exit code 7"],
  ])("lose nothing when a worker thread %s, and one line says so", (_, failure, reason) => {
    const preload = join(many, "preload.cjs");
    writeFileSync(
      preload,
      `const { isMainThread, parentPort } = require("node:worker_threads");
      let texts = 0;
      if (!isMainThread) parentPort.on("message", () => { if (++texts === 5) ${failure}; });`,
    );
    const { files, stderr } = lint(withoutShellCheck, { NODE_OPTIONS: `--require ${preload}` });
    expect(stderr).toMatch(
      new RegExp(
        `^(?:stagewright: A worker thread failed \\(${reason}\\), so its files were linted without it\\.\n){${Math.min(availableParallelism() - 1, 7)}}$`,
      ),
    );
    expectAll(files, withoutShellCheck);
  });
});

test("--stats says where the time went", () => {
  const { stderr, stdout } = run("--stats", "--format", "json");
  expect(JSON.parse(stdout)).toMatchObject({ summary: { files: 10 } });
  expect(stderr).toMatch(
    /^Time in milliseconds, of \d+ in all:\n +[\d.]+ {2}read files\n +[\d.]+ {2}parse\n( +[\d.]+ {2}wait for ShellCheck [^\n]+\n)? +[\d.]+ {2}rules\nBy rule, /,
  );
  expect(stderr).toMatch(/\n +[\d.]+ {2}require-image-tag\n|and \d+ more\n$/);
});
