import { type Range, sourceOffset, sourceRange } from "@stagewright/ast";
import type { Edit, ShellCheckComment, ShellCheckReplacement } from "@stagewright/core";
import type { ScriptText } from "./script-text.ts";

/** ShellCheck's replacements as edits of the file; `null` where it has none, or where one would reach over a continuation. */
export function repairOf(comment: ShellCheckComment, text: ScriptText): Edit[] | null {
  const edits = comment.replacements.map((replacement) => editOf(replacement, comment, text));
  if (edits.length === 0 || edits.includes(null)) return null;
  return (edits as Edit[]).sort((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1]);
}

function editOf(replacement: ShellCheckReplacement, comment: ShellCheckComment, text: ScriptText): Edit | null {
  const [start, end] = spanOf(replacement, text);
  if (start === end) {
    const [first] = spanOf(comment, text);
    // Behind a word is before the continuation that follows it, not behind that one.
    const offset = start > first ? sourceOffset(text, start - 1) + 1 : sourceOffset(text, start);
    return { range: [offset, offset], text: replacement.text };
  }
  const range: Range = sourceRange(text, start, end);
  return range[1] - range[0] === end - start ? { range, text: replacement.text } : null;
}

type Span = Pick<ShellCheckComment, "line" | "column" | "endLine" | "endColumn">;

const spanOf = ({ line, column, endLine, endColumn }: Span, text: ScriptText) =>
  [text.indexOf({ line, column }), text.indexOf({ line: endLine, column: endColumn })] as const;

/**
 * The repair certainly keeps what the script does. Of all that ShellCheck repairs that is only `...` as $(...), and only where nothing
 * in it is read in another way between parentheses: an escape, a quote, a comment, a second parenthesis.
 */
export function keepsMeaning(comment: ShellCheckComment, text: ScriptText): boolean {
  if (comment.code !== 2006) return false;
  const [start, end] = spanOf(comment, text);
  return (
    /^`\s*[^\s(\\"#`][^\\"#`]*`$/.test(text.value.slice(start, end)) && !/\bcase\b/.test(text.value.slice(start, end))
  );
}

/** Where to report: what ShellCheck points at, or, where that is a place between two characters, the character that follows on its line. */
export function rangeOf(comment: ShellCheckComment, text: ScriptText): Range {
  const [start, end] = spanOf(comment, text);
  if (end > start) return sourceRange(text, start, end);
  const { value } = text;
  if (start < value.length && value[start] !== "\n") return sourceRange(text, start, start + 1);
  return start > 0 && value[start - 1] !== "\n" ? sourceRange(text, start - 1, start) : sourceRange(text, start, start);
}
