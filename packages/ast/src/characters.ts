/** Whether the character at `index` is space for Go's unicode.IsSpace; there is none beyond the text. */
export function isSpaceAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  return code >= 0x80 && isOtherSpace(code);
}

const isOtherSpace = (code: number): boolean =>
  code === 0x85 ||
  code === 0xa0 ||
  code === 0x1680 ||
  (code >= 0x2000 && code <= 0x200a) ||
  code === 0x2028 ||
  code === 0x2029 ||
  code === 0x202f ||
  code === 0x205f ||
  code === 0x3000;

/** What BuildKit splits words at (its `reWhitespace`). */
export function isBlankAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code === 0x20 || code === 0x09 || (code >= 0x0b && code <= 0x0d);
}

/** The index of the first character from `start` that is no space, at most `end`. */
export function skipSpace(text: string, start: number, end: number): number {
  let index = start;
  while (index < end && isSpaceAt(text, index)) index++;
  return index;
}

/** The index of the first character from `start` that is no blank, at most `end`. */
export function skipBlanks(text: string, start: number, end: number): number {
  let index = start;
  while (index < end && isBlankAt(text, index)) index++;
  return index;
}

/** The index of the first blank from `start`, at most `end`. */
export function skipWord(text: string, start: number, end: number): number {
  let index = start;
  while (index < end && !isBlankAt(text, index)) index++;
  return index;
}

/** The index behind the last character before `end` that is no space, at least `start`. */
export function trimEnd(text: string, start: number, end: number): number {
  let index = end;
  while (index > start && isSpaceAt(text, index - 1)) index--;
  return index;
}

/** The bytes of a character in UTF-8; a lone surrogate counts as U+FFFD. */
export function utf8Bytes(codePoint: number): readonly number[] {
  if (codePoint < 0x80) return [codePoint];
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return utf8Bytes(0xfffd);
  if (codePoint < 0x800) return [0xc0 | (codePoint >> 6), 0x80 | (codePoint & 0x3f)];
  const last = [0x80 | ((codePoint >> 6) & 0x3f), 0x80 | (codePoint & 0x3f)];
  return codePoint < 0x10000
    ? [0xe0 | (codePoint >> 12), ...last]
    : [0xf0 | (codePoint >> 18), 0x80 | ((codePoint >> 12) & 0x3f), ...last];
}

/** How many bytes a text takes in UTF-8. */
export function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}
