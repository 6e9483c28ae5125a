import type { Flag, From, Instruction, Range, Run } from "@stagewright/ast";
import type { SourceCode } from "../source-code.ts";
import { mountsOf } from "./mounts.ts";
import type { Stage, StageGraph, StageUse } from "./types.ts";

/** The stages of a file and how they need each other, as BuildKit reads names and numbers. */
export function createStageGraph(sourceCode: SourceCode): StageGraph {
  const preamble: Instruction[] = [];
  const all: MutableStage[] = [];
  const stageOf = new Map<Instruction, Stage>();
  const byName = new Map<string, MutableStage[]>();

  for (const instruction of sourceCode.ast.instructions) {
    if (instruction.type === "From") all.push(openStage(instruction));
    const stage = all.at(-1);
    if (!stage) preamble.push(instruction);
    else {
      stage.instructions.push(instruction);
      remember(instruction, stage);
    }
  }
  for (const stage of all) {
    for (const instruction of stage.instructions) stage.uses.push(...usesOf(instruction, stage));
  }

  function openStage(from: From): MutableStage {
    const baseStage = from.image && from.image.word.variables.length === 0 ? find(from.image.word.value) : null;
    const stage: MutableStage = {
      index: all.length,
      from,
      name: from.stage?.name ?? null,
      base: baseStage
        ? { kind: "stage", stage: baseStage }
        : { kind: from.image?.word.value === "scratch" ? "scratch" : "image" },
      instructions: [],
      uses: [],
    };
    if (stage.name !== null) {
      const known = byName.get(stage.name);
      if (known) known.push(stage);
      else byName.set(stage.name, [stage]);
    }
    return stage;
  }

  function remember(instruction: Instruction, stage: Stage): void {
    stageOf.set(instruction, stage);
    if (instruction.type === "Onbuild" && instruction.instruction) remember(instruction.instruction, stage);
  }

  function find(name: string, before?: Stage): Stage | null {
    const named = byName.get(name.toLowerCase());
    if (!named) return null;
    return (before ? named.findLast(({ index }) => index < before.index) : named.at(-1)) ?? null;
  }

  function usesOf(instruction: Instruction, stage: Stage): StageUse[] {
    if (instruction.type === "Copy") {
      const flag = instruction.flags.find(({ name }) => name === "from");
      return flag?.value ? [use(instruction, flag.value.value, innerRange(flag), stage)] : [];
    }
    if (instruction.type !== "Run") return [];
    return mountsOf(instruction, sourceCode).flatMap((mount) => {
      const option = mount.options.find(({ key }) => key === "from");
      return option?.value ? [use(instruction as Run, option.value, option.valueRange, stage)] : [];
    });
  }

  function use(instruction: Instruction, text: string, range: Range, stage: Stage): StageUse {
    const byIndex = /^\d+$/.test(text);
    const index = Number(text);
    const target = byIndex ? (index < stage.index ? (all[index] ?? null) : null) : find(text, stage);
    return { instruction, text, range, loc: sourceCode.locate(range), target, byIndex };
  }

  const needs = new Map<Stage, ReadonlySet<Stage>>();

  function needed(stage: Stage): ReadonlySet<Stage> {
    const known = needs.get(stage);
    if (known) return known;
    const found = new Set<Stage>([stage]);
    for (const each of found) {
      if (each.base.kind === "stage") found.add(each.base.stage);
      for (const { target } of each.uses) if (target) found.add(target);
    }
    needs.set(stage, found);
    return found;
  }

  return {
    preamble,
    all,
    final: all.at(-1) ?? null,
    of: (instruction) => stageOf.get(instruction) ?? null,
    find,
    chain(stage) {
      const chain: Stage[] = [stage];
      for (let { base } = stage; base.kind === "stage"; base = base.stage.base) chain.push(base.stage);
      return chain;
    },
    needed,
  };
}

type MutableStage = Stage & { readonly instructions: Instruction[]; readonly uses: StageUse[] };

/** The value of a flag without quotes around it. */
function innerRange({ value }: Flag): Range {
  if (!value) return [0, 0];
  return value.quote === null ? value.range : [value.range[0] + 1, value.range[1] - 1];
}
