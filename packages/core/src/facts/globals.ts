import type { Arg, Instruction, Word } from "@stagewright/ast";
import type { Settings } from "../rule.ts";
import type { SourceCode } from "../source-code.ts";
import { expandWord, type Lookup } from "./expand.ts";
import { Scope, type Setting } from "./scope.ts";

/** What BuildKit defines before the first instruction (dockerfile2llb's defaultArgs). */
const builtinNames = [
  ...["BUILD", "TARGET"].flatMap((side) =>
    ["PLATFORM", "OS", "OSVERSION", "ARCH", "VARIANT"].map((part) => side + part),
  ),
  "TARGETSTAGE",
];

/** The ARGs before the first FROM, which FROM may use and which an ARG without a value takes over into its stage. */
export interface Globals {
  /** The instructions before the first FROM. */
  readonly preamble: readonly Instruction[];
  /** In force before an instruction of the preamble, or before its n-th ARG. */
  position(instruction: Instruction, index?: number): number;
  get(name: string, before?: number): Setting | undefined;
  /** For `expandWord`. */
  lookup(before: number): Lookup;
  /** A word of FROM, or `null` when its value is not known. */
  expand(word: Word): string | null;
}

/** The same for all files, unless build arguments say otherwise. */
const withoutArguments = builtins({});

function builtins(buildArgs: Readonly<Record<string, string>>): Scope {
  const scope = new Scope(null);
  for (const name of builtinNames) {
    scope.set(name, { kind: "builtin", value: buildArgs[name] ?? null, unset: false, declaration: null }, -1);
  }
  return scope;
}

export function createGlobals(sourceCode: SourceCode, settings: Settings): Globals {
  const { instructions, escape } = sourceCode.ast;
  const buildArgs = settings.buildArgs ?? {};
  const scope = new Scope(settings.buildArgs ? builtins(buildArgs) : withoutArguments);
  const positions = new Map<Instruction, number>();
  const firstFrom = instructions.findIndex(({ type }) => type === "From");
  const preamble = firstFrom === -1 ? instructions : instructions.slice(0, firstFrom);

  let position = 0;
  for (const instruction of preamble) {
    positions.set(instruction, position);
    if (instruction.type === "Arg") declare(instruction);
    else position++;
  }

  function declare({ pairs }: Arg): void {
    for (const pair of pairs) {
      const name = pair.key.value;
      const given = buildArgs[name];
      const before = scope.get(name, position);
      if (given !== undefined || pair.value) {
        const value = given ?? (pair.value && expandWord(pair.value.raw, escape, scope.lookup(position)));
        scope.set(name, { kind: "arg", value, unset: false, declaration: pair }, position);
      } else if (!before) scope.set(name, { kind: "arg", value: null, unset: true, declaration: pair }, position);
      position++;
    }
  }

  return {
    preamble,
    position: (instruction, index = 0) => (positions.get(instruction) ?? Infinity) + index,
    get: (name, before = Infinity) => scope.get(name, before),
    lookup: (before) => scope.lookup(before),
    expand: (word) => (word.variables.length === 0 ? word.value : expandWord(word.raw, escape, scope.lookup(Infinity))),
  };
}
