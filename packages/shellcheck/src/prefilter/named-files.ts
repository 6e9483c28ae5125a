import { type Command, innerLists, ownWords } from "./list.ts";
import { variablesOf, type Word } from "./tokens.ts";

/** The words of a command, of groups and substitutions too. */
export function wordsOf(command: Command): readonly Word[] {
  const own = ownWords(command);
  const lists = innerLists(command);
  return lists.length === 0 ? own : [...own, ...lists.flatMap(({ commands }) => commands.flatMap(wordsOf))];
}

/** A word, the value of an assignment, or a variable is called like that file. */
export const names = (word: Word, { text }: Word): boolean =>
  word.text === text ||
  word.text.endsWith(`=${text}`) ||
  variablesOf(word).includes(text) ||
  word.raw.includes(`{${text}}`);

export const isDevice = (word: Word): boolean => word.text.startsWith("/dev/");
