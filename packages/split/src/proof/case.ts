import type { Instruction } from "@stagewright/ast";
import type { CommandEffects, ParsedImage, PathEffect, SourceCode, Stage } from "@stagewright/core";
import { isInside } from "../paths.ts";
import type { Carry, Context } from "../types.ts";
import { type Started, startedBy } from "./started.ts";

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
  /** What the last stage starts. */
  readonly started: readonly Started[];
  /** Instructions of the last stage that the original has in the same words, each with its own. */
  readonly kept: ReadonlyMap<Instruction, Instruction>;
  /** Instructions of the original that the last stage does not have in the same words. */
  readonly gone: readonly Instruction[];
  /** Instructions of the last stage that the original does not have in the same words. */
  readonly added: readonly Instruction[];
  /** The commands of the original up to the last instruction that the build stage has, and behind it. */
  readonly building: readonly CommandEffects[];
  readonly later: readonly CommandEffects[];
  /** The commands of instructions that the last stage has more. */
  readonly more: readonly CommandEffects[];
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
  const texts = own.map((each) => before.getText(each));
  const kept = new Map<Instruction, Instruction>();
  const matched = new Set<Instruction>();
  const added: Instruction[] = [];
  let at = 0;
  for (const instruction of final.instructions.slice(1)) {
    const index = texts.indexOf(after.getText(instruction), at);
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
  const cut = original.instructions.findLastIndex((each) => before.getText(each) === lastText);
  return {
    before,
    after,
    original,
    builds,
    final,
    carries,
    base,
    context,
    started: startedBy(after, final),
    kept,
    added,
    gone: own.filter((each) => !matched.has(each)),
    building: commandsOf(before, original.instructions.slice(0, cut + 1)),
    later: commandsOf(before, original.instructions.slice(cut + 1)),
    more: commandsOf(after, added),
  };
}

export const isSameBase = ({ base }: Case): boolean => base.text === base.finalText;

/** Commands of RUNs. */
export const commandsOf = ({ facts }: SourceCode, instructions: readonly Instruction[]): readonly CommandEffects[] =>
  instructions.flatMap((each) => (each.type === "Run" ? facts.effects(each).commands : []));

export const nameOf = ({ command }: CommandEffects): string => command.name ?? command.path;

/** A later command of the original takes the path away for certain. */
export const isRemovedBehind = ({ building, later }: Case, path: string, position: number): boolean =>
  [building, later].some((commands) =>
    commands.some(
      (each) =>
        each.command.range[0] > position && !each.conditional && each.removes.some((removed) => covers(removed, path)),
    ),
  );

/** All of the path goes where the effect does. */
const covers = ({ path, tree }: PathEffect, other: string): boolean =>
  path !== null && !/[*?[]/.test(path) && (path === other || (tree && isInside(other, path)));

export const trimmed = (path: string): string => path.replace(/(?<=.)\/+$/, "");
