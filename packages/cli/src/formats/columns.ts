/** Columns of a terminal that a character takes: East Asian wide characters and pictures take two, marks that combine take none. */
export function columnsOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (/\p{Mark}|\u200b|\u200c|\u200d/u.test(character)) return 0;
  return isWide(code) ? 2 : 1;
}

function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xa960 && code <= 0xa97f) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe10 && code <= 0xfe19) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x16fe0 && code <= 0x1b2ff) ||
    (code >= 0x1f200 && code <= 0x1f265) ||
    (code >= 0x20000 && code <= 0x3fffd) ||
    isPicture(code)
  );
}

/** Shown in colours without being asked for, as `✅` is and `✔` is not; of a flag, which is two letters, each takes one. */
const isPicture = (code: number): boolean =>
  (code < 0x1f1e6 || code > 0x1f1ff) && /\p{Emoji_Presentation}/u.test(String.fromCodePoint(code));

export const widthOf = (text: string): number => [...text].reduce((sum, character) => sum + columnsOf(character), 0);
