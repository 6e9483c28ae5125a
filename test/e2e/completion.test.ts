import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stagewright } from "../support/command.ts";
import { hasProgram, inTerminal } from "../support/terminal.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "stagewright-completion-"));
  mkdirSync(join(folder, "here"));
  writeFileSync(join(folder, "here/Dockerfile.special"), "");
  for (const shell of ["bash", "zsh", "fish", "powershell"]) writeFileSync(script(shell), print(shell));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const script = (shell: string) => join(folder, `completion.${shell}`);
const print = (shell: string) => stagewright(["completion", shell], { cwd: folder }).stdout;

/** What bash offers for a line whose last word is being written, as its own word splitting has it. */
function inBash(...words: string[]): string[] {
  const list = words.map((word) => `'${word}'`).join(" ");
  const { stdout, stderr } = spawnSync(
    "bash",
    [
      "--norc",
      "-c",
      `source completion.bash; COMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}; _stagewright; printf '%s\\n' "\${COMPREPLY[@]}"`,
    ],
    { cwd: folder, encoding: "utf8" },
  );
  if (stderr !== "") throw new Error(stderr);
  return stdout.split("\n").filter((word) => word !== "");
}

function inFish(line: string): string[] {
  const { stdout, stderr } = spawnSync("fish", ["--no-config", "-c", `source completion.fish; complete -C '${line}'`], {
    cwd: join(folder),
    encoding: "utf8",
    env: { ...process.env, HOME: folder },
  });
  if (stderr !== "") throw new Error(stderr);
  return stdout.split("\n").flatMap((word) => (word === "" ? [] : (word.split("\t")[0] ?? [])));
}

/** The screen after a line and a tab were typed into a shell, when it shows what is expected or does not come to that. */
const typed = (shell: string, setup: string, line: string, expected: string | RegExp): string =>
  inTerminal({ shell, cwd: folder, columns: 120, rows: 40 }, (terminal) => {
    terminal.type(`${setup}; clear; echo RE""ADY`);
    terminal.press("Enter");
    terminal.screen(/READY\n/);
    terminal.type(line);
    terminal.press("Tab");
    return terminal.screen(expected);
  });

describe.skipIf(!hasProgram("bash"))("bash", () => {
  test("completes options of each command, also those that --help does not come to", () => {
    expect(inBash("stagewright", "--form")).toEqual(["--format"]);
    expect(inBash("stagewright", "pin", "--up")).toEqual(["--update"]);
    expect(inBash("stagewright", "pin", "--sarif")).toEqual([]);
    expect(inBash("stagewright", "hadolint", "--no-f")).toEqual(["--no-fail"]);
    expect(inBash("stagewright", "--he")).toEqual(["--help"]);
  });

  test("completes values, behind `=` too", () => {
    expect(inBash("stagewright", "--format", "sa")).toEqual(["sarif"]);
    expect(inBash("stagewright", "-f", "git")).toEqual(["github", "gitlab"]);
    expect(inBash("stagewright", "--format", "=")).toContain("rdjson");
    expect(inBash("stagewright", "--format", "=", "sa")).toEqual(["sarif"]);
    expect(inBash("stagewright", "--rule", "no-lates")).toEqual(["no-latest-tag"]);
  });

  test("takes a value for --fix only behind `=`", () => {
    expect(inBash("stagewright", "--fix", "=", "s")).toEqual(["suggest"]);
    expect(inBash("stagewright", "--fix", "s")).toEqual([]);
  });

  test("completes commands first, rules for explain, and shells", () => {
    expect(inBash("stagewright", "ex")).toEqual(["explain"]);
    expect(inBash("stagewright", "--quiet", "ex")).toEqual([]);
    expect(inBash("stagewright", "explain", "pipe")).toEqual(["pipefail"]);
    expect(inBash("stagewright", "completion", "")).toEqual(["bash", "zsh", "fish", "powershell"]);
  });
});

describe.skipIf(!hasProgram("fish"))("fish", () => {
  test("completes options, values, commands and rules", () => {
    expect(inFish("stagewright --form")).toEqual(["--format"]);
    expect(inFish("stagewright --format sa")).toEqual(["sarif"]);
    expect(inFish("stagewright --format=sa")).toEqual(["--format=sarif"]);
    expect(inFish("stagewright pin --up")).toEqual(["--update"]);
    expect(inFish("stagewright pin --sarif")).toEqual([]);
    expect(inFish("stagewright expl")).toEqual(["explain"]);
    expect(inFish("stagewright explain pipe")).toEqual(["pipefail"]);
    expect(inFish("stagewright completion z")).toEqual(["zsh"]);
  });

  test("completes files where files belong", () => {
    expect(inFish("stagewright --output here/D")).toEqual(["here/Dockerfile.special"]);
    expect(inFish("stagewright here/D")).toEqual(["here/Dockerfile.special"]);
    expect(inFish("stagewright explain here/D")).toEqual([]);
  });
});

describe.skipIf(!hasProgram("tmux") || !hasProgram("zsh"))("zsh in a terminal", { timeout: 60_000 }, () => {
  const setup = "autoload -Uz compinit; compinit -u -D; source ./completion.zsh";

  test.each([
    ["stagewright --sarif-l", "--sarif-limit="],
    ["stagewright --format=sari", "--format=sarif"],
    ["stagewright -f rdj", "-f rdjson"],
    ["stagewright expl", "stagewright explain"],
    ["stagewright explain pipef", "explain pipefail"],
    ["stagewright pin --upd", "pin --update"],
    ["stagewright --fix=sug", "--fix=suggest"],
    ["stagewright here/", "here/Dockerfile.special"],
  ])("completes %j", (line, expected) => {
    expect(typed("zsh -f", setup, line, expected)).toContain(expected);
  });

  test("lists commands with what they do", () => {
    const expected = /pin +-- Write the digests of images/;
    expect(typed("zsh -f", setup, "stagewright ", expected)).toMatch(expected);
  });
});

describe.skipIf(!hasProgram("tmux") || !hasProgram("bash"))("bash in a terminal", { timeout: 60_000 }, () => {
  test.each([
    ["stagewright --format=sari", "--format=sarif"],
    ["stagewright here/", "here/Dockerfile.special"],
    ["stagewright --output here/", "--output here/Dockerfile.special"],
  ])("completes %j", (line, expected) => {
    expect(typed("bash --norc", "source ./completion.bash", line, expected)).toContain(expected);
  });
});

test("a shell that there is none for is an error with the nearest one", () => {
  const { status, stderr, stdout } = stagewright(["completion", "bsh"], { cwd: folder });
  expect({ status, stderr, stdout }).toEqual({
    status: 2,
    stderr: "stagewright: There is no completion for `bsh`; did you mean `bash`?\n",
    stdout: "",
  });
  expect(stagewright(["completion"], { cwd: folder }).stderr).toBe(
    "stagewright: `completion` needs the name of a shell; it is one of bash, zsh, fish, powershell.\n",
  );
});

test("PowerShell's script knows the same commands, options and values", () => {
  const text = print("powershell");
  expect(text).toContain("Register-ArgumentCompleter -Native -CommandName stagewright");
  expect(text).toMatch(/'--fail-on' = @\('error', 'warning', 'info', 'style', 'never'\)/);
  expect(text).toMatch(/'explain' = @\{[^}]*\}[^}]*\}\s*Joined = @\(\)\s*Operands = @\('absolute-workdir', /);
});
