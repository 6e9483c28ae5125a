import type { Range, Run } from "@stagewright/ast";
import type { Script, SourceCode } from "@stagewright/core";
import type { Action, RunStep } from "../types.ts";

/** A part of a RUN that can be taken out: one command, pipeline, loop or group of the list that the RUN is. */
export interface Segment {
  readonly range: Range;
  readonly actions: readonly Action[];
  readonly text: string;
}

/** What the shell's tree has of a list, as far as its cuts are concerned; positions are those of the script's text. */
interface Part {
  readonly type: string;
  readonly pos: number;
  readonly end: number;
  readonly commands?: readonly Part[];
  readonly operators?: readonly string[];
}

interface Tree {
  readonly commands: readonly { readonly command: Part }[];
}

/** The parts of a RUN in order; none for a RUN that is no list of the shell, such as the exec form or a heredoc. */
export function segmentsOf({ run, actions }: RunStep, { text, facts }: SourceCode): readonly Segment[] {
  const script = facts.script(run);
  const tree = script?.tree as Tree | null | undefined;
  if (!script || !tree || script.broken || script.heredoc || run.heredocs.length > 0) return [];
  const places = actions.map((action) => ({ action, range: action.command.range }));
  return tree.commands
    .flatMap(({ command }) => partsOf(command))
    .map(([first, last]) => rangeOf(script, first.pos, last.end))
    .map((range) => ({
      range,
      text: text.slice(...range),
      actions: places
        .filter((each) => each.range[0] >= range[0] && each.range[1] <= range[1])
        .map(({ action }) => action),
    }));
}

/** Cuts at `&&`; what `||` joins stays together. */
function partsOf(part: Part): (readonly [Part, Part])[] {
  if (part.type !== "AndOr" || !part.commands) return [[part, part]];
  const found: (readonly [Part, Part])[] = [];
  for (const [index, command] of part.commands.entries()) {
    const before = found.at(-1);
    if (index > 0 && part.operators?.[index - 1] === "||" && before) found[found.length - 1] = [before[0], command];
    else found.push([command, command]);
  }
  return found;
}

const rangeOf = (script: Script, start: number, end: number): Range => script.locate([start, end]).range;

/** A word that reads differently; an empty text takes it away. */
export interface Edit {
  readonly range: Range;
  readonly text: string;
}

/** Marks where a word was, so that lines that were blank before stay. */
const gone = "\u0000";

/** The lines of a RUN that has only these of its segments, with words of them replaced. Comments stay with the segment behind them. */
export function runWith(
  { text, ast }: SourceCode,
  run: Run,
  all: readonly Segment[],
  kept: readonly Segment[],
  edits: readonly Edit[],
): string[] {
  const [first] = all;
  if (!first || kept.length === 0) return [];
  let result = text.slice(run.range[0], first.range[0]);
  for (const [index, segment] of kept.entries()) {
    const before = all[all.indexOf(segment) - 1];
    if (index > 0 && before) result += gapBetween(text.slice(before.range[1], segment.range[0]), before, kept);
    result += edited(text, segment.range, edits);
  }
  const last = all.at(-1);
  if (last && kept.at(-1) === last) result += text.slice(last.range[1], run.range[1]);
  return clean(result, ast.escape);
}

/** `;` and `&&` between two segments; the comments in it are those of the second. */
const gapBetween = (gap: string, before: Segment, kept: readonly Segment[]): string =>
  kept.includes(before) ? gap : gap.replace(/^[ \t]+(?=;)/, "");

/** The text of a segment with words of it replaced. */
export const textWith = (source: SourceCode, { range }: Segment, edits: readonly Edit[]): string =>
  edited(source.text, range, edits).replaceAll(gone, "");

function edited(text: string, [start, end]: Range, edits: readonly Edit[]): string {
  let result = "";
  let at = start;
  const own = edits.filter(({ range }) => range[0] >= start && range[1] <= end);
  for (const { range, text: word } of own.toSorted((a, b) => a.range[0] - b.range[0])) {
    const before = text.slice(at, range[0]);
    result += word === "" ? withoutWord(result, before) : behind(result, before) + word;
    at = range[1];
  }
  return result + behind(result, text.slice(at, end));
}

/** The first words of a line take its indentation along only with all others. */
function withoutWord(result: string, before: string): string {
  if (/\n[ \t]*$/.test(before)) return before + gone;
  if (isLineStart(result) && /^[ \t]*$/.test(before)) return gone;
  return behind(result, before).replace(/[ \t]+$/, "") + gone;
}

/** The blanks of the words that are gone from the beginning of a line go too. */
const behind = (result: string, text: string): string =>
  isLineStart(result) ? text.replace(/^[ \t]+(?=[^\s\\]|$)/, "") : text;

/** Nothing is left of the line yet. */
const isLineStart = (text: string): boolean => /\n[ \t]*\u0000+$/.test(text);

/** An operator that is left alone on its line goes to the end of the line before. */
function joinOperators(lines: readonly string[], continuation: RegExp): string[] {
  const result: string[] = [];
  for (const line of lines) {
    const rest = line.replaceAll(gone, "").replace(continuation, "").trim();
    const before = result.findLastIndex(
      (each) => !each.includes(gone) || each.replaceAll(gone, "").replace(continuation, "").trim() !== "",
    );
    const previous = result[before];
    if (line.includes(gone) && /^(&&|;|\|\|)$/.test(rest) && previous !== undefined && continuation.test(previous)) {
      result[before] = `${previous.replace(continuation, "")} ${line.replaceAll(gone, "").trim()}`;
      result.push(gone);
    } else result.push(line);
  }
  return result;
}

function clean(text: string, escape: string): string[] {
  const continuation = escape === "\\" ? /\s*\\\s*$/ : /\s*`\s*$/;
  const lines = joinOperators(text.split(/\r?\n/), continuation)
    .filter((line) => !line.includes(gone) || line.replaceAll(gone, "").replace(continuation, "").trim() !== "")
    .map((line) => line.replaceAll(gone, ""));
  return withoutEnd(lines, continuation);
}

/** Without operators, comments and blank lines at the end: a line that goes on would take along the next instruction. */
function withoutEnd(lines: readonly string[], continuation: RegExp): string[] {
  const last = lines.findLastIndex((line) => !/^\s*(#.*|;|&&)?$/.test(line.replace(continuation, "")));
  return lines
    .slice(0, last + 1)
    .map((line, index) => (index === last ? line.replace(continuation, "").replace(/\s*(;|&&)\s*$/, "") : line));
}
