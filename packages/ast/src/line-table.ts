import type { Location, Position, Range } from "./nodes.ts";

/**
 * Offsets of a text to lines and columns and back. Lines end with a line feed, as for BuildKit; all numbers of places count from 1. A byte order mark takes no
 * column, as editors have it.
 */
export class LineTable {
  readonly #text: string;
  /** Offsets at which lines start. */
  readonly starts: readonly number[];
  #last = 0;

  constructor(text: string) {
    const starts = [text.startsWith("\ufeff") ? 1 : 0];
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", end + 1)) starts.push(end + 1);
    this.#text = text;
    this.starts = starts;
  }

  /** The number of the line, from 1, that holds the offset. */
  line(offset: number): number {
    const { starts } = this;
    // Questions come mostly in the order of the file.
    const last = this.#last;
    if (offset >= (starts[last] as number) && offset < (starts[last + 1] ?? Infinity)) return last + 1;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    this.#last = low;
    return low + 1;
  }

  position(offset: number): Position {
    const line = this.line(offset);
    return { line, column: Math.max(offset - (this.starts[line - 1] as number) + 1, 1) };
  }

  location([start, end]: Range): Location {
    return { start: this.position(start), end: this.position(end) };
  }

  /** The offset of a place; a place beyond the text gives the nearest one within it. */
  offset({ line, column }: Position): number {
    if (line < 1) return 0;
    const start = this.starts[line - 1];
    return start === undefined ? this.#text.length : Math.min(Math.max(start, start + column - 1), this.#text.length);
  }

  /** Lines without their ends. */
  lines(): string[] {
    return this.starts.map((start, index) => {
      const next = this.starts[index + 1];
      const line = this.#text.slice(start, next === undefined ? undefined : next - 1);
      return line.endsWith("\r") ? line.slice(0, -1) : line;
    });
  }
}
