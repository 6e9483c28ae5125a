import type { Location } from "@stagewright/ast";
import type { Severity } from "@stagewright/core";
import { columnsOf } from "./columns.ts";
import { printable } from "./printable.ts";
import type { Styles } from "./styles.ts";

const indent = "    ";
const tabWidth = 4;
const ellipsis = "…";

/**
 * The line of a finding with its place underlined, cut to the width of the terminal around the place. Of a place over several lines the first and the last one are
 * shown.
 */
export function codeFrame(
  lines: readonly string[],
  { start, end }: Location,
  severity: Severity,
  styles: Styles,
  width: number,
): string[] {
  // An end at the start of a line belongs to the line before.
  const endsBefore = end.line > start.line && end.column === 1;
  const lastLine = endsBefore ? end.line - 1 : end.line;
  const first = lines[start.line - 1];
  if (first === undefined) return [];
  const gutter = String(lastLine).length;
  const room = Math.max(30, width - indent.length - gutter - 3);
  const mark = (label: string, line: string, from: number, to: number) => {
    const { shown, before, marked } = cut(line.replace(/\r$/, ""), from, to, room);
    const bar = (text: string) => styles.dim(`${text.padStart(gutter)} │`);
    const underline = styles.severity(severity, "^".repeat(Math.max(1, marked)));
    return [`${indent}${bar(label)} ${shown}`, `${indent}${bar("")} ${" ".repeat(before)}${underline}`];
  };
  if (lastLine === start.line) {
    return mark(String(start.line), first, start.column - 1, endsBefore ? first.length : end.column - 1);
  }
  const last = lines[lastLine - 1] ?? "";
  const indentation = last.length - last.trimStart().length;
  return [
    ...mark(String(start.line), first, start.column - 1, first.trimEnd().length),
    ...(lastLine > start.line + 1 ? [`${indent}${styles.dim(`${"⋮".padStart(gutter)} │`)}`] : []),
    ...mark(String(lastLine), last, indentation, endsBefore ? last.trimEnd().length : end.column - 1),
  ];
}

interface Cut {
  readonly shown: string;
  /** Columns before the marked part, and in it. */
  readonly before: number;
  readonly marked: number;
}

/** The part of a line around a marked part that fits into the room, in columns. Tabs become blanks, and what a terminal would obey is made visible. */
export function cut(line: string, from: number, to: number, room: number): Cut {
  const cells = cellsOf(line);
  const columns = (list: readonly Cell[]) => list.reduce((sum, cell) => sum + cell.columns, 0);
  const first = cells.findIndex(({ end }) => end > from);
  const begin = first === -1 ? cells.length : first;
  const behind = cells.findIndex(({ start }) => start >= to);
  const end = Math.max(begin, behind === -1 ? cells.length : behind);
  let left = 0;
  let right = cells.length;
  if (columns(cells) > room) {
    // What does not fit goes from both sides, but a little of what stands before the marked part is kept.
    const lead = Math.max(8, Math.floor((room - columns(cells.slice(begin, end))) / 2));
    left = begin;
    // The start of the line stays where the marked part fits behind it.
    if (columns(cells.slice(0, end)) + tabWidth * 2 <= room) left = 0;
    for (let kept = 0; left > 0 && kept < lead; left--) kept += cells[left - 1]?.columns ?? 0;
    if (columns(cells.slice(left)) <= room - 1) {
      for (left = cells.length; left > 0 && columns(cells.slice(left - 1)) <= room - 1;) left--;
    }
    right = left;
    for (let used = 2; right < cells.length && used + (cells[right]?.columns ?? 0) <= room; right++) {
      used += cells[right]?.columns ?? 0;
    }
  }
  const head = left > 0 ? ellipsis : "";
  const tail = right < cells.length ? ellipsis : "";
  const text = cells.slice(left, right).map((cell) => cell.text);
  return {
    shown: `${head}${text.join("")}${tail}`.trimEnd(),
    before: head.length + columns(cells.slice(left, Math.min(begin, right))),
    marked: columns(cells.slice(begin, Math.min(end, right))),
  };
}

/** One character as it is shown. */
interface Cell {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly columns: number;
}

function cellsOf(line: string): Cell[] {
  let offset = 0;
  return Array.from(line, (character) => {
    const start = offset;
    offset += character.length;
    if (character === "\t") return { start, end: offset, text: " ".repeat(tabWidth), columns: tabWidth };
    const text = printable(character);
    return { start, end: offset, text, columns: columnsOf(text) };
  });
}
