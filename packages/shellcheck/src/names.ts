/** A name that a shell can assign to. */
export const isName = (text: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);

/** Edits (insert, delete, replace) between two words, by the rows of the usual matrix. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}

/** ShellCheck 0.11.0 may take one for a misspelling of the other (SC2153, SC2154): equal but for case, or two edits apart. */
export const mayBeMisspelt = (a: string, b: string): boolean =>
  Math.abs(a.length - b.length) <= 2 &&
  ((differingLetters(a, b) <= 4 && editDistance(a, b) <= 2) || a.toLowerCase() === b.toLowerCase());

/** How many letters only one of them has, those that share their last five bits taken for one; an edit changes two at most. Far quicker than the distance. */
function differingLetters(a: string, b: string): number {
  let count = 0;
  for (let rest = lettersOf(a) ^ lettersOf(b); rest !== 0; rest &= rest - 1) count++;
  return count;
}

function lettersOf(word: string): number {
  let letters = 0;
  for (let index = 0; index < word.length; index++) letters |= 1 << (word.charCodeAt(index) & 31);
  return letters;
}
