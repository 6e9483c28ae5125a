import type { MappedText, Range } from "./nodes.ts";

/** The file's offset of the character at `index` of a text that was put together from several places; the end of the text maps to the end of its last piece. */
export function sourceOffset({ pieces }: MappedText, index: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle] as MappedText["pieces"][number]).index <= index) low = middle;
    else high = middle - 1;
  }
  const piece = pieces[low];
  return piece ? piece.offset + index - piece.index : 0;
}

/** The file's range of `start` to `end` (exclusive) of such a text; it ends behind its last character, not at the start of the next piece. */
export function sourceRange(text: MappedText, start: number, end: number): Range {
  const from = sourceOffset(text, start);
  return end > start ? [from, sourceOffset(text, end - 1) + 1] : [from, from];
}

/** A part of such a text. */
export function sliceText({ value, pieces }: MappedText, start: number, end: number): MappedText {
  const first = sourceOffset({ value, pieces }, start);
  return {
    value: value.slice(start, end),
    pieces: [
      { index: 0, offset: first },
      ...pieces
        .filter(({ index }) => index > start && index < end)
        .map(({ index, offset }) => ({ index: index - start, offset })),
    ],
  };
}

/** Collects pieces of a file. */
export class TextBuilder {
  value = "";
  readonly pieces: { index: number; offset: number }[] = [];

  add(text: string, offset: number): void {
    if (text === "" && this.pieces.length > 0) return;
    const last = this.pieces.at(-1);
    if (last && this.value.length === last.index) this.pieces.pop();
    this.pieces.push({ index: this.value.length, offset });
    this.value += text;
  }
}
