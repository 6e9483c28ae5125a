import { skipSpace, trimEnd } from "./characters.ts";
import type { Piece } from "./split.ts";

export interface JsonStrings {
  readonly strings: readonly Piece[];
  readonly start: number;
  readonly end: number;
}

/** A JSON array: its strings with their places, `mixed` for an array with something else than strings, or `null` for text that is none. */
export type JsonArray = JsonStrings | "mixed" | null;

/** As BuildKit's parseJSON, which takes what Go's encoding/json takes: nothing but space may follow. */
export function jsonArray(text: string, from: number, to: number): JsonArray {
  const start = skipSpace(text, from, to);
  if (text[start] !== "[" || start >= to) return null;
  const end = trimEnd(text, start, to);
  if (text[end - 1] !== "]") return null;
  const source = text.slice(start, to);
  let items: unknown;
  try {
    items = JSON.parse(source);
  } catch {
    return null;
  }
  if (!Array.isArray(items)) return null;
  const strings: Piece[] = [];
  let at = 1;
  for (const item of items as readonly unknown[]) {
    if (typeof item !== "string") return "mixed";
    const first = source.indexOf('"', at);
    at = first + 1;
    while (source[at] !== '"') at += source[at] === "\\" ? 2 : 1;
    at++;
    strings.push({ value: withoutLoneSurrogates(item), start: start + first, end: start + at });
  }
  return { strings, start, end };
}

const withoutLoneSurrogates = (text: string): string =>
  /[\ud800-\udfff]/.test(text)
    ? text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    : text;
