import type { Range } from "@stagewright/ast";
import type { Scalar } from "yaml";
import type { EmbeddedText } from "./embedded-text.ts";

type Pieces = { index: number; offset: number }[];

/** The text of a YAML or JSON scalar, however it is written, with the places of its characters. */
export function scalarText(scalar: Scalar<string>, file: string): EmbeddedText {
  const { value } = scalar;
  const [start, end] = scalar.range ?? [0, 0];
  const range: Range = [start, end];
  const pieces = align(value, writtenLines(scalar, file, start, end));
  return { value, map: pieces && { value, pieces }, range, replaced: [] };
}

/** What one written line gives to the text: characters, each with the place where it, or the escape that stands for it, begins. */
interface Line {
  readonly characters: readonly { readonly text: string; readonly offset: number }[];
  readonly end: number;
}

/**
 * The places of the lines in the text. Between the lines a text has only blanks and line feeds, as its style folds them; `null` where it does not hold the lines in
 * their order.
 */
function align(value: string, lines: readonly Line[]): Pieces | null {
  const pieces: Pieces = [];
  let index = 0;
  for (const { characters, end } of lines) {
    const text = characters.map((character) => character.text).join("");
    if (text.trim() === "") continue;
    while (!value.startsWith(text, index)) if (!/\s/.test(value[index++] ?? "")) return null;
    for (const { text: character, offset } of characters) {
      pieces.push({ index, offset });
      index += character.length;
    }
    pieces.push({ index, offset: end });
  }
  return pieces;
}

function writtenLines({ type, value }: Scalar<string>, file: string, start: number, end: number): Line[] {
  if (type === "BLOCK_LITERAL" || type === "BLOCK_FOLDED") {
    const head = file.indexOf("\n", start);
    return head === -1 ? [] : blockLines(linesOf(file, head + 1, end), value);
  }
  const quote = file[start] === '"' || file[start] === "'" ? file[start] : "";
  const lines = linesOf(file, start + quote.length, end - quote.length);
  return lines.map((line, number) => flowLine(line, quote, number > 0, number < lines.length - 1));
}

/** A part of the file that holds no line feed. */
interface Written {
  readonly text: string;
  readonly offset: number;
}

function linesOf(file: string, start: number, end: number): Written[] {
  let offset = start;
  return file
    .slice(start, end)
    .split("\n")
    .map((line) => {
      const written = { text: line.replace(/\r$/, ""), offset };
      offset += line.length + 1;
      return written;
    });
}

/** The lines of a block without their indentation, which the first one that is not empty shows. */
function blockLines(lines: readonly Written[], value: string): Line[] {
  const blanks = (texts: readonly string[]) =>
    /^ */.exec(texts.find((text) => text.trim() !== "") ?? "")?.[0].length ?? 0;
  const indent = blanks(lines.map(({ text }) => text)) - blanks(value.split("\n"));
  return lines.map(({ text, offset }) => plainLine({ text: text.slice(indent), offset: offset + indent }));
}

const plainLine = ({ text, offset }: Written): Line =>
  text === "" ? { characters: [], end: offset } : { characters: [{ text, offset }], end: offset + text.length };

/** A line of a plain or quoted scalar: blanks beside its breaks do not count, unless they or the break itself are escaped. */
function flowLine({ text, offset }: Written, quote: string, isContinued: boolean, continues: boolean): Line {
  const from = isContinued ? text.length - text.trimStart().length : 0;
  const tokens = [...text.slice(from).matchAll(written[quote] ?? /[^]/g)].map(([token], index, all) => ({
    token,
    offset: offset + from + (all[index]?.index ?? 0),
  }));
  if (quote === '"' && continues && tokens.at(-1)?.token === "\\") tokens.pop();
  else while (continues && /^\s$/.test(tokens.at(-1)?.token ?? "")) tokens.pop();
  const last = tokens.at(-1);
  return {
    characters: tokens.map((each) => ({ text: meaning(each.token, quote), offset: each.offset })),
    end: last ? last.offset + last.token.length : offset,
  };
}

/** Characters and escapes of quoted texts. */
const written: Readonly<Record<string, RegExp>> = {
  "'": /''|[^]/g,
  '"': /\\(?:x.{2}|u.{4}|U.{8}|[^])|[^]/g,
};

function meaning(token: string, quote: string): string {
  if (token.length < 2) return token;
  if (quote === "'") return "'";
  const [, kind = ""] = token;
  if (!"xuU".includes(kind)) return escapes[kind] ?? kind;
  const code = Number.parseInt(token.slice(2), 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : token;
}

/** What stands behind a backslash where it stands for something else. */
const escapes: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  N: "\x85",
  _: "\xa0",
  L: "\u2028",
  P: "\u2029",
};
