import type { Range } from "@stagewright/ast";
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

/**
 * The edits of a fix function in the order of the file, or `null` when it gives none. Line ends are written as the file has them, and nothing goes
 * before its byte order mark. Throws where edits overlap or leave the file.
 */
export function editsOf(fix: FixFunction | null | undefined, text: string): readonly Edit[] | null {
  const result = fix?.(fixer);
  if (!result) return null;
  const edits = isFix(result) ? [result] : [...result];
  if (edits.length === 0) return null;
  edits.sort(byStart);
  for (const [index, { range }] of edits.entries()) {
    if (range[0] > range[1] || range[0] < 0 || range[1] > text.length) {
      throw new Error(`A fix edits from ${range[0]} to ${range[1]} in a file of ${text.length} characters.`);
    }
    const next = edits[index + 1];
    if (next && next.range[0] < range[1]) throw new Error("The edits of one fix overlap.");
  }
  return edits.map((edit) => keepFormat(edit, text));
}

const isFix = (value: Fix | Iterable<Fix>): value is Fix => "range" in value;

function keepFormat({ range, text }: Fix, file: string): Edit {
  const first = file.startsWith("\ufeff") ? 1 : 0;
  return {
    range: range[0] < first ? [first, Math.max(first, range[1])] : range,
    text: text.includes("\n") && hasCarriageReturns(file) ? text.replace(/\r?\n/g, "\r\n") : text,
  };
}

const hasCarriageReturns = (file: string) => file[file.indexOf("\n") - 1] === "\r";

/** A text after edits that do not overlap; two insertions at one place stand in the order given. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = "";
  let at = 0;
  for (const edit of edits.toSorted(byStart)) {
    result += text.slice(at, edit.range[0]) + edit.text;
    at = edit.range[1];
  }
  return result + text.slice(at);
}

/** In the order of the file, insertions before what they stand in front of. */
export const byStart = (a: { readonly range: Range }, b: { readonly range: Range }): number =>
  a.range[0] - b.range[0] || a.range[1] - b.range[1];
