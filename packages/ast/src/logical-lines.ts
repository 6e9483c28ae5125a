import { isSpace } from "./characters.ts";
import type { LineTable } from "./line-table.ts";
import { TextBuilder } from "./mapped-text.ts";
import type { Escape, MappedText, Range } from "./nodes.ts";

/** One instruction's text, continuations joined and comments between its lines dropped, as BuildKit's Parse does. */
export interface LogicalLine {
  readonly text: MappedText;
  /** From 1. */
  readonly startLine: number;
  readonly endLine: number;
  /** Comments between its lines. */
  readonly comments: readonly Range[];
}

/** A cursor over the physical lines of a file; `next` and the like move it. */
export class PhysicalLines {
  readonly text: string;
  readonly table: LineTable;
  /** Index of the line that comes next, from 0; also the number of the line that was read last, from 1. */
  at = 0;

  constructor(text: string, table: LineTable) {
    this.text = text;
    this.table = table;
  }

  /** Offsets of the next line, its end behind its line feed; `null` at the end of the file. */
  next(): { readonly start: number; readonly end: number } | null {
    const start = this.table.starts[this.at];
    if (start === undefined || start >= this.text.length) return null;
    this.at++;
    return { start, end: this.table.starts[this.at] ?? this.text.length };
  }
}

/** The end of a line without its carriage returns and line feed. */
export function trimLineEnd(text: string, start: number, end: number): number {
  let index = end;
  while (index > start && (text[index - 1] === "\n" || text[index - 1] === "\r")) index--;
  return index;
}

/** Joins a line that starts an instruction with those that continue it. `start` and `end` are its offsets without leading space and line end. */
export function joinLines(lines: PhysicalLines, start: number, end: number, escape: Escape): LogicalLine {
  const { text } = lines;
  const builder = new TextBuilder();
  const comments: Range[] = [];
  const startLine = lines.at;
  let stop = continuation(text, start, end, escape);
  builder.add(text.slice(start, stop ?? end), start);
  while (stop !== null) {
    const line = lines.next();
    if (!line) break;
    const lineEnd = trimLineEnd(text, line.start, line.end);
    let first = line.start;
    while (first < lineEnd && isSpace(text[first])) first++;
    if (text[first] === "#" && first < lineEnd) comments.push([first, lineEnd]);
    else if (first < lineEnd) {
      stop = continuation(text, line.start, lineEnd, escape);
      builder.add(text.slice(line.start, stop ?? lineEnd), line.start);
    }
  }
  return { text: builder, startLine, endLine: lines.at, comments };
}

/** Where the escape character that continues the line stands, or `null`: the last one but blanks, with no other one right before it. */
function continuation(text: string, start: number, end: number, escape: Escape): number | null {
  let index = end - 1;
  while (index >= start && (text[index] === " " || text[index] === "\t")) index--;
  if (index < start || text[index] !== escape) return null;
  return index > start && text[index - 1] === escape ? null : index;
}
