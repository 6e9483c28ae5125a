import { commandRules } from "../prefilter/commands.ts";
import { keywords, quotedDollarCommands, refusedCommands } from "../prefilter/tables.ts";
import { type Segment, type Span, wordsOf } from "./segments.ts";

/** Commands of which ShellCheck looks for another one among the arguments. */
const looksFurther = new Set("find git mumps env".split(" "));

const plainName = /^[A-Za-z0-9_./][A-Za-z0-9_./-]*$/;
const plainArgument = /^[A-Za-z0-9_./:@%+,-][A-Za-z0-9_./:@%+,=-]*$/;
/** The first glob behind one of these is not taken for an option (SC2035). */
const ends = /^(?:--|:{3,4})$/;
/** Where these come to stand matters (SC2171, SC2283 to SC2285). */
const placed = /^(?:\+?=|\])/;

/** Plain words behind a command that has no checks of its own, each with the blanks before it. */
export function plainArguments(segment: Segment, script: string): readonly Span[] {
  const { words, redirects, before, after } = segment;
  if (words.length < 2 || redirects || before === "|" || before === "&" || after === "|" || after === "&") return [];
  const [name, ...args] = wordsOf(segment, script);
  if (!hasNoChecks(name!) || args.some((arg) => placed.test(arg))) return [];
  const spans: Span[] = [];
  for (const [index, arg] of args.entries()) {
    if (!plainArgument.test(arg) || ends.test(arg) || keywords.has(arg.toLowerCase())) continue;
    const start = words[index]!.end;
    const { end } = words[index + 1]!;
    const last = spans.at(-1);
    if (last?.end === start) spans[spans.length - 1] = { start: last.start, end };
    else spans.push({ start, end });
  }
  return spans;
}

function hasNoChecks(command: string): boolean {
  if (!plainName.test(command) || keywords.has(command) || refusedCommands.has(command)) return false;
  const name = command.replace(/^.*\//, "");
  return !(
    Object.hasOwn(commandRules, name) ||
    refusedCommands.has(name) ||
    quotedDollarCommands.has(name) ||
    looksFurther.has(name)
  );
}
