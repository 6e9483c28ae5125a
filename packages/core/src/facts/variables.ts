import { type Instruction, type JsonString, type Node, type Variable, walk, type Word } from "@stagewright/ast";
import type { Settings } from "../rule.ts";
import type { SourceCode } from "../source-code.ts";
import { expandWord } from "./expand.ts";
import { proxyNames, type States } from "./states.ts";
import type { StageGraph, Variables, VariableUse, VariableValue } from "./types.ts";

/** Variables as BuildKit scopes and expands them. */
export function createVariables(
  sourceCode: SourceCode,
  stages: StageGraph,
  states: States,
  settings: Settings,
): Variables {
  const { escape } = sourceCode.ast;
  let uses: readonly VariableUse[] | null = null;

  function lookup(name: string, at: Instruction): VariableValue {
    const setting = states.lookup(name, at);
    if (setting) {
      const { value, declaration } = setting;
      return value === null ? { kind: "unknown", declaration } : { kind: "value", value, declaration };
    }
    if (proxyNames.includes(name) && settings.buildArgs?.[name] !== undefined) {
      return { kind: "value", value: settings.buildArgs[name], declaration: null };
    }
    return { kind: "undeclared", baseMaySet: at.type !== "From" && states.before(at).baseMaySet };
  }

  return {
    lookup,
    expand(word: Word | JsonString, at: Instruction) {
      const raw = word.type === "Word" ? word.raw : word.value;
      if (word.type === "JsonString" && word.variables.length === 0) return word.value;
      return expandWord(raw, escape, (name) => {
        const value = lookup(name, at);
        if (value.kind === "value") return value.value;
        return value.kind === "undeclared" && !value.baseMaySet ? undefined : null;
      });
    },
    get uses() {
      return (uses ??= sourceCode.ast.instructions.flatMap((instruction) =>
        variablesIn(instruction).map((variable) => ({
          variable,
          instruction,
          value: lookup(variable.name, instruction),
        })),
      ));
    },
    globals: stages.preamble.filter((instruction) => instruction.type === "Arg"),
  };
}

/** Variables where BuildKit expands them, in the order of the file; those of ONBUILD are expanded in another build. */
function variablesIn(instruction: Instruction): Variable[] {
  if (instruction.type === "Onbuild" || instruction.type === "Maintainer") return [];
  const found: Variable[] = [];
  walk(instruction as Node, (node) => {
    if (node.type === "Variable") found.push(node);
  });
  return found.sort((a, b) => a.range[0] - b.range[0]);
}
