import type { Range, Run } from "@stagewright/ast";
import type { SourceCode } from "@stagewright/core";

interface Edit {
  readonly range: Range;
  /** What stands there instead; empty takes the word away. */
  readonly text: string;
}

/** The lines of a RUN with words replaced or taken away; lines that become empty go too. */
export function removeWords({ text, ast }: SourceCode, run: Run, edits: readonly Edit[]): string[] {
  const [start, end] = run.range;
  let result = "";
  let at = start;
  for (const { range, text: own } of edits.toSorted((a, b) => a.range[0] - b.range[0])) {
    const before = text.slice(at, range[0]);
    result += own === "" ? before.replace(/[ \t]+$/, "") + gone : before + own;
    at = range[1];
  }
  const lines = (result + text.slice(at, end)).split(/\r?\n/);
  const kept = lines.filter(
    (line) => !line.includes(gone) || line.replaceAll(gone, "").replace(continuation(ast.escape), "").trim() !== "",
  );
  const last = kept.length - 1;
  return kept
    .map((line) => line.replaceAll(gone, ""))
    .map((line, index) => (index === last ? line.replace(continuation(ast.escape), "") : line));
}

/** Marks where a word was, so that lines that were blank before stay. */
const gone = "\u0000";

const continuation = (escape: string): RegExp => (escape === "\\" ? /\s*\\\s*$/ : /\s*`\s*$/);
