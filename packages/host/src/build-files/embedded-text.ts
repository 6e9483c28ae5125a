import { type MappedText, type Range, sourceOffset, sourceRange } from "@stagewright/ast";

/** A part of an embedded text that its file does not hold word for word. */
export interface Replaced {
  /** Where it stands in the text. */
  readonly index: number;
  readonly length: number;
  /** What stands in its place in the file. */
  readonly range: Range;
  /** The text is what a build gets; without it, the expression itself stands there, since only the environment knows its value. */
  readonly isKnown: boolean;
}

/** A Dockerfile inside of another file. */
export interface EmbeddedText {
  readonly value: string;
  /** Where its characters stand in the file; `null` when only its whole place is known. */
  readonly map: MappedText | null;
  /** All of it in the file. */
  readonly range: Range;
  readonly replaced: readonly Replaced[];
}

/** The place in the file of a range of an embedded text; `null` where only the environment knows what stands there. */
export function placeInFile({ map, range, replaced }: EmbeddedText, [start, end]: Range): Range | null {
  const touched = replaced.filter(({ index, length }) => index < Math.max(end, start + 1) && index + length > start);
  if (touched.some(({ isKnown }) => !isKnown)) return null;
  if (!map) return range;
  const [from, to] = sourceRange(map, start, end);
  const first = touched.find(({ index }) => index <= start);
  const last = touched.find(({ index, length }) => end > start && index + length >= end);
  return [first?.range[0] ?? from, Math.max(last?.range[1] ?? to, first?.range[1] ?? to)];
}

/** A part of a text after its variables were put in. */
export interface Part {
  readonly text: string;
  /** What it stands for in the text before. */
  readonly range: Range;
  readonly kind: "same" | "known" | "unknown";
}

/** Puts parts in the place of an embedded text whose variables are not put in yet. */
export function withParts({ value, map, range }: EmbeddedText, parts: readonly Part[]): EmbeddedText {
  const pieces: { index: number; offset: number }[] = [];
  const replaced: Replaced[] = [];
  let result = "";
  for (const part of parts) {
    const index = result.length;
    result += part.text;
    if (!map) continue;
    if (part.kind === "same") {
      pieces.push({ index, offset: sourceOffset(map, part.range[0]) });
      for (const piece of map.pieces) {
        if (piece.index > part.range[0] && piece.index < part.range[1]) {
          pieces.push({ index: index + piece.index - part.range[0], offset: piece.offset });
        }
      }
    } else {
      const place = sourceRange(map, ...part.range);
      pieces.push({ index, offset: place[0] });
      replaced.push({ index, length: part.text.length, range: place, isKnown: part.kind === "known" });
    }
  }
  if (map) return { value: result, map: { value: result, pieces }, range, replaced };
  return { value: parts.length === 0 ? value : result, map, range, replaced: unknownParts(parts, range) };
}

function unknownParts(parts: readonly Part[], range: Range): Replaced[] {
  let index = 0;
  return parts.flatMap(({ text, kind }) => {
    const at = index;
    index += text.length;
    return kind === "same" ? [] : [{ index: at, length: text.length, range, isKnown: kind === "known" }];
  });
}
