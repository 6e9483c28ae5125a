import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { createShellCheck, type ShellCheckRequest } from "./index.ts";

const request = (script: string, more: Partial<ShellCheckRequest> = {}): ShellCheckRequest => ({
  shell: "/bin/sh",
  variables: [],
  script,
  ...more,
});

const shared = createShellCheck({ engine: "wasm", workers: 0 });
afterAll(() => shared.close());

const codes = async (script: string, more: Partial<ShellCheckRequest> = {}) => {
  const [result] = await shared.lint([request(script, more)]);
  return "comments" in result! ? result.comments.map(({ code }) => code) : result;
};

test("places comments and their replacements in the script", async () => {
  const variables = [{ name: "OTHER", value: null }];
  const [result] = await shared.lint([request("\ttrue && \\\n  echo \u{1f600} $x\n", { variables })]);
  const place = { line: 2, column: 11, endLine: 2, endColumn: 13 };
  expect(result).toMatchObject({
    comments: [
      { ...place, code: 2154, level: "warning", message: "x is referenced but not assigned." },
      {
        ...place,
        code: 2086,
        level: "info",
        message: "Double quote to prevent globbing and word splitting.",
        replacements: [
          { line: 2, column: 11, endLine: 2, endColumn: 11, text: '"' },
          { line: 2, column: 13, endLine: 2, endColumn: 13, text: '"' },
        ],
      },
    ],
  });
});

test("an aborted call ends at once, and its scripts are given up, unless another call waits for them", async () => {
  const shellCheck = createShellCheck({ engine: "wasm", workers: 0 });
  const { signal } = new AbortController();
  const gone = new AbortController();
  const first = shellCheck.lint([request("cd a; ls"), request("cd b; ls"), request("cd c; ls")], {
    signal: gone.signal,
  });
  const second = shellCheck.lint([request("cd b; ls")], { signal });
  gone.abort();
  const given = { error: "ShellCheck was not asked: nobody waits for the answer." };
  expect(await first).toMatchObject([given, given, given]);
  expect(await second).toMatchObject([{ comments: [{ code: 2164 }] }]);
  expect(await shellCheck.lint([request("cd c; ls")])).toMatchObject([{ comments: [{ code: 2164 }] }]);
  expect(shellCheck.stats).toMatchObject({ linted: 2, failed: 0 });
  await shellCheck.close();
});

describe("variables", () => {
  test("are known", async () => {
    expect(await codes("echo $flags", { variables: [{ name: "flags", value: null }] })).toEqual([]);
  });

  test("are reported bare where their value would be split", async () => {
    expect(await codes("echo $flags", { variables: [{ name: "flags", value: "-a -b" }] })).toEqual([2086]);
  });

  test("are not reported bare where their value is one word", async () => {
    expect(await codes("echo $flags", { variables: [{ name: "flags", value: "-a" }] })).toEqual([]);
  });

  test("with names that no shell can set change nothing", async () => {
    expect(await codes("echo $x", { variables: [{ name: "a-b", value: "1" }] })).toEqual([2154, 2086]);
  });
});

describe("what is left out of a script", () => {
  const places = async (script: string, trim: boolean) => {
    const shellCheck = createShellCheck({ engine: "wasm", workers: 0, trim });
    const [result] = await shellCheck.lint([request(script)]);
    await shellCheck.close();
    return "comments" in result! ? result.comments.map(({ code, column }) => [code, column]) : result;
  };

  test("moves no comment", async () => {
    const script = "apt-get update && apt-get install -y curl && cd $A && make -j2 install; ls $B";
    const expected = [
      [2086, 49],
      [2086, 76],
    ];
    expect(await places(script, false)).toEqual(expected);
    expect(await places(script, true)).toEqual(expected);
  });

  test("moves no error of syntax", async () => {
    const script = 'echo "- x" ; && ~/programs/build && make install && cd x; chmod +x /y';
    const [expected, found] = [await places(script, false), await places(script, true)];
    expect(expected).toContainEqual([1070, 14]);
    expect(found).toEqual(expected);
  });
});

describe("directives", () => {
  test("at the top hold for the whole script", async () => {
    const script = "# shellcheck disable=SC2086,SC2154\necho $x\necho $x";
    expect(await codes(script, { variables: [{ name: "A", value: null }] })).toEqual([]);
  });

  test("further down hold for the next command", async () => {
    const script = "true\n# shellcheck disable=SC2164\ncd /a\ncd /b";
    expect(await codes(script, { variables: [{ name: "A", value: null }] })).toEqual([2164]);
  });
});

describe("shells", () => {
  test("have their own rules", async () => {
    expect(await codes("source ./x")).toEqual([3046]);
    expect(await codes("source ./x", { shell: "/bin/bash" })).toEqual([]);
    expect(await codes("echo ${x^^}", { shell: "/bin/ash" })).toContain(3059);
  });

  test("with -e stop at a failing cd", async () => {
    expect(await codes("cd /x; make", { shell: "/bin/bash" })).toEqual([2164]);
    expect(await codes("cd /x; make", { shell: "/bin/bash -e" })).toEqual([]);
  });

  test("that are not known are reported at the start of the script", async () => {
    const [result] = await shared.lint([
      request("echo $x", { shell: "bash", variables: [{ name: "x", value: null }] }),
    ]);
    expect(result).toMatchObject({ comments: [{ code: 2239, line: 1, column: 1, endLine: 1, endColumn: 1 }] });
  });

  test("do not ask for files that are not there", async () => {
    expect(await codes(". ./x && . $y", { variables: [{ name: "y", value: null }] })).toEqual([]);
  });
});

test("answers in the order of the requests", async () => {
  const results = await shared.lint([request("make"), request("echo $aa"), request("make x"), request("cd x")]);
  expect(results.map((result) => "comments" in result && result.comments.map(({ code }) => code))).toEqual([
    [],
    [2154, 2086],
    [],
    [2164],
  ]);
});

test("runs nothing for scripts that are known to be clean", async () => {
  const shellCheck = createShellCheck({ engine: "native", command: "no-such-program" });
  expect(await shellCheck.lint([request("make install")])).toEqual([{ comments: [] }]);
  expect(shellCheck.stats).toEqual({ requests: 1, filtered: 1, repeated: 0, cached: 0, linted: 0, failed: 0 });
});

test("lints the same script once", async () => {
  const before = { ...shared.stats };
  await shared.lint([request("echo $once"), request("echo $once")]);
  await shared.lint([request("echo $once")]);
  expect(shared.stats.linted - before.linted).toBe(1);
  expect(shared.stats.repeated - before.repeated).toBe(2);
});

test("says what is missing where there is no engine", async () => {
  const shellCheck = createShellCheck({ engine: "native", command: "no-such-program" });
  const error = "ShellCheck 0.11.0 is needed, but no-such-program cannot be run.";
  expect(await shellCheck.lint([request("cd x"), request("make")])).toEqual([{ error }, { comments: [] }]);
  expect(shellCheck.stats.failed).toBe(1);
});

test("says which version it needs where there is another one", async () => {
  const shellCheck = createShellCheck({ engine: "native", command: process.execPath });
  const [result] = await shellCheck.lint([request("cd x")]);
  expect(result).toEqual({ error: `ShellCheck 0.11.0 is needed, but ${process.execPath} cannot be run.` });
});

test("reads from its cache what an earlier one has found", async () => {
  const cacheDirectory = mkdtempSync(join(tmpdir(), "stagewright-cache-"));
  const first = createShellCheck({ engine: "wasm", workers: 0, cacheDirectory });
  const expected = await first.lint([request("cd x"), request("f() { true; }; f")]);
  await first.close();
  const second = createShellCheck({ engine: "native", command: "no-such-program", cacheDirectory });
  expect(await second.lint([request("cd x"), request("f() { true; }; f")])).toEqual(expected);
  expect(second.stats).toMatchObject({ cached: 2, linted: 0, failed: 0 });
  rmSync(cacheDirectory, { recursive: true });
});
