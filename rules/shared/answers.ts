import type { Run } from "@stagewright/ast";
import type { Command, Facts } from "@stagewright/core";

/** Something else than a flag that is written out answers the questions of a command: `yes |` before it, or a variable that holds the flag. */
export function isAnswered(facts: Facts, run: Run, command: Command): boolean {
  const { id, position } = command.context.pipeline;
  const before = facts
    .script(run)
    ?.commands.find(({ context }) => context.pipeline.id === id && context.pipeline.position === position - 1);
  if (before && ["yes", "echo", "printf"].includes(before.name ?? "")) return true;
  if (!command.args.some(({ value }) => value.includes("$"))) return false;
  const effects = facts.effects(run).commands.find((each) => each.command === command);
  return effects?.words.some(({ values }) => values.some((value) => flag.test(value))) === true;
}

const flag = /(?:^|\s)(?:-[a-pr-z]*y[a-z]*|-qq|--yes|--assume-?yes)(?:\s|$)/;
