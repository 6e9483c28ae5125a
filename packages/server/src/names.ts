import {
  sourceOffset,
  type Instruction,
  type KeyValue,
  type MappedText,
  type Range,
  type Variable,
} from "@stagewright/ast";
import type { Stage } from "@stagewright/core";
import { automaticArgs } from "./reference.ts";
import { descendants, touches, unwrapped, type View } from "./view.ts";

/** A stage or a variable with every place that names it. */
export interface Name {
  readonly kind: "stage" | "variable";
  readonly name: string;
  readonly occurrences: readonly Occurrence[];
  /** Why it cannot be renamed, or `null`. */
  readonly fixed: string | null;
}

export interface Occurrence {
  readonly range: Range;
  readonly role: "declaration" | "use";
  /** The text is the name itself; a stage used by its number is not. */
  readonly literal: boolean;
}

/** What the offset names, or `null`. */
export function nameAt(view: View, offset: number): Name | null {
  return stageAt(view, offset) ?? variableAt(view, offset);
}

/** Where the name at the offset is declared, in file order; for `ARG NAME` in a stage the global ARG that gives its value is one. */
export function definitionsAt(view: View, offset: number): Range[] {
  const name = nameAt(view, offset);
  if (!name) return [];
  const declarations = name.occurrences.filter(({ role }) => role === "declaration").map(({ range }) => range);
  if (name.kind === "stage") return declarations;
  const { stages } = view.source.facts;
  const home = scopeOf(view, offset);
  const reachable = declarations.filter(([start]) => {
    const scope = scopeOf(view, start);
    if (scope === null) return true;
    return start <= offset && home !== null && stages.chain(home).includes(scope);
  });
  const nearest = reachable.at(-1);
  const globals = reachable.filter(([start]) => scopeOf(view, start) === null);
  const found = nearest && !globals.includes(nearest) ? [...globals, nearest] : globals.slice(-1);
  return found.length > 0 ? found : declarations;
}

// Stages

function stageAt(view: View, offset: number): Name | null {
  for (const stage of view.source.facts.stages.all) {
    const name = stageName(view, stage);
    if (name?.occurrences.some(({ range }) => touches(range, offset))) return name;
  }
  return null;
}

/** The stage with its places, `null` for one that nothing names. */
export function stageName(view: View, stage: Stage): Name | null {
  const { stages } = view.source.facts;
  const occurrences: Occurrence[] = [];
  if (stage.from.stage) occurrences.push({ range: stage.from.stage.range, role: "declaration", literal: true });
  for (const other of stages.all) {
    if (other.base.kind === "stage" && other.base.stage === stage && other.from.image) {
      occurrences.push({ range: other.from.image.repository.range, role: "use", literal: true });
    }
    for (const use of other.uses) {
      if (use.target === stage) occurrences.push({ range: use.range, role: "use", literal: !use.byIndex });
    }
  }
  if (occurrences.length === 0) return null;
  return {
    kind: "stage",
    name: stage.from.stage?.value ?? String(stage.index),
    occurrences: inFileOrder(occurrences),
    fixed: stage.from.stage ? null : "The stage has no name.",
  };
}

// Variables

function variableAt(view: View, offset: number): Name | null {
  const instruction = view.source.ast.instructions.findLast(({ range }) => touches(range, offset));
  if (!instruction) return null;
  const here = mentions(view, instruction).find(({ range }) => touches(range, offset));
  if (!here) return null;
  return variableName(view, here.name, scopeOf(view, offset, instruction));
}

/**
 * The variable called `name` in a stage (`null`: before the first FROM, and in FROM lines) with every place that means it: stages share it that are built on one another, and all stages
 * that declare it as an ARG, since one `--build-arg` sets it in all of them.
 */
export function variableName(view: View, name: string, home: Stage | null): Name {
  const scopes: (Stage | null)[] = [null, ...view.source.facts.stages.all];
  const found = new Map(
    scopes.map((scope) => [scope, mentionsIn(view, scope).filter((mention) => mention.name === name)]),
  );
  const family = familyOf(view, home, (scope) =>
    (found.get(scope) ?? []).some(({ role, argument }) => role === "declaration" && argument),
  );
  const occurrences = [...found].flatMap(([scope, mentioned]) => (family.has(scope) ? mentioned : []));
  return {
    kind: "variable",
    name,
    occurrences: inFileOrder(occurrences),
    fixed: reasonAgainstRename(name, occurrences),
  };
}

/** Any instruction names a variable so. */
export const isMentioned = (view: View, name: string): boolean =>
  view.source.ast.instructions.some((instruction) =>
    mentions(view, instruction).some((mention) => mention.name === name),
  );

function reasonAgainstRename(name: string, occurrences: readonly Occurrence[]): string | null {
  if (predefined.test(name) || automaticArgs.some((arg) => arg.name === name))
    return `BuildKit sets \`${name}\` by itself.`;
  return occurrences.some(({ role }) => role === "declaration") ? null : `\`${name}\` is not declared in this file.`;
}

const predefined = /^(?:(?:HTTPS?|FTP|NO|ALL)_PROXY|(?:https?|ftp|no|all)_proxy|BUILDKIT_\w+|SOURCE_DATE_EPOCH)$/;

function familyOf(
  view: View,
  home: Stage | null,
  declaresArgument: (scope: Stage | null) => boolean,
): ReadonlySet<Stage | null> {
  const { stages } = view.source.facts;
  const scopes: (Stage | null)[] = [null, ...stages.all];
  const family = new Set<Stage | null>([home]);
  const isRelated = (scope: Stage | null): boolean =>
    [...family].some((member) => {
      if (declaresArgument(scope) && declaresArgument(member)) return true;
      if (!scope || !member) return false;
      return stages.chain(scope).includes(member) || stages.chain(member).includes(scope);
    });
  let size: number;
  do {
    size = family.size;
    for (const scope of scopes) if (!family.has(scope) && isRelated(scope)) family.add(scope);
  } while (family.size > size);
  return family;
}

interface Mention extends Occurrence {
  readonly name: string;
  /** Declared by ARG, not by ENV. */
  readonly argument: boolean;
}

function mentionsIn(view: View, scope: Stage | null): Mention[] {
  const { stages } = view.source.facts;
  if (scope)
    return scope.instructions
      .filter(({ type }) => type !== "From")
      .flatMap((instruction) => mentions(view, instruction));
  return [...stages.preamble, ...stages.all.map(({ from }) => from)].flatMap((instruction) =>
    mentions(view, instruction),
  );
}

/** The stage whose variables count at an offset; `null` before the first FROM and in FROM lines. */
function scopeOf(view: View, offset: number, known?: Instruction): Stage | null {
  const instruction = known ?? view.source.ast.instructions.findLast(({ range }) => touches(range, offset));
  if (!instruction || instruction.type === "From") return null;
  return view.source.facts.stages.of(instruction);
}

const cache = new WeakMap<Instruction, Mention[]>();

/** Variables that the instruction names, what ONBUILD holds included. */
function mentions(view: View, outer: Instruction): Mention[] {
  const known = cache.get(outer);
  if (known) return known;
  const found: Mention[] = [];
  for (const node of descendants(outer)) {
    if (node.type === "Variable") found.push(useOf(node));
    if (node.type === "Arg" || node.type === "Env") {
      found.push(...node.pairs.map((pair) => declarationOf(pair, node.type === "Arg")));
    }
  }
  for (const instruction of unwrapped(outer)) found.push(...shellMentions(view, instruction));
  cache.set(outer, found);
  return found;
}

function declarationOf({ key }: KeyValue, argument: boolean): Mention {
  const start = key.range[0] + (key.quote ? 1 : 0);
  return { name: key.value, range: [start, start + key.value.length], role: "declaration", literal: true, argument };
}

function useOf({ name, braced, range }: Variable): Mention {
  const start = range[0] + (braced ? 2 : 1);
  return { name, range: [start, start + name.length], role: "use", literal: true, argument: false };
}

function shellMentions(view: View, instruction: Instruction): Mention[] {
  const { facts } = view.source;
  const windows = facts.shell(instruction).windows;
  const found: Mention[] = [];
  if ("command" in instruction && instruction.command?.type === "ShellForm") {
    found.push(...scan(instruction.command.text, windows, true));
  }
  if (instruction.type === "Run") {
    const script = facts.script(instruction)?.heredoc ?? null;
    for (const heredoc of instruction.heredocs) {
      if (heredoc === script) found.push(...scan(heredoc.text, windows, true));
      else if (heredoc.expand) found.push(...scan(heredoc.text, windows, false));
    }
  }
  return found;
}

function scan(text: MappedText, windows: boolean, quotes: boolean): Mention[] {
  const found: Mention[] = [];
  for (const { name, index } of windows ? windowsVariables(text.value) : shellVariables(text.value, quotes)) {
    const start = sourceOffset(text, index);
    const end = start + name.length;
    if (sourceOffset(text, index + name.length - 1) === end - 1) {
      found.push({ name, range: [start, end], role: "use", literal: true, argument: false });
    }
  }
  return found;
}

function* windowsVariables(text: string): Generator<{ name: string; index: number }> {
  for (const match of text.matchAll(/%([A-Za-z_]\w*)%|\$(?:\{)?env:([A-Za-z_]\w*)/gi)) {
    const name = match[1] ?? match[2] ?? "";
    yield { name, index: match.index + match[0].indexOf(name, match[1] ? 1 : match[0].indexOf(":")) };
  }
}

/**
 * Names after `$` and `${`, and of assignments, in the text of a POSIX shell. Single quotes hide them, save in the script of `sh -c '...'`, which reads the same environment.
 */
export function* shellVariables(text: string, quotes: boolean): Generator<{ name: string; index: number }> {
  const token = /\\[^]|['"]|\$\{?[#!]?([A-Za-z_]\w*)|(?<=(?:^|[\s;&|({])(?:export\s+)?)([A-Za-z_]\w*)(?==)/g;
  let double = false;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [all, used, assigned] = match;
    if (used) yield { name: used, index: match.index + all.length - used.length };
    if (!quotes) continue;
    if (all === '"') double = !double;
    else if (all === "'" && !double) {
      const end = text.indexOf("'", token.lastIndex);
      const inner = text.slice(token.lastIndex, end < 0 ? text.length : end);
      if (shellScript.test(text.slice(0, match.index))) {
        for (const { name, index } of shellVariables(inner, false)) yield { name, index: token.lastIndex + index };
      }
      token.lastIndex += inner.length + 1;
    } else if (assigned && !double) yield { name: assigned, index: match.index };
  }
}

const shellScript = /\b(?:ba|da|a|z|k)?sh\s+(?:-\w+\s+)*-\w*c\s+$/;

const inFileOrder = (occurrences: readonly Occurrence[]): Occurrence[] =>
  [...occurrences].sort((one, other) => one.range[0] - other.range[0]);
