import { isBlank, isSpace, skipSpace, trimEnd } from "./characters.ts";
import type { Escape } from "./nodes.ts";

/** A piece of a text: `value` is what BuildKit keeps of it, the places are indexes of the text. */
export interface Piece {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

export interface SplitCommand {
  readonly keyword: Piece;
  readonly flags: readonly Piece[];
  /** Where the words begin and end, without space around them. */
  readonly start: number;
  readonly end: number;
}

/** Keyword, flags and the rest, as BuildKit's splitCommand and extractBuilderFlags. */
export function splitCommand(text: string, from: number, to: number, escape: Escape): SplitCommand {
  const start = skipSpace(text, from, to);
  const end = trimEnd(text, start, to);
  let keywordEnd = start;
  while (keywordEnd < end && !isBlank(text[keywordEnd])) keywordEnd++;
  const keyword = { value: text.slice(start, keywordEnd), start, end: keywordEnd };
  let rest = keywordEnd;
  while (rest < end && isBlank(text[rest])) rest++;
  const { flags, at } = takeFlags(text, rest, end, escape);
  const wordsStart = skipSpace(text, at, end);
  return { keyword, flags, start: wordsStart, end };
}

function takeFlags(text: string, from: number, end: number, escape: Escape): { flags: Piece[]; at: number } {
  const flags: Piece[] = [];
  let at = from;
  for (;;) {
    at = skipSpace(text, at, end);
    if (at >= end) return { flags, at: end };
    if (text[at] !== "-" || text[at + 1] !== "-" || at + 1 >= end) return { flags, at };
    const flag = takeFlag(text, at, end, escape);
    if (flag.value === "--") return { flags, at: flag.end };
    if (flag.value !== "") flags.push(flag);
    at = flag.end;
  }
}

/** Up to a space outside quotes; quotes and escape characters are removed. */
function takeFlag(text: string, start: number, end: number, escape: Escape): Piece {
  let value = "";
  let quote = "";
  let at = start;
  for (; at < end; at++) {
    const character = text[at] as string;
    if (quote === "" && isSpace(character)) break;
    if (quote === "" && (character === "'" || character === '"')) quote = character;
    else if (quote !== "" && character === quote) quote = "";
    else if (character === escape) {
      at++;
      if (at < end) value += text[at];
      else break;
    } else value += character;
  }
  return { value, start, end: Math.min(at, end) };
}

/** Words between blanks, as BuildKit's parseStringsWhitespaceDelimited. */
export function splitBlanks(text: string, from: number, to: number): Piece[] {
  const words: Piece[] = [];
  let start = from;
  for (let at = from; at <= to; at++) {
    if (at < to && !isBlank(text[at])) continue;
    words.push({ value: text.slice(start, at), start, end: at });
    while (at + 1 < to && isBlank(text[at + 1])) at++;
    start = at + 1;
  }
  return from === to ? [] : words;
}

/** Words of ENV, LABEL and ARG, which may hold quoted space; quotes and escapes stay. As BuildKit's parseWords. */
export function splitQuoted(text: string, from: number, to: number, escape: Escape): Piece[] {
  const words: Piece[] = [];
  let at = skipSpace(text, from, to);
  while (at < to) {
    const start = at;
    let value = "";
    let quote = "";
    for (; at < to; at++) {
      const character = text[at] as string;
      if (quote === "" && isSpace(character)) break;
      if (character === escape && quote !== "'") {
        if (at + 1 >= to) {
          at++;
          break;
        }
        at++;
        value += character + (text[at] as string);
        // An escaped quote neither opens nor closes.
        continue;
      }
      if (quote === "" && (character === "'" || character === '"')) quote = character;
      else if (character === quote) quote = "";
      value += character;
    }
    words.push({ value, start, end: Math.min(at, to) });
    at = skipSpace(text, at, to);
  }
  return words.filter(({ value }) => value !== "");
}
