/** As Go's unicode.IsSpace. */
export const isSpace = (character: string | undefined): boolean =>
  character !== undefined &&
  /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/.test(character);

/** What BuildKit splits words at (its `reWhitespace`). */
export const isBlank = (character: string | undefined): boolean =>
  character === " " || character === "\t" || character === "\v" || character === "\f" || character === "\r";

/** The index of the first character from `start` that is no space, at most `end`. */
export function skipSpace(text: string, start: number, end: number): number {
  let index = start;
  while (index < end && isSpace(text[index])) index++;
  return index;
}

/** The index behind the last character before `end` that is no space, at least `start`. */
export function trimEnd(text: string, start: number, end: number): number {
  let index = end;
  while (index > start && isSpace(text[index - 1])) index--;
  return index;
}
