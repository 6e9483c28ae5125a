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
  a.toLowerCase() === b.toLowerCase() || (Math.abs(a.length - b.length) <= 2 && editDistance(a, b) <= 2);
