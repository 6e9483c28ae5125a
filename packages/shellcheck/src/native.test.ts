import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { createNativeEngine, nativeVersion } from "./native.ts";
import type { ShellCheckResult } from "./types.ts";

const folder = mkdtempSync(join(tmpdir(), "stagewright-native-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A program in ShellCheck's place, with the files it is given in `files`. */
const program = (name: string, body: string): string => {
  const path = join(folder, name);
  writeFileSync(
    path,
    `#!${process.execPath}
const { readFileSync } = require("node:fs");
const files = process.argv.slice(7).map((name) => ({ name, text: readFileSync(name, "utf8") }));
const comment = (file, code) => ({ file, code, level: "info", message: "m", line: 1, column: 1, endLine: 1, endColumn: 2, fix: null });
${body}`,
  );
  chmodSync(path, 0o755);
  return path;
};
const answer = `process.stdout.write(JSON.stringify({ comments: files.map(({ name, text }) => comment(name, Number(text))) })); process.exitCode = 1;`;
const lintAll = async (command: string, scripts: readonly string[], timeLimit = 10_000) => {
  const engine = createNativeEngine({ command, workers: 2, timeLimit });
  const results = await Promise.all(scripts.map((script) => engine.lint(script)));
  await engine.close();
  return results.map((result) => ("error" in result ? result.error : result.comments.map(({ code }) => code)));
};

describe.skipIf(process.platform === "win32")("a native engine", () => {
  test("gives each script its own comments, over many batches", async () => {
    const scripts = Array.from({ length: 150 }, (_, index) => String(index + 1));
    expect(await lintAll(program("all", answer), scripts)).toEqual(scripts.map((script) => [Number(script)]));
  });

  test("starts few processes for scripts that come in while this thread is busy", async () => {
    const engine = createNativeEngine({
      command: program("counting", answer.replace("Number(text)", "files.length")),
      workers: 2,
      timeLimit: 10_000,
    });
    const results: Promise<ShellCheckResult>[] = [];
    for (let index = 0; index < 100; index++) {
      for (const end = Date.now() + 5; Date.now() < end;);
      await new Promise((resolve) => setImmediate(resolve));
      results.push(engine.lint(String(index)));
    }
    const sizes = (await Promise.all(results)).map((result) => ("comments" in result ? result.comments[0]!.code : 0));
    await engine.close();
    const processes = sizes.reduce((sum, size) => sum + 1 / size, 0);
    expect(Math.round(processes)).toBeLessThanOrEqual(6);
  });

  test("loses only the script that the program cannot do", async () => {
    const command = program("picky", `if (files.some(({ text }) => text === "7")) process.exit(2); ${answer}`);
    const results = await lintAll(command, ["5", "6", "7", "8"]);
    expect(results).toEqual([[5], [6], "ShellCheck failed: it ended with exit code 2.", [8]]);
  });

  test("loses only the script that takes too long", async () => {
    const command = program(
      "slow",
      `if (files.some(({ text }) => text === "7")) setTimeout(() => {}, 60_000); else { ${answer} }`,
    );
    expect(await lintAll(command, ["5", "7"], 3000)).toEqual([[5], "ShellCheck failed: it took more than 3 s."]);
  });

  test("says in one line that the program printed something else, or was ended", async () => {
    const other = program("other", `console.log("no\\nJSON");`);
    expect(await lintAll(other, ["1"])).toEqual(["ShellCheck failed: what it printed cannot be read."]);
    const ended = program("ended", `process.kill(process.pid, "SIGKILL");`);
    expect(await lintAll(ended, ["1"])).toEqual(["ShellCheck failed: SIGKILL ended it."]);
  });

  test("says what went wrong where there is no program", async () => {
    expect(await lintAll(join(folder, "missing"), ["1"])).toEqual([
      expect.stringMatching(/^ShellCheck failed: .*ENOENT/),
    ]);
  });

  test("answers everything that waits when it is closed", async () => {
    const engine = createNativeEngine({
      command: program("stuck", "setTimeout(() => {}, 60_000);"),
      workers: 1,
      timeLimit: 60_000,
    });
    const results = Promise.all(["1", "2"].map((script) => engine.lint(script)));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await engine.close();
    expect(await results).toEqual([{ error: "ShellCheck was closed." }, { error: "ShellCheck was closed." }]);
  });

  test("knows the version of a program", async () => {
    expect(await nativeVersion(join(folder, "missing"))).toBeNull();
    const path = join(folder, "version");
    writeFileSync(
      path,
      "#!/bin/sh\nprintf 'ShellCheck - shell script analysis tool\\nversion: 0.9.0\\nlicense: GNU\\n'\n",
    );
    chmodSync(path, 0o755);
    expect(await nativeVersion(path)).toBe("0.9.0");
  });
});
