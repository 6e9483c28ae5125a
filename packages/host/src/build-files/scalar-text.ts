import type { Range } from "@stagewright/ast";
import type { Scalar } from "yaml";
import type { EmbeddedText } from "./embedded-text.ts";

type Pieces = { index: number; offset: number }[];

/** The text of a YAML or JSON scalar with the places of its characters: exact for literal blocks and for quoted and plain scalars of one line. */
export function scalarText(scalar: Scalar<string>, file: string): EmbeddedText {
  const { value, type } = scalar;
  const [start, end] = scalar.range ?? [0, 0];
  const range: Range = [start, end];
  const pieces = type === "BLOCK_LITERAL" ? literalPieces(value, file, start) : flowPieces(value, file, start, end);
  return { value, map: pieces && { value, pieces }, range, replaced: [] };
}

/** The lines of a literal block without their indentation, which the first line that is not empty shows. */
function literalPieces(value: string, file: string, start: number): Pieces | null {
  const pieces: Pieces = [];
  const lines = value.split("\n");
  let indent: number | null = null;
  let index = 0;
  let offset = file.indexOf("\n", start) + 1;
  for (const [number, line] of lines.entries()) {
    if (number === lines.length - 1 && line === "") break;
    const feed = file.indexOf("\n", offset);
    const end = feed === -1 ? file.length : feed;
    const written = file.slice(offset, end).replace(/\r$/, "");
    if (line !== "") indent ??= written.length - line.length;
    const from = Math.min(indent ?? written.length, written.length);
    if (written.slice(from) !== line) return null;
    pieces.push({ index, offset: offset + from });
    pieces.push({ index: index + line.length, offset: end });
    index += line.length + 1;
    offset = end + 1;
  }
  return pieces;
}

/** A plain or quoted scalar of one line; escapes of double quotes stand for one character each. */
function flowPieces(value: string, file: string, start: number, end: number): Pieces | null {
  const written = file.slice(start, end);
  if (written.includes("\n")) return null;
  if (written === value) return [{ index: 0, offset: start }];
  const quote = written[0];
  if (quote !== '"' && quote !== "'") return null;
  const pieces: Pieces = [];
  let index = 0;
  for (let at = 1; at < written.length - 1;) {
    pieces.push({ index, offset: start + at });
    const [escape, units] = escapeAt(written, at, quote);
    at += escape;
    index += units;
  }
  return index === value.length ? pieces : null;
}

/** Characters that are written, and UTF-16 units that they stand for. */
function escapeAt(written: string, at: number, quote: string): [written: number, units: number] {
  if (quote === "'") return [written.startsWith("''", at) ? 2 : 1, 1];
  if (written[at] !== "\\") return [1, 1];
  switch (written[at + 1]) {
    case "x":
      return [4, 1];
    case "u":
      return [6, 1];
    case "U":
      return [10, Number.parseInt(written.slice(at + 2, at + 10), 16) > 0xffff ? 2 : 1];
    default:
      return [2, 1];
  }
}
