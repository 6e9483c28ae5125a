import { describe, expect, test } from "vitest";
import { createSourceCode } from "../create-source-code.ts";
import { commandsOf, findFlags, flagValue, hasFlag, operands, scriptsOf, subcommand } from "./command-helpers.ts";
import type { Command } from "./types.ts";

function commandOf(line: string): Command {
  const { facts, ast } = createSourceCode(`FROM debian\nRUN ${line}`);
  const run = ast.instructions[1];
  const [command] = (run && facts.script(run)?.commands) ?? [];
  if (!command) throw new Error("no command");
  return command;
}

const yes = ["y", "yes", "assume-yes"];

describe("hasFlag", () => {
  test.each([
    ["apt-get -y install a", true],
    ["apt-get install a -y", true],
    ["apt-get -qqy install a", true],
    ["apt-get --yes install a", true],
    ["apt-get --assume-yes=true install a", true],
    ["apt-get '-y' install a", true],
    ["apt-get install a -- -y", false],
    ["apt-get install yes", false],
    ["apt-get --yesterday install a", false],
    ["apt-get - install a", false],
  ])("of %s", (line, expected) => {
    expect(hasFlag(commandOf(line), yes)).toBe(expected);
  });

  test("does not look into values", () => {
    expect(hasFlag(commandOf("apt-get -o y install a"), yes, { valueFlags: ["o"] })).toBe(false);
    expect(hasFlag(commandOf("apt-get -oy install a"), yes, { valueFlags: ["o"] })).toBe(false);
    expect(hasFlag(commandOf("apt-get -o -y install a"), yes, { valueFlags: ["o"] })).toBe(false);
  });
});

describe("flagValue", () => {
  test.each([
    ["apt-get -t stable install a", "stable"],
    ["apt-get -tstable install a", "stable"],
    ["apt-get -qyt stable install a", "stable"],
    ["apt-get --target-release=stable install a", "stable"],
    ["apt-get --target-release stable install a", "stable"],
    ["apt-get -t old -t new install a", "new"],
    ["apt-get install a", null],
    ["apt-get install a -t", null],
  ])("of %s", (line, expected) => {
    expect(flagValue(commandOf(line), ["t", "target-release"])?.value ?? null).toBe(expected);
  });

  test("reads long names after one dash", () => {
    expect(flagValue(commandOf("java -jar app.jar"), ["jar"])?.value).toBe("app.jar");
  });
});

describe("operands", () => {
  test.each([
    ["apt-get -y install a b", ["install", "a", "b"]],
    ["apt-get -t stable install a", ["install", "a"]],
    ["apt-get --target-release stable install a", ["install", "a"]],
    ["apt-get -tstable install a", ["install", "a"]],
    ["tar -x - -- -a", ["-", "-a"]],
  ])("of %s", (line, expected) => {
    const words = operands(commandOf(line), { valueFlags: ["t", "target-release"] });
    expect(words.map(({ value }) => value)).toEqual(expected);
  });

  test("begin with the subcommand", () => {
    expect(subcommand(commandOf("npm --prefix web ci"), { valueFlags: ["prefix"] })?.value).toBe("ci");
    expect(subcommand(commandOf("npm"))).toBeNull();
  });
});

test("findFlags gives the words", () => {
  expect(findFlags(commandOf("apt-get -qy install --yes a"), yes).map(({ value }) => value)).toEqual(["-qy", "--yes"]);
});

test("commandsOf and scriptsOf find commands by name in a stage", () => {
  const { facts } = createSourceCode(
    "FROM debian\nRUN apt-get update && /usr/bin/apt-get install a\nCMD apt-get x\nONBUILD RUN apt-get y\nRUN apt install b",
  );
  const [stage] = facts.stages.all;
  const scripts = stage ? scriptsOf(facts, stage) : [];
  expect(scripts).toHaveLength(2);
  expect(scripts.flatMap((script) => commandsOf(script, "apt-get")).map(({ path }) => path)).toEqual([
    "apt-get",
    "/usr/bin/apt-get",
  ]);
  expect(scripts.flatMap((script) => commandsOf(script, ["apt", "apt-get"]))).toHaveLength(3);
  expect(commandsOf(null, "apt")).toEqual([]);
});
