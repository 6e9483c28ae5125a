import { innerLists, type List, type Test } from "./list.ts";
import { hasVariable, type Word } from "./tokens.ts";

/** Questions about a file that every shell knows. */
const fileOperators = new Set("-e -f -d -r -w -x -s -L -h -b -c -p -S -u -g".split(" "));

interface TestPlace {
  readonly shell: string;
  readonly bashLike: boolean;
}

/** Comparisons of numbers. */
const numeric = new Set("-eq -ne -lt -le -gt -ge".split(" "));

/**
 * Why a test may have a comment, or `null`. Known are `[ -f word ]`, also with `!` before, `[ -n "$V" ]`, `[ "$V" ]`, `[ "$V" = word ]` and `[ "$V" -lt 1 ]`:
 * SC2050, SC2070, SC2071, SC2072, SC2077, SC2078, SC2081, SC2143, SC2144, SC2157, SC2166, SC2170, SC2193, SC2212, SC2236, SC2268, SC2331, SC3014.
 */
export function whyTestUnknown({ words, negated }: Pick<Test, "words" | "negated">, place: TestPlace): string | null {
  if (words.some((word) => word.glob || word.escaped || word.text.includes("{}"))) return "test: word";
  const [first, second] = words;
  if (negated)
    return words.length === 2 && fileOperators.has(first!.raw) ? whyUnaryUnknown(first!, second!) : "test: negation";
  if (words.length === 1) return isQuotedVariable(first!) ? null : "test: word";
  if (words.length === 2) return whyUnaryUnknown(first!, second!);
  if (words.length !== 3) return "test: form";
  if (numeric.has(second!.raw)) return isQuotedVariable(first!) && isNumber(words[2]!) ? null : "test: number";
  const comparison = comparisonOf(words);
  if (!comparison || (second!.raw === "==" && !place.bashLike && place.shell !== "/bin/busybox sh"))
    return "test: comparison";
  const { other, suffix } = comparison;
  const mayBeEqual = suffix === "" ? isPlain(other) || isQuotedVariable(other) : isEndingIn(other, suffix);
  return mayBeEqual ? null : "test: comparison";
}

function whyUnaryUnknown(operator: Word, word: Word): string | null {
  if (fileOperators.has(operator.raw)) return isPlain(word) ? null : "test: file";
  return (operator.raw === "-n" || operator.raw === "-z") && isQuotedVariable(word) ? null : "test: operator";
}

/** Two comparisons of one variable in a row of `&&` or `||` may never both be true, or always one of them (SC2252, SC2333). */
export function whyTestsUnknown(list: List): string | null {
  let compared = new Set<string>();
  for (const [index, command] of list.commands.entries()) {
    if (list.operators[index - 1] === ";") compared = new Set();
    for (const inner of innerLists(command)) {
      const reason = whyTestsUnknown(inner);
      if (reason !== null) return reason;
    }
    if (command.type !== "test") continue;
    for (const name of comparedIn(command)) {
      if (compared.has(name)) return "test: twice";
      compared.add(name);
    }
  }
  return null;
}

function comparedIn({ words }: Test): readonly string[] {
  const comparison = comparisonOf(words);
  if (!comparison && !numeric.has(words[1]?.raw ?? "")) return [];
  return words
    .filter((word) => hasVariable(word) && (isQuotedVariable(word) || comparison?.suffix !== ""))
    .map((word) => word.quotedVariables.join(" ") || word.raw);
}

/** The two sides of `=` or `!=`, where the first one is a variable, or `"${V}suffix"`. */
function comparisonOf([first, operator, other]: readonly Word[]) {
  if (!first || !operator || !other || !/^(=|==|!=)$/.test(operator.raw)) return null;
  if (isQuotedVariable(first)) return { other, suffix: "" };
  const suffix = /^\0([A-Za-z0-9]+)$/.exec(first.text)?.[1];
  const isWhole = first.startsQuoted && first.quotedVariables.length === 1 && first.raw.endsWith('"');
  return suffix !== undefined && isWhole ? { other, suffix } : null;
}

/** Literal text that the other side, which ends so, may be equal to (SC2193). */
const isEndingIn = (word: Word, suffix: string): boolean =>
  /^[A-Za-z0-9_.-]+$/.test(word.text) && !word.text.startsWith("-") && word.text.endsWith(suffix);

/** Something that is there: a path, a word, also with variables in it. */
const isPlain = (word: Word): boolean => /^[A-Za-z0-9_./~:\0][A-Za-z0-9_./:@%+,~\0 -]*$/.test(word.text);

/** A whole number, or a variable. */
const isNumber = (word: Word): boolean => /^(0|[1-9][0-9]*)$/.test(word.raw) || isQuotedVariable(word);

/** `"$V"`, also several, or `"$(...)"` that does not end in a command that finds lines. */
const isQuotedVariable = (word: Word): boolean =>
  /^\0+$/.test(word.text) &&
  word.startsQuoted &&
  word.bareVariables.length === 0 &&
  (word.substitutions.length === 0 || !/grep/.test(word.raw));
