import { type Instruction, type JsonString, type Node, type Variable, walk, type Word } from "@stagewright/ast";
import type { Settings } from "../rule.ts";
import type { SourceCode } from "../source-code.ts";
import { expandWord, type Lookup } from "./expand.ts";
import type { Globals } from "./globals.ts";
import type { Setting } from "./scope.ts";
import type { States } from "./states.ts";
import type { StageGraph, Variables, VariableUse, VariableValue } from "./types.ts";

/** Build arguments that a RUN has in its environment without an ARG (dockerfile2llb's proxyEnvFromBuildArgs). */
const proxyName = /^(?:https?|ftp|no|all)_proxy$/i;

/** Variables as BuildKit scopes and expands them. */
export function createVariables(
  sourceCode: SourceCode,
  stages: StageGraph,
  globals: Globals,
  states: States,
  settings: Settings,
): Variables {
  const { escape, instructions } = sourceCode.ast;

  /** `index` counts the ARGs of an instruction: each sees those before it. */
  function lookup(name: string, at: Instruction, index = 0): VariableValue {
    const stage = stages.of(at);
    if (at.type === "From" || !stage) {
      const setting = globals.get(name, at.type === "From" ? Infinity : globals.position(at, index));
      return setting ? valueOf(setting) : { kind: "undeclared", baseMaySet: false };
    }
    const { scope, position, deferred } = states.before(at);
    const setting = scope.get(name, position + index);
    // ONBUILD runs in another build, which has the image's ENV and none of its ARGs.
    if (setting && !(deferred && setting.kind === "arg")) return valueOf(setting);
    const proxy = at.type === "Run" && proxyName.test(name) ? settings.buildArgs?.[name] : undefined;
    if (proxy !== undefined) return { kind: "value", value: proxy, declaration: null };
    return { kind: "undeclared", baseMaySet: scope.open || deferred };
  }

  function expansion(at: Instruction): Lookup {
    const stage = stages.of(at);
    if (at.type === "From" || !stage) {
      const before = at.type === "From" ? Infinity : globals.position(at);
      return globals.lookup(before);
    }
    const { scope, position, deferred } = states.before(at);
    const inScope = scope.lookup(position);
    if (!deferred) return inScope;
    return (name) => (scope.get(name, position)?.kind === "arg" ? null : (inScope(name) ?? null));
  }

  function expand(word: Word | JsonString, at: Instruction): string | null {
    const text = expandableText(word, at);
    return text === null ? word.value : expandText(text, at);
  }

  function expandText(text: string, at: Instruction): string | null {
    return expandWord(text, escape, expansion(at));
  }

  const findUses = () =>
    (sourceCode.text.includes("$") ? instructions : []).flatMap((instruction) =>
      variablesIn(instruction, sourceCode.text).map(({ variable, index }) => ({
        variable,
        instruction,
        value: lookup(variable.name, instruction, index),
      })),
    );

  const globalArgs = globals.preamble.filter((instruction) => instruction.type === "Arg");
  return new FileVariables((name, at) => lookup(name, at), { expand, expandText }, globalArgs, findUses);
}

/** A class, not an object with a getter: V8 makes a hidden class for each of those, and it keeps the whole file until the next full collection. */
class FileVariables implements Variables {
  readonly lookup: Variables["lookup"];
  readonly expand: Variables["expand"];
  readonly expandText: Variables["expandText"];
  readonly globals: Variables["globals"];
  readonly #findUses: () => readonly VariableUse[];
  #uses: readonly VariableUse[] | null = null;

  constructor(
    lookup: Variables["lookup"],
    { expand, expandText }: Pick<Variables, "expand" | "expandText">,
    globals: Variables["globals"],
    findUses: () => readonly VariableUse[],
  ) {
    this.lookup = lookup;
    this.expand = expand;
    this.expandText = expandText;
    this.globals = globals;
    this.#findUses = findUses;
  }

  get uses(): readonly VariableUse[] {
    return (this.#uses ??= this.#findUses());
  }
}

const valueOf = ({ value, declaration }: Setting): VariableValue =>
  value === null ? { kind: "unknown", declaration } : { kind: "value", value, declaration };

/** What BuildKit's lexer gets of a word, or `null` for a word that it does not get or that has no variable. */
function expandableText(word: Word | JsonString, at: Instruction): string | null {
  // Quotes of flags are gone before variables are expanded, so that single quotes do not keep them.
  if (at.flags.some(({ value }) => value === word)) return word.value.includes("$") ? word.value : null;
  if (word.variables.length === 0) return null;
  return word.type === "JsonString" ? word.value : word.raw;
}

/** Variables where BuildKit expands them, in the order of the file; those of ONBUILD are expanded in another build. */
function variablesIn(
  instruction: Instruction,
  text: string,
): { readonly variable: Variable; readonly index: number }[] {
  if (instruction.type === "Onbuild" || instruction.type === "Maintainer") return [];
  const found: { variable: Variable; index: number }[] = [];
  for (const [index, part] of expandableParts(instruction).entries()) {
    if (!text.slice(part.range[0], part.range[1]).includes("$")) continue;
    walk(part, (node) => {
      if (node.type === "Variable") found.push({ variable: node, index });
    });
  }
  return found.sort((a, b) => a.variable.range[0] - b.variable.range[0]);
}

/** Of what runs, BuildKit looks at the flags alone. */
function expandableParts(instruction: Instruction): readonly Node[] {
  if (instruction.type === "Arg") return instruction.pairs;
  return "command" in instruction ? instruction.flags : [instruction];
}
