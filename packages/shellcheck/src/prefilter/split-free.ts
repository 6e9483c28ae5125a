import { type Command, innerLists, type List } from "./list.ts";
import { exportedPair } from "./commands.ts";
import { hasVariable, variablesOf, type Word } from "./tokens.ts";

/** Whether a variable outside of quotes is never split where a command stands. */
type IsSplitFree = (command: Command, name: string) => boolean;

/**
 * ShellCheck follows values (SC2086): a variable is not split where it has a value on every way there, and all that it is ever given are plain words. `whole` are
 * those that are exported before the script with such a value; `values` are all assignments, `looped` the variables of loops.
 */
export function splitFree(
  list: List,
  whole: ReadonlySet<string>,
  values: readonly Word[],
  looped: readonly string[],
): IsSplitFree {
  const split = new Set(looped);
  const given = new Set(values.map((word) => exportedPair(word)![0]));
  for (const word of values) {
    if (!isPlainValue(word, whole, given)) split.add(exportedPair(word)![0]);
  }
  let here: ReadonlyMap<Command, ReadonlySet<string>> | null = null;
  return (command, name) => {
    if (split.has(name)) return false;
    if (whole.has(name)) return true;
    return given.has(name) && ((here ??= givenBefore(list)).get(command)?.has(name) ?? false);
  };
}

/** Text without blanks and globs; variables in it are exported with such a value and never given another one. */
function isPlainValue(word: Word, whole: ReadonlySet<string>, given: ReadonlySet<string>): boolean {
  const value = exportedPair(word)![1];
  if (!/^[A-Za-z0-9_./:@%+,=\0-]+$/.test(value) || word.glob || word.escaped) return false;
  if (!hasVariable(word)) return word.substitutions.length === 0;
  return (
    word.substitutions.length === 0 &&
    !/\$\{\w+[^\w}]/.test(word.raw) &&
    variablesOf(word).every((name) => whole.has(name) && !given.has(name))
  );
}

/** For each command the variables that have been given something on every way to it. */
function givenBefore(list: List): Map<Command, ReadonlySet<string>> {
  const before = new Map<Command, ReadonlySet<string>>();
  walk(list, new Set());
  return before;

  /** What is given for sure when the list is done; `null` where it ends the shell. */
  function walk({ commands, operators }: List, start: ReadonlySet<string>): ReadonlySet<string> | null {
    let sure = start;
    for (const [index, command] of commands.entries()) {
      before.set(command, sure);
      const after = follow(command, sure);
      // Of what `&&` and `||` join, ShellCheck takes only the first for sure, also where the second one stands behind it.
      if (index > 0 && operators[index - 1] !== ";") continue;
      if (after !== null) sure = after;
      else if (index === commands.length - 1) return null;
    }
    return sure;
  }

  function follow(command: Command, start: ReadonlySet<string>): ReadonlySet<string> | null {
    if (command.type === "simple") {
      for (const inner of command.substitutions) walk(inner, start);
      const [name, ...args] = command.words;
      if (name?.raw === "exit") return null;
      const assigned = name === undefined ? command.assignments : name.raw === "export" ? args : [];
      const names = assigned.flatMap((word) => exportedPair(word)?.[0] ?? []);
      return names.length === 0 ? start : new Set([...start, ...names]);
    }
    if (command.type === "braces") return walk(command.lists[0]!, start);
    if (command.type === "if") return followBranches(command.lists, command.hasElse, start);
    const ends = innerLists(command).map((inner) => walk(inner, start));
    return command.type === "case" && command.hasElse ? common(ends.slice(0, command.lists.length)) : start;
  }

  /** Conditions and branches in turn. */
  function followBranches(lists: readonly List[], hasElse: boolean, start: ReadonlySet<string>) {
    const ends: (ReadonlySet<string> | null)[] = [];
    let here = start;
    for (const [index, list] of lists.entries()) {
      const isElse = hasElse && index === lists.length - 1;
      const end = walk(list, here);
      if (isElse || index % 2 === 1) ends.push(end);
      else here = end ?? here;
    }
    return common(hasElse ? ends : [...ends, here]);
  }
}

/** What all of them have; those that are `null` do not count. */
function common(ends: readonly (ReadonlySet<string> | null)[]): ReadonlySet<string> | null {
  const [first, ...rest] = ends.filter((end) => end !== null);
  return first === undefined ? null : new Set([...first].filter((name) => rest.every((end) => end.has(name))));
}
