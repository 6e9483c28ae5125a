import { type Heredoc, type MappedText, type Range, sourceOffset, sourceRange } from "@stagewright/ast";

/** A position as ShellCheck has it: line and column from 1. */
interface Spot {
  readonly line: number;
  readonly column: number;
}

/** A script put together from parts of a Dockerfile, with the way back. */
export class ScriptText implements MappedText {
  value = "";
  readonly pieces: { index: number; offset: number }[] = [];
  #lineStarts: number[] | null = null;

  /** Adds text that stands verbatim at `offset` of the file, without carriage returns before line feeds. */
  add(text: string, offset: number): this {
    if (!text.includes("\r")) return this.#addLine(text, offset);
    let start = 0;
    for (const part of text.split(/(?<=\r)(?=\n)/)) {
      this.#addLine(part.replace(/\r$/, ""), offset + start);
      start += part.length;
    }
    return this;
  }

  #addLine(kept: string, offset: number): this {
    if (kept !== "") this.pieces.push({ index: this.value.length, offset });
    this.value += kept;
    return this;
  }

  /** The file's range of a part of the script; an empty part is a place behind what stands before it, or else before what follows. */
  rangeOf(start: Spot, end: Spot): Range {
    const [from, to] = [this.indexOf(start), this.indexOf(end)];
    return to > from ? sourceRange(this, from, to) : [sourceOffset(this, from), sourceOffset(this, from)];
  }

  /** Index of a position; one past the end of its line is the line's end. */
  indexOf({ line, column }: Spot): number {
    this.#lineStarts ??= [0, ...[...this.value.matchAll(/\n/g)].map(({ index }) => index + 1)];
    const start = this.#lineStarts[line - 1] ?? this.value.length;
    const next = this.#lineStarts[line];
    return Math.min(start + column - 1, next === undefined ? this.value.length : next - 1);
  }
}

/**
 * The text of an instruction as one line. The blanks that a line begins with after a continuation are one blank: they are layout, not arguments
 * far apart (SC2291).
 */
export function joinedText({ value, pieces }: MappedText, end = value.length): ScriptText {
  const text = new ScriptText();
  let separated = false;
  for (const [number, { index, offset }] of pieces.entries()) {
    const piece = value.slice(index, Math.min(pieces[number + 1]?.index ?? value.length, end));
    if (number === 0) {
      text.add(piece, offset);
      continue;
    }
    const blanks = piece.length - piece.trimStart().length;
    separated ||= blanks > 0;
    if (blanks === piece.length) continue;
    if (separated) text.add(" ", offset + Math.max(blanks - 1, 0));
    text.add(piece.slice(blanks), offset + blanks);
    separated = false;
  }
  return text;
}

/** A heredoc's body, from `start` of it. */
export function bodyText({ text: { value, pieces } }: Heredoc, start = 0): ScriptText {
  const text = new ScriptText();
  for (const [number, { index, offset }] of pieces.entries()) {
    const from = Math.max(index, start);
    const to = pieces[number + 1]?.index ?? value.length;
    if (from < to) text.add(value.slice(from, to), offset + from - index);
  }
  return text;
}

/** The text of an instruction with its heredocs below, as the shell gets them. */
export function textWithHeredocs(command: MappedText, heredocs: readonly Heredoc[], source: string): ScriptText {
  const text = joinedText(command);
  for (const { range, terminatorRange } of heredocs) {
    text.add("\n", range[0] - 1).add(source.slice(range[0], terminatorRange[1]), range[0]);
  }
  return text;
}
