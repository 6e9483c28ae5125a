import { sourceRange, type Instruction, type Range } from "@stagewright/ast";
import type { FormattingOptions, TextEdit } from "vscode-languageserver";
import { shellStrings } from "./strings.ts";
import { toRange, touches, type View } from "./view.ts";

interface Change {
  readonly range: Range;
  readonly text: string;
}

/**
 * Layout only: blanks at line ends, blank lines, the gap behind keywords, the indentation of continued lines. Whatever stands in a
 * heredoc, in quotes or in the value of a pair without `=` stays as it is.
 */
export function formatting(view: View, options: FormattingOptions, within?: Range): TextEdit[] {
  const [from, to] = within ?? [0, view.source.text.length];
  return changes(view, options)
    .filter(({ range }) => range[0] >= from && range[1] <= to)
    .map(({ range, text }) => ({ range: toRange(view, range), newText: text }));
}

function changes(view: View, options: FormattingOptions): Change[] {
  const { ast, text } = view.source;
  const verbatim = ast.instructions.flatMap(verbatimRanges);
  const isVerbatim = ([start, end]: Range): boolean => verbatim.some((range) => range[0] < end && start < range[1]);
  const all = [
    ...blanksAtLineEnds(text),
    ...blankLines(text, ast.instructions),
    ...ast.instructions.flatMap((instruction) => [
      ...leadingBlanks(text, instruction),
      ...gapAfterKeyword(text, instruction),
      ...(hasFreeLayout(view, instruction) ? indentation(view, instruction, options, verbatim) : []),
    ]),
    ...finalLineEnd(view, options),
  ];
  return withoutOverlaps(all.filter(({ range, text: now }) => !isVerbatim(range) && text.slice(...range) !== now));
}

/** Heredoc bodies with their terminators, and everything in quotes. */
function verbatimRanges(instruction: Instruction): Range[] {
  const found: Range[] = [];
  if ("heredocs" in instruction) found.push(...instruction.heredocs.map(({ range }): Range => [range[0], range[1]]));
  found.push(
    ...shellStrings(instruction.text.value).map(({ start, end }) => sourceRange(instruction.text, start, end)),
  );
  if (isLegacyPair(instruction)) found.push([instruction.keyword.range[1] + 1, instruction.range[1]]);
  return found;
}

const isLegacyPair = (instruction: Instruction): boolean =>
  instruction.type === "Onbuild"
    ? instruction.instruction !== null && isLegacyPair(instruction.instruction)
    : "legacy" in instruction && instruction.legacy;

function blanksAtLineEnds(text: string): Change[] {
  return Array.from(text.matchAll(/[ \t]+(?=\r?\n|$)/g), ({ index, 0: blanks }) => ({
    range: [index, index + blanks.length],
    text: "",
  }));
}

/** At most one blank line between instructions. */
function blankLines(text: string, instructions: readonly Instruction[]): Change[] {
  return Array.from(text.matchAll(/(?<=\n)(?:[ \t]*\r?\n){2,}(?=[ \t]*\S)/g)).flatMap(
    ({ index, 0: blank }): Change[] => {
      const range: Range = [index, index + blank.length];
      if (instructions.some((instruction) => instruction.range[0] < range[1] && range[0] < instruction.range[1]))
        return [];
      const kept = blank.endsWith("\r\n") ? "\r\n" : "\n";
      return [{ range, text: kept }];
    },
  );
}

function leadingBlanks(text: string, { range: [start] }: Instruction): Change[] {
  const line = text.lastIndexOf("\n", start - 1) + 1;
  return /^[ \t]+$/.test(text.slice(line, start)) ? [{ range: [line, start], text: "" }] : [];
}

function gapAfterKeyword(text: string, { keyword }: Instruction): Change[] {
  const [, start] = keyword.range;
  const gap = /^[ \t]+(?=[^\s\\`])/.exec(text.slice(start, start + 200))?.[0];
  return gap ? [{ range: [start, start + gap.length], text: " " }] : [];
}

/** The blanks before a continued line mean nothing but a gap: not so in other shells than those of POSIX, nor in free text. */
function hasFreeLayout(view: View, instruction: Instruction): boolean {
  if (["Maintainer", "Onbuild", "UnknownInstruction", "Healthcheck"].includes(instruction.type)) return false;
  if (!("command" in instruction) || instruction.command?.type !== "ShellForm") return true;
  return ["sh", "bash", "ash", "dash", "ksh", "zsh"].includes(view.source.facts.shell(instruction).kind);
}

/** Moves all continued lines so that the outermost one stands one step in; what stands deeper stays deeper. */
function indentation(
  view: View,
  instruction: Instruction,
  options: FormattingOptions,
  verbatim: readonly Range[],
): Change[] {
  const lines = continuedLines(view, instruction, ({ start }) =>
    verbatim.some((range) => range[0] < start && start < range[1]),
  );
  if (lines.length === 0) return [];
  const step = options.insertSpaces ? " ".repeat(options.tabSize) : "\t";
  const least = Math.min(
    ...lines.filter(({ isComment }) => !isComment).map(({ indent }) => width(indent, options.tabSize)),
  );
  return lines.map(({ start, indent }) => {
    const deeper = Number.isFinite(least) ? Math.max(0, width(indent, options.tabSize) - least) : 0;
    const more = options.insertSpaces
      ? " ".repeat(deeper)
      : "\t".repeat(Math.floor(deeper / options.tabSize)) + " ".repeat(deeper % options.tabSize);
    return { range: [start, start + indent.length], text: step + more };
  });
}

const width = (indent: string, tabSize: number): number =>
  Array.from(indent).reduce((sum, blank) => (blank === "\t" ? sum + tabSize - (sum % tabSize) : sum + 1), 0);

interface Line {
  readonly start: number;
  readonly indent: string;
  readonly isComment: boolean;
}

/** Lines that go on with the instruction; a line without blanks before it may go on with a word, so it counts only after a blank. */
function continuedLines(
  view: View,
  instruction: Instruction,
  isVerbatim: (line: { start: number }) => boolean,
): Line[] {
  const { text, ast } = view.source;
  const { range } = instruction;
  const heredocs = "heredocs" in instruction ? instruction.heredocs : [];
  const end = Math.min(range[1], ...heredocs.map((heredoc) => heredoc.range[0]));
  const lines: Line[] = [];
  let gap = false;
  for (let start = range[0]; start < end;) {
    const next = text.indexOf("\n", start) + 1 || text.length + 1;
    const line = text.slice(start, next - 1).trimEnd();
    const indent = /^[ \t]*/.exec(line)?.[0] ?? "";
    const isComment = ast.comments.some(
      (comment) => touches(comment.range, start + indent.length) && comment.range[0] === start + indent.length,
    );
    const isFree = start > range[0] && line !== "" && !isVerbatim({ start });
    const counts = isFree && (indent !== "" || gap || isComment);
    if (counts) lines.push({ start, indent, isComment });
    if (isFree && !counts) return [];
    if (line !== "" && !isComment) gap = /[ \t][\\`]$/.test(line);
    start = next;
  }
  return lines;
}

function finalLineEnd(view: View, options: FormattingOptions): Change[] {
  const { text, ast } = view.source;
  const last = ast.instructions.at(-1);
  const end = text.trimEnd().length;
  if (end === 0 || (last && last.range[1] > end)) return [];
  const first = text.indexOf("\n", end) + 1;
  if (first > 0) return options.trimFinalNewlines === false ? [] : [{ range: [first, text.length], text: "" }];
  if (options.insertFinalNewline === false || /[\\`]$/.test(text.slice(0, end))) return [];
  return [{ range: [text.length, text.length], text: text.includes("\r\n") ? "\r\n" : "\n" }];
}

function withoutOverlaps(all: readonly Change[]): Change[] {
  const sorted = [...all].sort((one, other) => one.range[0] - other.range[0] || other.range[1] - one.range[1]);
  const kept: Change[] = [];
  for (const change of sorted) {
    const last = kept.at(-1);
    if (!last || change.range[0] >= last.range[1]) kept.push(change);
  }
  return kept;
}
