import { type Command, ownWords } from "./list.ts";
import type { Place } from "./place.ts";
import { closingKeywords, isSpecialVariable, quotedDollarCommands, settableVariables } from "./tables.ts";
import { hasVariable, variablesOf } from "./tokens.ts";

/** What would be expanded in double quotes, and what sed itself means by `$`. */
const expansion = /\$[{(0-9a-zA-Z_]|`[^`]+`/;
const sedAddress = /\$[{dpsaic]($|[^a-zA-Z])/;

/** Variables, keywords and single quotes of all words. */
export function checkWords(command: Command, name: string, { known }: Place): string | null {
  const isSpecial = (variable: string) =>
    isSpecialVariable(variable) && !(settableVariables.has(variable) && known.has(variable));
  const assignments = command.type === "simple" ? command.assignments : [];
  const program = name === "find" ? foundProgram(command) : name;
  for (const word of ownWords(command)) {
    if (hasVariable(word) && variablesOf(word).some(isSpecial)) return "variable: special";
    if (!word.quoted && !word.escaped && isClosingKeyword(word.text)) return "keyword as a word";
    if (word.singleQuoted === null || !expansion.test(word.singleQuoted)) continue;
    // SC2016
    const meant =
      program === "sed"
        ? sedAddress.test(word.singleQuoted)
        : quotedDollarCommands.has(program) || program.endsWith("awk") || program.startsWith("perl");
    if (assignments.includes(word) || !meant) return "$ in single quotes";
  }
  return null;
}

/** In any case. */
const isClosingKeyword = (text: string): boolean => text.length <= 4 && closingKeywords.has(text.toLowerCase());

/** What stands behind `-exec`. */
function foundProgram({ words }: Pick<Command, "words">): string {
  const action = words.findIndex(({ text }) => text === "-exec");
  return action < 0 ? "find" : (words[action + 1]?.text ?? "find");
}
