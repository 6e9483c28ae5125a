import type { MappedText, Range } from "./nodes.ts";

/** The file's offset of the character at `index` of a text that was put together from several places; the end of the text maps to the end of its last piece. */
export function sourceOffset({ pieces }: MappedText, index: number): number {
  const piece = pieces[pieceAt(pieces, index)];
  return piece ? piece.offset + index - piece.index : 0;
}

/** The file's range of `start` to `end` (exclusive) of such a text; it ends behind its last character, not at the start of the next piece. */
export function sourceRange(text: MappedText, start: number, end: number): Range {
  const from = sourceOffset(text, start);
  return end > start ? [from, sourceOffset(text, end - 1) + 1] : [from, from];
}

/** A part of such a text. */
export function sliceText(text: MappedText, start: number, end: number): MappedText {
  const value = text.value.slice(start, end);
  const first = { index: 0, offset: sourceOffset(text, start) };
  const { pieces } = text;
  if (pieces.length === 1) return { value, pieces: [first] };
  const inner = pieces.slice(pieceAt(pieces, start) + 1, pieceAt(pieces, Math.max(start, end - 1)) + 1);
  return { value, pieces: [first, ...inner.map(({ index, offset }) => ({ index: index - start, offset }))] };
}

/** The last piece that starts at `index` or before. */
function pieceAt(pieces: MappedText["pieces"], index: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle] as MappedText["pieces"][number]).index <= index) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Collects pieces of a file. */
export class TextBuilder {
  readonly pieces: { index: number; offset: number }[] = [];
  readonly #texts: string[] = [];
  #length = 0;

  add(text: string, offset: number): void {
    if (text === "" && this.pieces.length > 0) return;
    if (this.#length === this.pieces.at(-1)?.index) this.pieces.pop();
    this.pieces.push({ index: this.#length, offset });
    this.#texts.push(text);
    this.#length += text.length;
  }

  build(): MappedText {
    return { value: this.#texts.join(""), pieces: this.pieces };
  }
}
