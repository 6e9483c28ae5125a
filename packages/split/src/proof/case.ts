import type { Instruction } from "@stagewright/ast";
import type { CommandEffects, ParsedImage, PathEffect, SourceCode, Stage } from "@stagewright/core";
import { isInside } from "../paths.ts";
import type { Carry, Context } from "../types.ts";

/** A file and its rewrite, as the checks read them: from the texts alone, whatever planned the rewrite. */
export interface Case {
  readonly before: SourceCode;
  readonly after: SourceCode;
  /** The last stage of the original. */
  readonly original: Stage;
  /** The stages that the rewrite has more. */
  readonly builds: readonly Stage[];
  readonly final: Stage;
  readonly carries: readonly Carry[];
  readonly base: { readonly image: ParsedImage; readonly text: string; readonly finalText: string };
  readonly context: Context | null;
  /** Instructions of the last stage that the original has in the same words, each with its own. */
  readonly kept: ReadonlyMap<Instruction, Instruction>;
  /** Instructions of the original that the last stage does not have in the same words. */
  readonly gone: readonly Instruction[];
  /** Instructions of the last stage that the original does not have in the same words. */
  readonly added: readonly Instruction[];
  /** The index in the original of its last instruction that the build stage has. */
  readonly cut: number;
}

export function caseOf(
  before: SourceCode,
  after: SourceCode,
  carries: readonly Carry[],
  base: Case["base"],
  context: Context | null,
): Case | null {
  const original = before.facts.stages.final;
  const final = after.facts.stages.final;
  if (!original || !final) return null;
  const own = original.instructions.slice(1);
  const kept = new Map<Instruction, Instruction>();
  const matched = new Set<Instruction>();
  const added: Instruction[] = [];
  let at = 0;
  for (const instruction of final.instructions.slice(1)) {
    const text = after.getText(instruction);
    const index = own.findIndex((each, position) => position >= at && before.getText(each) === text);
    const counterpart = own[index];
    if (counterpart) {
      kept.set(instruction, counterpart);
      matched.add(counterpart);
      at = index + 1;
    } else added.push(instruction);
  }
  const builds = after.facts.stages.all.slice(original.index, -1);
  const last = builds[0]?.instructions.at(-1);
  const lastText = last ? after.getText(last) : null;
  return {
    before,
    after,
    original,
    builds,
    final,
    carries,
    base,
    context,
    kept,
    added,
    gone: own.filter((each) => !matched.has(each)),
    cut: original.instructions.findLastIndex((each) => before.getText(each) === lastText),
  };
}

export const isSameBase = ({ base }: Case): boolean => base.text === base.finalText;

/** Commands of RUNs, with the instruction that each stands in. */
export const commandsOf = (
  { facts }: SourceCode,
  instructions: readonly Instruction[],
): { readonly run: Instruction; readonly effects: CommandEffects }[] =>
  instructions.flatMap((run) =>
    run.type === "Run" ? facts.effects(run).commands.map((effects) => ({ run, effects })) : [],
  );

export const nameOf = ({ command }: CommandEffects): string => command.name ?? command.path;

/** A later command of the original takes the path away for certain. */
export function isRemovedBehind({ before, original }: Case, path: string, position: number): boolean {
  return commandsOf(before, original.instructions).some(
    ({ effects: { command, removes, conditional } }) =>
      command.range[0] > position && !conditional && removes.some((each) => covers(each, path)),
  );
}

/** All of the path goes where the effect does. */
const covers = ({ path, tree }: PathEffect, other: string): boolean =>
  path !== null && !/[*?[]/.test(path) && (path === other || (tree && isInside(other, path)));

export const trimmed = (path: string): string => path.replace(/(?<=.)\/+$/, "");
