import type { Instruction } from "@stagewright/ast";
import type { Command, Facts, Stage } from "@stagewright/core";
import { baseName } from "./paths.ts";
import { expandWith } from "./runs.ts";
import { Refused, type Start } from "./types.ts";

const prelude = new Set("cd export set source . ulimit umask sleep echo mkdir chown chmod wait trap".split(" "));
const launchers = new Set("tini dumb-init gosu su-exec fixuid".split(" "));
const shells = new Set("sh bash ash dash zsh".split(" "));

/** Programs that ask for what to do where they are given nothing. */
const interpreters = /^(R|irb|ghci|julia|ipython[23]?|psysh|iex|erl|scala|jshell|python[\d.]*|node|php)$/;

/**
 * The program that a container of the stage starts, ENTRYPOINT and CMD together.
 * @throws Refused where nothing is started, or only a shell
 */
export function startOf(stage: Stage, facts: Facts): Start {
  const entrypoint = last(stage, "Entrypoint");
  const cmd = last(stage, "Cmd");
  const instruction = entrypoint ?? cmd;
  if (!instruction) {
    throw new Refused(
      "no-start",
      stage.from.startLine,
      "The file starts nothing, so what the image needs is not known.",
      "Say with CMD or ENTRYPOINT what it starts.",
    );
  }
  // What a shell is given as a whole takes no more words.
  const isLine = entrypoint !== null && facts.script(entrypoint)?.exec === null;
  let words = [...wordsOf(entrypoint, facts), ...(isLine ? [] : wordsOf(cmd, facts))];
  // An empty ENTRYPOINT takes that of the base away.
  while (words[0] === "" && words.length > 1) words = words.slice(1);
  while (words[0] !== undefined && launchers.has(words[0].split("/").at(-1) ?? "")) {
    const name = words[0].split("/").at(-1);
    words = words.slice(name === "gosu" || name === "su-exec" ? 2 : 1);
    while (words[0]?.startsWith("-")) words = words.slice(1);
  }
  if (isShell(words[0]) && /^-[a-z]*c$/.test(words[1] ?? "") && words[2] !== undefined)
    words = words[2].trim().split(/\s+/);
  const [program, ...args] = words;
  // An exec form that is none is read by a shell, brackets and all.
  const name =
    program
      ?.split("/")
      .at(-1)
      ?.replace(/[[\],]/g, "") ?? "";
  const isPlain =
    shells.has(name) &&
    (args.every((word) => /^(-[ilc]+|--login|)$|(^|\/)\.(bashrc|profile|bash_profile)$/.test(word)) ||
      /^--(rcfile|init-file)/.test(args[0] ?? ""));
  if (program === undefined || isPlain || asksForInput(words)) {
    throw new Refused(
      "starts-a-shell",
      instruction.startLine,
      "The image starts a shell, so its tools may be what it is for.",
    );
  }
  // A script of this name runs the words of CMD; others have their own mind.
  const runsCmd = cmd !== null && /entrypoint/.test(wordsOf(entrypoint, facts).at(-1) ?? "");
  const command = wordsOf(cmd, facts);
  if (runsCmd && (isShell(command.join(" ")) || asksForInput(command))) {
    throw new Refused(
      "starts-a-shell",
      (cmd ?? instruction).startLine,
      "The image starts a shell behind its entry point, so its tools may be what it is for.",
    );
  }
  const main = runsCmd ? wordsOf(cmd, facts) : [program, ...args];
  if (idle.test([baseName(main[0] ?? ""), ...main.slice(1)].join(" "))) {
    throw new Refused(
      "no-start",
      instruction.startLine,
      "The image only waits for others to run something in it, so what it needs is not known.",
      "Say with CMD or ENTRYPOINT what it starts.",
    );
  }
  return { instruction, program, args };
}

/** An interpreter that is given no program. */
const asksForInput = ([program = "", ...args]: readonly string[]): boolean =>
  interpreters.test(
    program
      .split("/")
      .at(-1)
      ?.replace(/[[\],]/g, "") ?? "",
  ) && args.every((word) => /^(-[aiqs]|--(no-save|vanilla|quiet|slave))$/.test(word));

/** A shell; also in quotes that are not those of JSON, as the shell of the image reads them. */
const isShell = (program = ""): boolean =>
  shells.has(
    program
      .split("/")
      .at(-1)
      ?.replace(/[\]"',]/g, "") ?? "",
  );

/** Commands that do nothing but keep a container up. */
const idle =
  /^(init|systemd|true|false|:|cat|echo( .*)?|sleep (infinity|\d+[dhy]|\d{4,})|tail (-[fFn0-9]+ ?)+\/(dev\/(null|random|zero)|etc\/\S+|var\/log\/\S+))$/s;

function last(stage: Stage, type: "Cmd" | "Entrypoint"): Instruction | null {
  return stage.instructions.findLast((each) => each.type === type) ?? null;
}

function wordsOf(instruction: Instruction | null, facts: Facts): string[] {
  if (!instruction) return [];
  const { env, args } = facts.state(instruction);
  const commands = facts.script(instruction)?.commands ?? [];
  // The `bash` of `bash -c "..."` stands before what it runs.
  const [first] = commands;
  const isShellOfAll = commands.length > 1 && shells.has(first?.name ?? "") && hasScript(first);
  const inner = isShellOfAll ? commands.slice(1) : commands;
  const programs = inner.filter(({ name }) => !prelude.has(name ?? ""));
  const main = programs.findLast((each) => !idle.test(lineOf(each))) ?? programs.at(-1) ?? inner.at(-1);
  return main ? [main.path, ...main.args.map(({ value }) => value)].map((word) => expandWith(word, env, args)) : [];
}

const hasScript = (command?: Command): boolean => command?.args.some(({ value }) => /^-[a-z]*c$/.test(value)) === true;

const lineOf = ({ name, args }: Command): string => [name, ...args.map(({ value }) => value)].join(" ");
