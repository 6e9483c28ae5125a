import type { Edit } from "./finding.ts";
import type { Fix, Fixer, FixFunction } from "./rule.ts";

/** The one fixer: it only describes edits. */
export const fixer: Fixer = {
  insertTextBefore: ({ range }, text) => ({ range: [range[0], range[0]], text }),
  insertTextAfter: ({ range }, text) => ({ range: [range[1], range[1]], text }),
  insertTextBeforeRange: (range, text) => ({ range: [range[0], range[0]], text }),
  insertTextAfterRange: (range, text) => ({ range: [range[1], range[1]], text }),
  replaceText: ({ range }, text) => ({ range: [range[0], range[1]], text }),
  replaceTextRange: (range, text) => ({ range: [range[0], range[1]], text }),
  remove: ({ range }) => ({ range: [range[0], range[1]], text: "" }),
  removeRange: (range) => ({ range: [range[0], range[1]], text: "" }),
};

/** The edits of a fix function in the order of the file, or `null` when it gives none. Throws where edits overlap. */
export function editsOf(fix: FixFunction | null | undefined): readonly Edit[] | null {
  const result = fix?.(fixer);
  if (!result) return null;
  const edits = isFix(result) ? [result] : [...result];
  if (edits.length === 0) return null;
  edits.sort((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1]);
  for (const [index, edit] of edits.entries()) {
    const next = edits[index + 1];
    if (next && next.range[0] < edit.range[1]) throw new Error("The edits of one fix overlap.");
  }
  return edits;
}

const isFix = (value: Fix | Iterable<Fix>): value is Fix => "range" in value;

/** A text after edits that lie in order and do not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = "";
  let at = 0;
  for (const edit of edits) {
    result += text.slice(at, edit.range[0]) + edit.text;
    at = edit.range[1];
  }
  return result + text.slice(at);
}
