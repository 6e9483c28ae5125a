import type { Instruction } from "@stagewright/ast";
import type { ShellCheckRequest, SourceCode } from "@stagewright/core";

/** BuildKit sets these for every RUN that is given them (its predefined build arguments). */
const proxies = [
  "HTTP_PROXY",
  "http_proxy",
  "HTTPS_PROXY",
  "https_proxy",
  "FTP_PROXY",
  "ftp_proxy",
  "NO_PROXY",
  "no_proxy",
];

/** Variables that the RUNs of a file find set, asked for in the order of the file. */
export class VariablesOfRuns {
  readonly #sourceCode: SourceCode;
  readonly #isCrowded: boolean;
  /** RUNs with nothing between them that sets one have the same list. */
  #shared: ShellCheckRequest["variables"] | null = null;

  constructor(sourceCode: SourceCode) {
    this.#sourceCode = sourceCode;
    this.#isCrowded = declaresMany(sourceCode);
  }

  pass({ type }: Instruction): void {
    if (type === "From" || type === "Arg" || type === "Env") this.#shared = null;
  }

  /** With the values that the file shows; in a file that declares very many only those that the script names. */
  at(outer: Instruction, script: string): ShellCheckRequest["variables"] {
    if (this.#isCrowded || outer.type === "Onbuild")
      return variablesAt(this.#sourceCode, outer, this.#isCrowded ? script : null);
    return (this.#shared ??= variablesAt(this.#sourceCode, outer, null));
  }
}

/**
 * `outer` is the instruction of the file; in an ONBUILD it also has what ONBUILD instructions before it set, and not the ARGs of this build. With the text `only`
 * they are those that it names.
 */
function variablesAt(sourceCode: SourceCode, outer: Instruction, only: string | null): ShellCheckRequest["variables"] {
  const { env, args } = sourceCode.facts.state(outer);
  const stage = sourceCode.facts.stages.of(outer);
  const variables = new Map<string, string | null>(proxies.map((name) => [name, null]));
  const onbuild = outer.type === "Onbuild";
  for (const values of onbuild ? [env] : [args, env]) {
    for (const name of only?.match(/[A-Za-z_]\w*/g) ?? values.keys()) {
      const value = values.get(name);
      if (value !== undefined) variables.set(name, value);
    }
  }
  if (onbuild) {
    for (const { key, value } of declaredBy(onbuildBefore(stage?.instructions ?? [], outer))) {
      variables.set(key.value, value && value.variables.length === 0 ? value.value : null);
    }
  }
  // Its value is a list of folders, set by every base image; a script that changes it is linted for that.
  variables.delete("PATH");
  return [...variables].map(([name, value]) => ({ name, value }));
}

/**
 * So many variables that all of them for each RUN would take the square of the file's length: then only those that the script names are handed on, and none that
 * it may have misspelt.
 */
const declaresMany = ({ ast }: SourceCode): boolean => declaredBy(ast.instructions).length > 1000;

/** As hadolint has them: every name that the file declares for the stage, in ONBUILD every name that ONBUILDs of the file declare; no values. */
export function hadolintVariablesAt(sourceCode: SourceCode, outer: Instruction): ShellCheckRequest["variables"] {
  const names = new Set(proxies);
  if (outer.type === "Onbuild") {
    for (const { key } of declaredBy(onbuildBefore(sourceCode.ast.instructions, outer))) names.add(key.value);
  } else {
    const stage = sourceCode.facts.stages.of(outer);
    for (const each of stage ? sourceCode.facts.stages.chain(stage) : []) {
      for (const { key } of declaredBy(each === stage ? before(each.instructions, outer) : each.instructions))
        names.add(key.value);
    }
  }
  return [...names].map((name) => ({ name, value: null }));
}

const before = (instructions: readonly Instruction[], end: Instruction) =>
  instructions.slice(0, instructions.indexOf(end));

const onbuildBefore = (instructions: readonly Instruction[], end: Instruction): Instruction[] =>
  before(instructions, end).flatMap((each) => (each.type === "Onbuild" && each.instruction ? each.instruction : []));

const declaredBy = (instructions: readonly Instruction[]) =>
  instructions.flatMap((each) => (each.type === "Env" || each.type === "Arg" ? each.pairs : []));
