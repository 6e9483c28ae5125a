import { checkElse } from "./branches.ts";
import { checkList, checkSubstitutions } from "./check-list.ts";
import { allCommands, type Group } from "./list.ts";
import { checkPipe } from "./pipes.ts";
import type { Place } from "./place.ts";
import { checkRedirects } from "./redirects.ts";
import { isSpecialVariable } from "./tables.ts";
import { variablesOf, type Word } from "./tokens.ts";
import { checkWords } from "./words.ts";

/** SC2204, SC2205, SC2233 to SC2235, SC2317, and redirects of the whole group. */
export function checkGroup(group: Group, place: Place): string | null {
  const { list, index, previous, next, piped } = place;
  const own =
    checkElse(list, index, "") ??
    (piped && group.redirects.length > 0 ? "group: redirect in a pipe" : null) ??
    checkRedirects(group, "", previous === "|", next === "|") ??
    checkWords(group, "", place) ??
    (piped ? checkPipe(place, "") : null) ??
    (group.type === "case" ? checkCase(group, place) : null) ??
    (group.type === "for" ? checkFor(group, place) : null) ??
    checkSubstitutions(group, place);
  if (own !== null) return own;
  const inner = group.lists.flatMap(allCommands);
  if (group.type === "subshell") {
    if (inner.some((each) => each.type === "test" || (each.type === "simple" && each.words[0]?.text === "test")))
      return "subshell: test";
    if (inner.some((each) => each.type === "simple" && comparisons.has(each.words[1]?.text ?? "")))
      return "subshell: comparison";
  }
  const conditional = (previous === "&&" || previous === "||") && (next === ";" || next === undefined);
  const mayExit =
    group.type === "if" || group.type === "case"
      ? hasWayPast(group)
      : group.type !== "for" && (place.mayExit || conditional);
  for (const [at, each] of group.lists.entries()) {
    const isCondition = group.type === "if" && at % 2 === 0 && !(group.hasElse && at === group.lists.length - 1);
    const reason = checkList(each, {
      ...place,
      mayExit: mayExit && !piped && !isCondition,
      inLoop: place.inLoop || group.type === "for",
    });
    if (reason !== null) return reason;
  }
  return null;
}

/** SC2194, SC2195, SC2221, SC2222, SC2254: the word may be anything, and no two patterns are equal. */
function checkCase({ words: [word, ...patterns] }: Group, { piped }: Place): string | null {
  if (piped) return "case: in a pipe";
  if (word!.text !== "\0") return "case: word";
  return new Set(patterns.map(({ text }) => text)).size === patterns.length ? null : "case: pattern twice";
}

/** SC2013, SC2030, SC2041 to SC2045, SC2066, SC2231, SC2258; SC2165 and SC2167 are those of two loops. */
function checkFor({ words, variable }: Group, { losesValues, known }: Place): string | null {
  if (losesValues) return "for: subshell";
  if (isSpecialVariable(variable!) || variable === "PATH" || known.has(variable!)) return "for: variable";
  const [first] = words;
  const isOneWord = words.length === 1 && (!first!.glob || first!.text.includes(",")) && !isBareVariable(first!);
  if (!first || isOneWord) return "for: one word";
  const plain = words.every(
    (word) =>
      !word.bareSubstitution &&
      !word.text.endsWith(",") &&
      !word.text.includes("{}") &&
      !(word.glob && word.bareVariables.length > 0) &&
      !variablesOf(word).includes(variable!),
  );
  return plain ? null : "for: words";
}

const isBareVariable = ({ text, bareVariables }: Word): boolean => text === "\0" && bareVariables.length === 1;

/** What `( a -eq b )` looks like a test for. */
const comparisons = new Set("-nt -ot -ef == != <= >= -eq -ne -lt -le -gt -ge =~ =".split(" "));

/** Some branch does not end the shell. */
function hasWayPast({ type, lists, hasElse }: Group): boolean {
  if (!hasElse) return true;
  const branches = type === "case" ? lists : [...lists.filter((_, at) => at % 2 === 1), lists.at(-1)!];
  return branches.some((branch) =>
    allCommands(branch).every((each) => each.type !== "simple" || each.words[0]?.text !== "exit"),
  );
}
