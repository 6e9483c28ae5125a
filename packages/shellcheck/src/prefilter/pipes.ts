import { type Command, filesOf, isGroup, type List, type Redirect } from "./list.ts";
import { isDevice, names, wordsOf } from "./named-files.ts";
import type { Place } from "./place.ts";
import { nonReadingCommands } from "./tables.ts";
import type { Word } from "./tokens.ts";

/** SC2038, SC2126, SC2216, and a file that one command of the pipe writes and another one names (SC2094). */
export function checkPipe({ list: { commands, operators }, index, bashLike }: Place, name: string): string | null {
  if (operators[index - 1] === "|") {
    const other = commands[index - 1]!;
    const before = isGroup(other) ? "" : (other.words[0]?.text ?? "");
    if (nonReadingCommands.has(name)) return "pipe: not read";
    if (name === "xargs" && /(^|\/)(find|ls)$/.test(before)) return "pipe: xargs";
    if (name === "wc" && before.endsWith("grep")) return "pipe: wc";
    // SC2000, SC2001
    const isReplaced = name === "wc" || (name === "sed" && bashLike);
    if (isReplaced && before === "echo" && !isGroup(other) && isOneVariable(other.words.slice(1))) return "pipe: echo";
  }
  const files = filesOf(commands[index]!.redirects).filter((file) => !isDevice(file));
  if (files.length === 0) return null;
  let first = index;
  while (operators[first - 1] === "|") first--;
  for (let other = first; other === first || operators[other - 1] === "|"; other++) {
    if (other === index) continue;
    if (wordsOf(commands[other]!).some((word) => files.some((file) => names(word, file)))) return "pipe: own file";
  }
  return null;
}

const isOneVariable = (words: readonly Word[]): boolean => words.length === 1 && words[0]!.text === "\0";

/** SC2129: three appends in a row of commands. */
export function checkAppends(list: List, commands: readonly Command[]): string | null {
  const appends = commands
    .flatMap(({ redirects }): readonly Redirect[] => redirects)
    .filter(({ operator }) => operator.operator === ">>");
  return appends.length >= 3 && (commands.some(isGroup) || list.operators.includes(";")) ? "appends" : null;
}
