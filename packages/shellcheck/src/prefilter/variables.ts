import { mayBeMisspelt } from "../names.ts";
import { exportedPair } from "./commands.ts";
import { allCommands, type Command, type Group, isGroup, type List, ownWords } from "./list.ts";
import type { KnownVariables } from "./known-variables.ts";
import { splitFree } from "./split-free.ts";
import { internalVariables } from "./tables.ts";
import { hasVariable, variablesOf, type Word } from "./tokens.ts";

/**
 * Every variable is known: a bare one is exported with a value that cannot be split, a quoted one is set, always there, or at least not taken for
 * a misspelt one (SC2086, SC2153, SC2154, SC2097, SC2098), and what is set is used (SC2034).
 */
export function checkVariables(
  list: List,
  commands: readonly Command[],
  shell: string,
  { known, whole }: KnownVariables,
): string | null {
  if (commands.every((command) => setsNothing(command) && !ownWords(command).some(hasVariable))) return null;
  const changes = changesIn(commands);
  if (new Set(changes.looped).size !== changes.looped.length) return "for: variable twice";
  if (!isExportFine(changes, known)) return "variable: exported";
  if (commands.some((command) => command.type === "subshell" && isSeenOutside(command, commands)))
    return "subshell: variable";
  return checkUses(list, commands, shell, known, whole, changes) ?? checkUnused(commands, known, changes);
}

const setsNothing = (command: Command): boolean =>
  command.type === "simple"
    ? command.assignments.length === 0 && command.words[0]?.text !== "export"
    : command.type !== "for";

/** What a script does to variables. */
interface Changes {
  /** `NAME=value` behind `export`. */
  readonly exports: readonly Word[];
  /** `NAME` behind `export`. */
  readonly onlyNamed: readonly string[];
  /** `NAME=value` alone, or before a command. */
  readonly assignments: readonly Word[];
  readonly loops: readonly Group[];
  /** The variables of loops. */
  readonly looped: readonly string[];
  /** What is set for the rest of the script, but not exported. */
  readonly assignedNames: readonly string[];
}

function changesIn(commands: readonly Command[]): Changes {
  const simple = commands.filter((command) => command.type === "simple");
  const exported = simple.flatMap(({ words: [name, ...args] }) => (name?.text === "export" ? args : []));
  const assigned = simple.flatMap(({ words, assignments }) => (words.length === 0 ? assignments : []));
  const loops = commands.filter(isGroup).filter(({ variable }) => variable !== null);
  const looped = loops.map(({ variable }) => variable!);
  return {
    exports: exported.filter((word) => exportedPair(word) !== null),
    onlyNamed: exported.filter((word) => exportedPair(word) === null).map(({ raw }) => raw),
    assignments: simple.flatMap(({ assignments }) => assignments),
    loops,
    looped,
    assignedNames: [...assigned.map((word) => exportedPair(word)![0]), ...looped],
  };
}

/** SC2090: to export a name is to use it bare, and quotes come along from one value to the next. */
function isExportFine(
  { onlyNamed, exports, assignments, loops, assignedNames }: Changes,
  known: ReadonlySet<string>,
): boolean {
  if (onlyNamed.length === 0) return true;
  if (!onlyNamed.every((name) => known.has(name) || assignedNames.includes(name))) return false;
  const given = [...assignments, ...exports, ...loops.flatMap(({ words }) => words)];
  return !given.some(({ text }) => /["'\\]/.test(text));
}

function checkUses(
  list: List,
  commands: readonly Command[],
  shell: string,
  known: ReadonlySet<string>,
  whole: ReadonlySet<string>,
  { exports, assignments, loops, looped, assignedNames }: Changes,
): string | null {
  const set = new Set([...exports.map((word) => exportedPair(word)![0]), ...assignedNames]);
  const isSet = (name: string) => known.has(name) || internalVariables.has(name) || set.has(name);
  const isSetOtherwise = (name: string) =>
    known.has(name) || assignedNames.filter((other) => other === name).length > 1;
  const isUnsafe = (name: string) =>
    !isSet(name) && (/[a-z]/.test(name) || [...known, ...set].some((other) => mayBeMisspelt(name, other)));
  const values = [...exports, ...assignments];
  const isLooped = loopsOverLiterals(loops, values);
  const isSplitFree = splitFree(list, whole, values, looped);
  // In `sh` what `export` is given is split like any argument.
  const exportsQuote = !/\/sh( -e)?$/.test(shell);

  for (const command of commands) {
    const before = command.type === "simple" ? command.assignments : [];
    const own = new Set(before.map((word) => exportedPair(word)![0]));
    for (const word of ownWords(command)) {
      if (!hasVariable(word)) continue;
      for (const name of variablesOf(word)) {
        // A value made from the old one, which something else has set.
        const isRemade = command.type === "simple" && command.words.length === 0 && isSetOtherwise(name);
        if (own.has(name) && !isRemade) return "variable: set by the same command";
        // `-n` and `-z` count as giving it a value.
        if (command.type === "test" && !isSet(name)) return "variable: tested";
      }
      if (word.quotedVariables.some(isUnsafe)) return "variable: unknown";
      const isValue = before.includes(word) || (exportsQuote && exports.includes(word)) || command.type === "for";
      const bad = isValue ? isUnsafe : (name: string) => !isSplitFree(command, name) && !isLooped(command, name);
      if (word.bareVariables.some(bad)) return "variable: bare";
    }
  }
  return null;
}

/** SC2034 */
function checkUnused(
  commands: readonly Command[],
  known: ReadonlySet<string>,
  { onlyNamed, assignedNames }: Changes,
): string | null {
  const own = assignedNames.filter((name) => !known.has(name));
  if (own.length === 0) return null;
  const used = new Set([...onlyNamed, ...commands.flatMap((command) => ownWords(command).flatMap(variablesOf))]);
  return own.every((name) => used.has(name)) ? null : "variable: unused";
}

/** Something that a subshell sets is used or set outside of it, too (SC2030, SC2031). */
function isSeenOutside(subshell: Group, all: readonly Command[]): boolean {
  const inside = new Set(subshell.lists.flatMap(allCommands));
  const names = new Set([...inside].flatMap(namesSetBy));
  if (names.size === 0) return false;
  return all.some(
    (command) =>
      !inside.has(command) &&
      (namesSetBy(command).some((name) => names.has(name)) ||
        ownWords(command).some((word) => variablesOf(word).some((name) => names.has(name)))),
  );
}

function namesSetBy(command: Command): readonly string[] {
  if (isGroup(command)) return command.variable === null ? [] : [command.variable];
  if (command.type === "test") return [];
  const { words, assignments } = command;
  const exported = words[0]?.text === "export" ? words.slice(1) : [];
  return [...assignments, ...exported].map((word) => exportedPair(word)?.[0] ?? word.raw);
}

/** Whether a variable is one of a loop over plain words that nothing else sets, in that loop: no value of it is ever split. */
function loopsOverLiterals(
  loops: readonly Group[],
  assigned: readonly Word[],
): (command: Command, name: string) => boolean {
  const others = new Set(assigned.map((word) => exportedPair(word)?.[0]));
  const plain = loops.filter(({ words }) => words.every(({ raw }) => /^[A-Za-z0-9_./:@%+-]+$/.test(raw)));
  const inside = new Map(
    plain.map(({ variable, lists }) => [variable!, new Set(others.has(variable!) ? [] : lists.flatMap(allCommands))]),
  );
  return (command, name) => inside.get(name)?.has(command) ?? false;
}
