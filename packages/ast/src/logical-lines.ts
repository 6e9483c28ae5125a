import { skipSpace } from "./characters.ts";
import type { LineTable } from "./line-table.ts";
import { TextBuilder } from "./mapped-text.ts";
import type { Escape, MappedText, Range } from "./nodes.ts";

/** Offsets of a line, its end behind its line feed. */
export interface PhysicalLine {
  readonly start: number;
  readonly end: number;
}

/** One instruction's text, continuations joined and comments between its lines dropped, as BuildKit's Parse does. */
export interface LogicalLine {
  readonly text: MappedText;
  /** From 1. */
  readonly startLine: number;
  /** Comments between its lines. */
  readonly comments: readonly Range[];
}

/** A cursor over the physical lines of a file. */
export class PhysicalLines {
  readonly text: string;
  readonly table: LineTable;
  /** Index of the line that comes next, from 0; also the number of the line that was read last, from 1. */
  at = 0;
  /** The index of the last line with each content, without and with leading tabs; made when it is asked for. */
  #lastOf: { readonly chomped: Map<string, number>; readonly plain: Map<string, number> } | null = null;

  constructor(text: string, table: LineTable) {
    this.text = text;
    this.table = table;
  }

  /** The next line; `null` at the end of the file. */
  next(): PhysicalLine | null {
    const line = this.#line(this.at);
    if (line) this.at++;
    return line;
  }

  /** Whether a line that holds just this comes next or later; `chomp` says that tabs may stand before it. */
  isAhead(content: string, chomp: boolean): boolean {
    this.#lastOf ??= this.#index();
    const last = this.#lastOf[chomp ? "chomped" : "plain"].get(content);
    return last !== undefined && last >= this.at;
  }

  /** Goes on to the next line that is asked for, or to the end of the file. */
  skipTo(isWanted: (line: string) => boolean): void {
    for (let line = this.#line(this.at); line; line = this.#line(this.at)) {
      if (isWanted(this.text.slice(line.start, line.end))) return;
      this.at++;
    }
  }

  #line(index: number): PhysicalLine | null {
    const start = this.table.starts[index];
    if (start === undefined || start >= this.text.length) return null;
    return { start, end: this.table.starts[index + 1] ?? this.text.length };
  }

  #index() {
    const chomped = new Map<string, number>();
    const plain = new Map<string, number>();
    let index = 0;
    for (let line = this.#line(index); line; line = this.#line(++index)) {
      const content = this.text.slice(line.start, trimLineEnd(this.text, line.start, line.end));
      plain.set(content, index);
      chomped.set(content.replace(/^\t+/, ""), index);
    }
    return { chomped, plain };
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
  const comments: Range[] = [];
  const startLine = lines.at;
  let stop = continuation(text, start, end, escape);
  if (stop === null) {
    return { text: { value: text.slice(start, end), pieces: [{ index: 0, offset: start }] }, startLine, comments };
  }
  const builder = new TextBuilder();
  builder.add(text.slice(start, stop), start);
  while (stop !== null) {
    const line = lines.next();
    if (!line) break;
    const lineEnd = trimLineEnd(text, line.start, line.end);
    const first = skipSpace(text, line.start, lineEnd);
    if (first === lineEnd) continue;
    if (text[first] === "#") {
      comments.push([first, lineEnd]);
      continue;
    }
    stop = continuation(text, line.start, lineEnd, escape);
    builder.add(text.slice(line.start, stop ?? lineEnd), line.start);
  }
  return { text: builder.build(), startLine, comments };
}

/** Where the escape character that continues the line stands, or `null`: the last one but blanks, with no other one right before it. */
function continuation(text: string, start: number, end: number, escape: Escape): number | null {
  let index = end - 1;
  while (index >= start && (text[index] === " " || text[index] === "\t")) index--;
  if (index < start || text[index] !== escape) return null;
  return index > start && text[index - 1] === escape ? null : index;
}
