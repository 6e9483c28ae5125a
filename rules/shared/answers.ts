import type { Run } from "@stagewright/ast";
import type { Command, CommandEffects, Facts } from "@stagewright/core";

/**
 * Of the commands of a RUN, whether something else than a flag that is written out answers their questions: `yes |` before it, or a variable that holds the flag.
 * What a RUN has is looked through once, when the first command asks: it may have thousands.
 */
export function answersIn(facts: Facts, run: Run): (command: Command) => boolean {
  let answered: ReadonlySet<string> | null = null;
  let effects: ReadonlyMap<Command, CommandEffects> | null = null;
  return (command) => {
    const { id, position } = command.context.pipeline;
    if (position > 0) {
      answered ??= new Set((facts.script(run)?.commands ?? []).filter(answers).map(nextPlace));
      if (answered.has(`${id} ${position}`)) return true;
    }
    if (!command.args.some(({ value }) => value.includes("$"))) return false;
    effects ??= new Map(facts.effects(run).commands.map((each) => [each.command, each]));
    return effects.get(command)?.words.some(({ values }) => values.some((value) => flag.test(value))) === true;
  };
}

const answers = ({ name }: Command): boolean => name === "yes" || name === "echo" || name === "printf";

const nextPlace = ({ context: { pipeline } }: Command): string => `${pipeline.id} ${pipeline.position + 1}`;

const flag = /(?:^|\s)(?:-[a-pr-z]*y[a-z]*|-qq|--yes|--assume-?yes)(?:\s|$)/;
