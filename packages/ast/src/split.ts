import { isSpaceAt, skipBlanks, skipSpace, skipWord, trimEnd, utf8Bytes } from "./characters.ts";
import type { Escape } from "./nodes.ts";

/** A piece of a text: `value` is what BuildKit keeps of it, the places are indexes of the text. */
export interface Piece {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** A flag: its `value` lacks quotes and escape characters, so `indexes` says where each character of it stands in the text. */
export interface FlagPiece extends Piece {
  readonly indexes: readonly number[];
}

export interface SplitCommand {
  readonly keyword: Piece;
  readonly flags: readonly FlagPiece[];
  /** Where the words begin and end, without space around them. */
  readonly start: number;
  readonly end: number;
}

/** Keyword, flags and the rest, as BuildKit's splitCommand and extractBuilderFlags. */
export function splitCommand(text: string, from: number, to: number, escape: Escape): SplitCommand {
  const start = skipSpace(text, from, to);
  const end = trimEnd(text, start, to);
  const keywordEnd = skipWord(text, start, end);
  const keyword = { value: text.slice(start, keywordEnd), start, end: keywordEnd };
  const { flags, at } = takeFlags(text, skipBlanks(text, keywordEnd, end), end, escape);
  return { keyword, flags, start: skipSpace(text, at, end), end };
}

function takeFlags(text: string, from: number, end: number, escape: Escape): { flags: FlagPiece[]; at: number } {
  const flags: FlagPiece[] = [];
  let at = from;
  for (;;) {
    while (at < end && isAsciiSpace(text.charCodeAt(at))) at++;
    if (at + 1 >= end || text[at] !== "-" || text[at + 1] !== "-") return { flags, at };
    const flag = takeFlag(text, at, end, escape);
    at = flag.end;
    if (flag.value === "--" && at < end) return { flags, at };
    if (flag.value !== "--") flags.push(flag);
  }
}

/** Up to a space outside quotes; quotes and escape characters are removed. BuildKit reads flags byte by byte and takes each byte for a character. */
function takeFlag(text: string, start: number, end: number, escape: Escape): FlagPiece {
  const indexes: number[] = [];
  let value = "";
  let quote = "";
  let escaped = false;
  let at = start;
  while (at < end) {
    const character = String.fromCodePoint(text.codePointAt(at) as number);
    const bytes = utf8Bytes(text.codePointAt(at) as number);
    const space = quote === "" && !escaped ? bytes.findIndex(isByteSpace) : -1;
    if (space === 0) break;
    const isQuote = character === "'" || character === '"';
    if (!escaped && (quote === "" ? isQuote : character === quote)) quote = quote === "" ? character : "";
    else if (!escaped && character === escape) escaped = true;
    else {
      escaped = false;
      for (const byte of bytes.slice(0, space === -1 ? bytes.length : space)) {
        value += String.fromCharCode(byte);
        indexes.push(at);
      }
    }
    // A character that is torn within its bytes begins the words.
    if (space !== -1 && space < bytes.length - 1) break;
    at += character.length;
    if (space !== -1) break;
  }
  return { value, start, end: at, indexes };
}

const isAsciiSpace = (code: number): boolean => code === 0x20 || (code >= 0x09 && code <= 0x0d);

const isByteSpace = (byte: number): boolean => isAsciiSpace(byte) || byte === 0x85 || byte === 0xa0;

/** Words between blanks, as BuildKit's parseStringsWhitespaceDelimited. */
export function splitBlanks(text: string, from: number, to: number): Piece[] {
  const words: Piece[] = [];
  if (from === to) return words;
  let start = from;
  for (;;) {
    const end = skipWord(text, start, to);
    words.push({ value: text.slice(start, end), start, end });
    if (end === to) return words;
    start = skipBlanks(text, end, to);
  }
}

/** Words of ENV, LABEL and ARG, which may hold quoted space; quotes and escapes stay. As BuildKit's parseWords. */
export function splitQuoted(text: string, from: number, to: number, escape: Escape): Piece[] {
  const words: Piece[] = [];
  for (let at = skipSpace(text, from, to); at < to; at = skipSpace(text, at, to)) {
    const start = at;
    let quote = "";
    while (at < to && (quote !== "" || !isSpaceAt(text, at))) {
      const character = text[at] as string;
      if (character === escape && quote !== "'") at++;
      else if (character === quote) quote = "";
      else if (quote === "" && (character === "'" || character === '"')) quote = character;
      at++;
    }
    // An escape character with nothing behind it is left out.
    const value = at > to ? text.slice(start, to - 1) : text.slice(start, at);
    at = Math.min(at, to);
    if (value !== "") words.push({ value, start, end: at });
  }
  return words;
}
