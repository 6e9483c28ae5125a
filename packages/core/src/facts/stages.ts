import type { Flag, From, Instruction, Range, Word } from "@stagewright/ast";
import { distance } from "fastest-levenshtein";
import type { SourceCode } from "../source-code.ts";
import type { Globals } from "./globals.ts";
import { mountsOf } from "./mounts.ts";
import type { Stage, StageGraph, StageUse } from "./types.ts";

type MutableStage = Stage & { readonly instructions: Instruction[]; readonly uses: StageUse[] };

/**
 * The stages of a file and how they need each other, as BuildKit finds them: names are kept in lower case, FROM names one as it is written, COPY and
 * mounts in any case (dockerfile2llb's dispatchStates). `isContext` tells of names that a build gives a meaning of their own.
 */
export function createStageGraph(
  sourceCode: SourceCode,
  globals: Globals,
  isContext: (text: string) => boolean,
): StageGraph {
  const all: MutableStage[] = [];
  const stageOf = new Map<Instruction, Stage>();
  const byName = new Map<string, MutableStage[]>();

  for (const instruction of sourceCode.ast.instructions) {
    if (instruction.type === "From") all.push(openStage(instruction));
    const stage = all.at(-1);
    if (!stage) continue;
    stage.instructions.push(instruction);
    stageOf.set(instruction, stage);
    if (instruction.type === "Onbuild" && instruction.instruction) stageOf.set(instruction.instruction, stage);
  }
  for (const stage of all) {
    for (const instruction of stage.instructions) {
      stage.uses.push(...usesOf(instruction, stage).filter(({ target, text }) => target !== null || !isContext(text)));
    }
  }

  function openStage(from: From): MutableStage {
    const text = from.image && globals.expand(from.image.word);
    const stage = text ? (byName.get(text)?.at(-1) ?? null) : null;
    const opened: MutableStage = {
      index: all.length,
      from,
      name: from.stage?.name ?? null,
      base: stage ? { kind: "stage", stage } : { kind: text === "scratch" ? "scratch" : "image" },
      instructions: [],
      uses: [],
    };
    if (opened.name !== null) {
      const known = byName.get(opened.name);
      if (known) known.push(opened);
      else byName.set(opened.name, [opened]);
    }
    return opened;
  }

  function find(name: string, before?: Stage): Stage | null {
    const named = byName.get(name.toLowerCase());
    if (!named) return null;
    return (before ? named.findLast(({ index }) => index < before.index) : named.at(-1)) ?? null;
  }

  function near(word: string, before: Stage): string | null {
    if (/[:/@$]/.test(word)) return null;
    let nearest: string | null = null;
    let smallest = word.length > 4 ? 3 : 2;
    for (const { name } of all.slice(0, before.index)) {
      const far = name === null ? Infinity : distance(word.toLowerCase(), name);
      if (far >= smallest) continue;
      nearest = name;
      smallest = far;
    }
    return nearest;
  }

  function usesOf(instruction: Instruction, stage: Stage): readonly StageUse[] {
    switch (instruction.type) {
      case "Copy": {
        const flag = instruction.flags.find(({ name }) => name === "from");
        return flag?.value ? [copyUse(instruction, flag.value.value, innerRange(flag), stage)] : [];
      }
      case "Run":
        return mountsOf(instruction, sourceCode).flatMap(({ options }) => {
          const option = options.findLast(({ key }) => key === "from");
          return option?.value ? [use(instruction, option.value, option.valueRange, find(option.value, stage))] : [];
        });
      case "Onbuild":
        // What it names is looked for when another image is built on this one: in this file, where a later stage is. What no stage can be
        // called is an image there too.
        return instruction.instruction
          ? usesOf(instruction.instruction, stage).filter(
              ({ target, byIndex, text }) => !byIndex && (target !== null || /[:/@]/.test(text)),
            )
          : [];
      default:
        return [];
    }
  }

  /** A number is that of a stage here, which it is not in a mount. */
  function copyUse(instruction: Instruction, text: string, range: Range, stage: Stage): StageUse {
    if (!/^[+-]?\d+$/.test(text)) return use(instruction, text, range, find(text, stage));
    const numbered = all[Number(text)];
    const target = numbered && numbered.index < stage.index ? numbered : null;
    return { ...use(instruction, text, range, target), byIndex: true };
  }

  function use(instruction: Instruction, text: string, range: Range, target: Stage | null): StageUse {
    return { instruction, text, range, loc: sourceCode.locate(range), target, byIndex: false };
  }

  const needs = new Map<Stage, ReadonlySet<Stage>>();

  function needed(stage: Stage): ReadonlySet<Stage> {
    let found = needs.get(stage);
    if (!found) needs.set(stage, (found = findNeeded(stage)));
    return found;
  }

  function findNeeded(stage: Stage): ReadonlySet<Stage> {
    const found = new Set<Stage>([stage]);
    // A set also visits what is added to it on the way.
    for (const each of found) {
      if (each.base.kind === "stage") found.add(each.base.stage);
      for (const { target } of each.uses) if (target) found.add(target);
      for (const candidate of candidates(each)) found.add(candidate);
    }
    return found;
  }

  /** The earlier stages that a FROM with a variable may mean. */
  function candidates({ from: { image }, index }: Stage): readonly Stage[] {
    if (!image || image.word.variables.length === 0) return [];
    const pattern = namePattern(image.word, sourceCode.text);
    return all.slice(0, index).filter(({ name }) => name !== null && pattern.test(name));
  }

  return {
    preamble: globals.preamble,
    all,
    final: all.at(-1) ?? null,
    of: (instruction) => stageOf.get(instruction) ?? null,
    find,
    near,
    chain(stage) {
      const chain: Stage[] = [stage];
      for (let { base } = stage; base.kind === "stage"; base = base.stage.base) chain.push(base.stage);
      return chain;
    },
    needed,
  };
}

/** The value of a flag without quotes around it. */
function innerRange({ value }: Flag): Range {
  if (!value) return [0, 0];
  return value.quote === null ? value.range : [value.range[0] + 1, value.range[1] - 1];
}

/** What a word may become, whatever its variables hold. */
function namePattern({ range, variables }: Word, text: string): RegExp {
  let source = "";
  let at = range[0];
  for (const variable of variables) {
    source += literal(text.slice(at, variable.range[0]));
    source += ".*";
    at = variable.range[1];
  }
  return new RegExp(`^${source}${literal(text.slice(at, range[1]))}$`);
}

const literal = (text: string): string => text.replace(/["']/g, "").replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
