import type { Instruction } from "@stagewright/ast";
import type { Facts, Stage } from "@stagewright/core";
import { expandWith } from "./runs.ts";
import { Refused, type Start } from "./types.ts";

const prelude = new Set("cd export set source . ulimit umask sleep echo mkdir chown chmod wait trap".split(" "));
const launchers = new Set("tini dumb-init gosu su-exec".split(" "));
const shells = new Set("sh bash ash dash zsh".split(" "));

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
  let words = [...wordsOf(entrypoint, facts), ...wordsOf(cmd, facts)];
  while (words[0] !== undefined && launchers.has(words[0].split("/").at(-1) ?? "")) {
    const name = words[0].split("/").at(-1);
    words = words.slice(name === "gosu" || name === "su-exec" ? 2 : 1);
    while (words[0]?.startsWith("-")) words = words.slice(1);
  }
  if (isShell(words[0]) && /^-[a-z]*c$/.test(words[1] ?? "") && words[2] !== undefined)
    words = words[2].trim().split(/\s+/);
  const [program, ...args] = words;
  if (program === undefined || (isShell(program) && args.every((word) => /^(-[ilc]+|--login)$/.test(word)))) {
    throw new Refused(
      "starts-a-shell",
      instruction.startLine,
      "The image starts a shell, so its tools may be what it is for.",
    );
  }
  // A script of this name runs the words of CMD; others have their own mind.
  if (cmd && /entrypoint/.test(wordsOf(entrypoint, facts).at(-1) ?? "") && isShell(wordsOf(cmd, facts).join(" "))) {
    throw new Refused(
      "starts-a-shell",
      cmd.startLine,
      "The image starts a shell behind its entry point, so its tools may be what it is for.",
    );
  }
  if (idle.test([program.split("/").at(-1), ...args].join(" ")) || (args.length === 0 && prompts.test(program))) {
    throw new Refused(
      "no-start",
      instruction.startLine,
      "The image only waits for others to run something in it, so what it needs is not known.",
      "Say with CMD or ENTRYPOINT what it starts.",
    );
  }
  return { instruction, program, args };
}

/** A shell; also in quotes that are not those of JSON, as the shell of the image reads them. */
const isShell = (program = ""): boolean =>
  shells.has(
    program
      .split("/")
      .at(-1)
      ?.replace(/[\]"',]/g, "") ?? "",
  );

/** Interpreters that prompt where they are given nothing. */
const prompts =
  /^(.*\/)?(python[\d.]*|ipython3?|bpython|node|irb|pry|php|R|ghci|erl|iex|lua[\d.]*|jshell|groovysh|scala)$/;

/** Commands that do nothing but keep a container up. */
const idle = /^(init$|systemd$|sleep (infinity|\d+[dhy]|\d{4,})|tail -[fF]+ ?\/dev\/(null|random|zero))$/;

function last(stage: Stage, type: "Cmd" | "Entrypoint"): Instruction | null {
  return stage.instructions.findLast((each) => each.type === type) ?? null;
}

function wordsOf(instruction: Instruction | null, facts: Facts): string[] {
  if (!instruction) return [];
  const { env, args } = facts.state(instruction);
  const commands = facts.script(instruction)?.commands ?? [];
  // The `bash` of `bash -c "..."` stands before what it runs.
  const inner = commands.length > 1 && shells.has(commands[0]?.name ?? "") ? commands.slice(1) : commands;
  const main = inner.filter(({ name }) => !prelude.has(name ?? "")).at(-1) ?? inner.at(-1);
  return main ? [main.path, ...main.args.map(({ value }) => value)].map((word) => expandWith(word, env, args)) : [];
}
