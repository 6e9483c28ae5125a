import { isSpace } from "./characters.ts";
import type { Piece } from "./split.ts";

/** A JSON array: its strings with their places, `mixed` for an array with something else than strings, or `null` for text that is none. */
export type JsonArray =
  { readonly strings: readonly Piece[]; readonly start: number; readonly end: number } | "mixed" | null;

/** As BuildKit's parseJSON, which takes what Go's encoding/json takes: nothing but space may follow. */
export function jsonArray(text: string, from: number, to: number): JsonArray {
  let start = from;
  while (start < to && isSpace(text[start])) start++;
  if (text[start] !== "[" || start >= to) return null;
  const source = text.slice(start, to);
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    return null;
  }
  if (!Array.isArray(value)) return null;
  // Go decodes null into a string's zero value only inside []string; BuildKit decodes into []any.
  if (!value.every((item) => typeof item === "string")) return "mixed";
  const strings: Piece[] = [];
  for (let at = 1; at < source.length; at++) {
    if (source[at] !== '"') continue;
    const first = at;
    at++;
    while (source[at] !== '"') at += source[at] === "\\" ? 2 : 1;
    strings.push({
      value: (value[strings.length] as string).replace(
        /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
        "\ufffd",
      ),
      start: start + first,
      end: start + at + 1,
    });
  }
  return { strings, start, end: start + source.trimEnd().length };
}
