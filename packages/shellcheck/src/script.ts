import type { Span } from "./condense/segments.ts";
import { isName, mayBeMisspelt } from "./names.ts";
import { oncePerList } from "./once-per-list.ts";
import type { ShellCheckRequest } from "./types.ts";

/** A variable that is exported before the script; `value` is `null` when it does not matter what it holds. */
export interface Variable {
  readonly name: string;
  readonly value: string | null;
}

/** A request with its variables in order: each once, only those that a shell can hold. */
export interface Job {
  readonly shell: string;
  readonly variables: readonly Variable[];
  readonly script: string;
}

/** What ShellCheck reads, and how many lines of it are not the request's. */
export interface FullScript {
  readonly text: string;
  /** Lines of the request's script between the `#!` line and the exports: comments with a directive for the whole script. */
  readonly lead: number;
  /** Lines of exports. */
  readonly exports: number;
  /** What was left out of the request's script. */
  readonly cuts: readonly Cut[];
}

/** A part of one line that was left out: where it was, and how long it is. Line and column count from 1 in what is left, column and length in UTF-16 code units. */
export interface Cut {
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

export const toJob = ({ shell, variables, script }: ShellCheckRequest): Job => ({
  shell,
  script,
  variables: sortedVariables(variables),
});

/**
 * Sorts and filters the variables. Of a value it only matters whether the shell would split or expand it, so values without blanks and
 * glob characters are forgotten.
 */
const sortedVariables = oncePerList((variables: ShellCheckRequest["variables"]): readonly Variable[] => {
  const values = new Map<string, Variable>();
  for (const { name, value } of variables) {
    if (isName(name)) values.set(name, { name, value: value !== null && /[\s*?[]/.test(value) ? value : null });
  }
  return [...values.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
});

/**
 * Puts `#!` line, exports and script together, without those parts of the script. With `trim`, variables that cannot change a comment are left out, which is where most of
 * ShellCheck's time goes: an export costs 2.4 ms.
 */
export function toFullScript(job: Job, trim: boolean, without: readonly Span[] = []): FullScript {
  const { shell, variables } = job;
  const { script, cuts } = cut(job.script, without);
  const lead = directiveLead(script);
  const rest = script.slice(lead.length);
  const exported = trim ? relevantVariables(variables, script) : variables;
  const prelude = exported.map(({ name, value }) => `export ${name}=${value === null ? "1" : quote(value)}\n`);
  return {
    text: `#!${shell}\n${lead}${prelude.join("")}${rest}`,
    lead: lead.split("\n").length - 1,
    exports: prelude.length,
    cuts,
  };
}

function cut(script: string, parts: readonly Span[]): { readonly script: string; readonly cuts: readonly Cut[] } {
  const kept: string[] = [];
  const cuts: Cut[] = [];
  let from = 0;
  let line = 1;
  let column = 1;
  for (const { start, end } of parts) {
    const text = script.slice(from, start);
    const lines = text.split("\n");
    line += lines.length - 1;
    column = (lines.length > 1 ? 1 : column) + lines.at(-1)!.length;
    cuts.push({ line, column, length: end - start });
    kept.push(text);
    from = end;
  }
  return { script: kept.join("") + script.slice(from), cuts };
}

/** A directive holds for the whole script only above its first command, so it has to stand above the exports too. */
function directiveLead(script: string): string {
  const [lead] = /^(?:[ \t]*(?:#[^\n]*)?\n)+/.exec(script) ?? [""];
  return /#[ \t]*shellcheck[ \t]/.test(lead) ? lead : "";
}

const longestValue = 200;

/** The value on one line of ASCII in single quotes; a long one is cut, with a blank left in it. */
function quote(value: string): string {
  const plain = value.replace(/[^!-~]/gu, (character) => (character > "~" ? "x" : " "));
  const short = plain.length > longestValue ? `a ${plain.slice(0, longestValue)}` : plain;
  return `'${short.replaceAll("'", "'\\''")}'`;
}

/** Text that may refer to a variable without `$`, in a way that ShellCheck 0.11.0 follows. */
const bareReferences =
  /\(\(|\$\[|\[\[|\+=|-[vR]\b|\b(?:let|export|declare|typeset|readonly|local|unset|alias|trap|wait|eval|read|getopts|printf|mapfile|readarray|DEFINE_\w+)\b|\$\{\w*(?:\[|:[^-+?=])/;

const names = /[A-Za-z_][A-Za-z0-9_]*/g;

/** Where a script does not begin like a command, or holds a directive, it matters that commands stand before it (SC1133, a directive's reach). */
const needsCommandBefore = (script: string): boolean =>
  !/^[A-Za-z0-9_./$"'~([{`-]/.test(script) || /shellcheck/i.test(script);

/** Those whose name is in the text, or near to one that it refers to (SC2153, SC2154 name the nearest variable). */
function relevantVariables(variables: readonly Variable[], script: string): readonly Variable[] {
  const words = new Set(script.match(names));
  const referred = bareReferences.test(script)
    ? words
    : new Set(script.match(/\$\{?[!#]?[A-Za-z_]\w*/g)?.map((text) => text.replace(/^[^A-Za-z_]+/, "")));
  const known = new Set(variables.map(({ name }) => name));
  const unknown = [...referred].filter((word) => !known.has(word));
  const relevant = variables.filter(({ name }) => words.has(name) || unknown.some((word) => mayBeMisspelt(word, name)));
  return relevant.length === 0 && needsCommandBefore(script) ? variables.slice(0, 1) : relevant;
}
