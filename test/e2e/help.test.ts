import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commands } from "../../packages/cli/src/commands.ts";
import { lintOptions } from "../../packages/cli/src/lint-options.ts";
import { stagewright } from "../support/command.ts";
import { root } from "../support/shared.ts";

const help = (...words: string[]) => stagewright([...words, "--help"], { cwd: root });

describe("--help", () => {
  test("has each command and each option, in 80 columns", () => {
    const { stdout, stderr, status } = help();
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    const lines = stdout.split("\n");
    const begins = (start: string) => lines.some((line) => line.startsWith(start));
    for (const { usage } of Object.values(commands)) expect(begins(`  stagewright ${usage}  `), usage).toBe(true);
    for (const name of Object.keys(lintOptions))
      expect(stdout).toMatch(new RegExp(`^  (?:-\\w, |    )--${name}\\b`, "m"));
    expect(lines.filter(({ length }) => length > 80)).toEqual([]);
  });

  test("says what an option takes", () => {
    expect(help().stdout).toContain(
      `
Repairs:
      --fix[=NAME]         Repair what can be repaired safely; --fix=suggest
                           takes suggestions too (fix, suggest)
      --fix-rule NAME ...  Repair findings of this rule only
`,
    );
  });

  test("of a command is about that command", () => {
    const { stdout } = help("explain");
    expect(stdout).toBe(
      `stagewright explain <rules..>

Print the documentation of rules, also by codes such as DL3006.

Options:
  -h, --help     Show help
  -v, --version  Show the version
`,
    );
  });
});

test.each(["--version", "--help"])("%s loads nothing of what lints", (option) => {
  const script = `process.on("exit", () => console.log(Object.keys(require("node:module")._cache).join("\\n"))); require(process.argv[1])`;
  const argv = ["-e", script, join(root, "bin/stagewright.js"), option];
  const { stdout } = spawnSync(process.execPath, argv, { cwd: root, encoding: "utf8" });
  const loaded = stdout.split("\n").filter((line) => line.includes("/dist/"));
  expect(loaded).not.toEqual([]);
  expect(loaded.reduce((size, file) => size + statSync(file).size, 0)).toBeLessThan(50_000);
});

describe("standard output", () => {
  test("may be closed by a reader that has seen enough", () => {
    const script = '"$0" "$1" rules | head -c 4; echo " ${PIPESTATUS[0]}"';
    const { stdout, stderr } = spawnSync("bash", ["-c", script, process.execPath, join(root, "bin/stagewright.js")], {
      cwd: root,
      encoding: "utf8",
    });
    expect({ stdout, stderr }).toEqual({ stdout: "Rule 0\n", stderr: "" });
  });
});
