import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requestKey, type Settings, type ShellCheckComment, type ShellCheckRequest } from "@stagewright/core";
import { afterAll, describe, expect, test } from "vitest";
import { shellCheckProvider } from "./shellcheck.ts";

const folder = mkdtempSync(join(tmpdir(), "stagewright-provider-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A program in ShellCheck's place, which makes the comment 9000 on the first line below `#!` of every script. */
function program(version: string): string {
  const path = join(folder, `shellcheck-${version}`);
  writeFileSync(
    path,
    `#!${process.execPath}
const comments = process.argv.slice(7).map((file) => ({ file, code: 9000, level: "info", message: "m", line: 2, column: 1, endLine: 2, endColumn: 3, fix: null }));
process.stdout.write(process.argv.includes("--version") ? "version: ${version}\\n" : JSON.stringify({ comments }));
`,
  );
  chmodSync(path, 0o755);
  return path;
}

const request: ShellCheckRequest = { kind: "shellcheck", shell: "/bin/sh", variables: [], script: "cd /x; make" };

/** A program that says it is the right version, and then does something else than its work. */
function broken(name: string, does: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\nif [ "$1" = --version ]; then echo 'version: 0.11.0'; exit; fi\n${does}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** The codes of the answer to a script, `null` without one, and what was reported. */
const ask = (version: string, ...settings: Settings[]) => askProgram(program(version), ...settings);

async function askProgram(command: string, ...settings: Settings[]) {
  const reports: string[] = [];
  const options = { command, workers: 1, timeLimit: 3000 };
  const provider = shellCheckProvider(options, (message) => reports.push(message));
  const codes = [];
  for (const each of settings) {
    const answer = (await provider.answer([request], "Dockerfile", each)).get(requestKey(request));
    codes.push((answer as readonly ShellCheckComment[] | undefined)?.map(({ code }) => code) ?? null);
  }
  await provider.close?.();
  return { codes, reports };
}

describe.skipIf(process.platform === "win32")("the engine of a file's settings", { timeout: 60_000 }, () => {
  test("is the program where it is wanted, or of the right version", async () => {
    const settings: Settings[] = [{}, { shellcheck: {} }, { shellcheck: { engine: "native" } }];
    expect(await ask("0.11.0", ...settings)).toEqual({ codes: [[9000], [9000], [9000]], reports: [] });
  });

  test("is WebAssembly where that is wanted, or the program is of another version", async () => {
    expect(await ask("0.11.0", { shellcheck: { engine: "wasm" } })).toEqual({ codes: [[2164]], reports: [] });
    expect(await ask("0.10.0", { shellcheck: { engine: "auto" } })).toEqual({ codes: [[2164]], reports: [] });
  });

  test("may be none, which needs no word", async () => {
    expect(await ask("0.11.0", { shellcheck: { engine: "off" } })).toEqual({ codes: [null], reports: [] });
  });

  test("is said once to be missing where the program is wanted and is of another version", async () => {
    const wanted: Settings = { shellcheck: { engine: "native" } };
    const { codes, reports } = await ask("0.10.0", wanted, wanted);
    expect(codes).toEqual([null, null]);
    expect(reports).toEqual([
      expect.stringMatching(/0\.11\.0 is needed, but .*shellcheck-0\.10\.0 is version 0\.10\.0\.$/),
    ]);
  });

  test.each([
    ["crashes", "kill -SEGV $$", "SIGSEGV ended it"],
    ["ends with another code", "exit 4", "it ended with exit code 4"],
    ["writes no JSON", "echo oh no", "what it printed cannot be read"],
  ])("is WebAssembly, which is said once, from a script on at which the program %s", async (name, does, reason) => {
    const command = broken(name.replaceAll(" ", "-"), does);
    const { codes, reports } = await askProgram(command, {}, { shellcheck: { engine: "auto" } });
    expect(codes).toEqual([[2164], [2164]]);
    expect(reports).toEqual([`ShellCheck failed: ${reason}, so WebAssembly took the place of \`${command}\`.`]);
  });

  test("is said once to have failed where only the program is wanted", async () => {
    const wanted: Settings = { shellcheck: { engine: "native" } };
    const { codes, reports } = await askProgram(broken("native", "exit 4"), wanted, wanted);
    expect(codes).toEqual([null, null]);
    expect(reports).toEqual(["A RUN script is not checked: ShellCheck failed: it ended with exit code 4."]);
  });

  test("is each file's own", async () => {
    const { codes } = await ask("0.11.0", { shellcheck: { engine: "wasm" } }, {}, { shellcheck: { engine: "off" } });
    expect(codes).toEqual([[2164], [9000], null]);
  });
});
