import type { Escape, Instruction } from "@stagewright/ast";
import type { Subject } from "./types.ts";

/** An instruction as it stands in the file, with the comments and blank lines before it; line ends are taken off. */
export interface Block {
  readonly instruction: Instruction;
  readonly before: readonly string[];
  readonly lines: readonly string[];
}

export interface Blocks {
  /** All before the stage: directives, comments and ARGs before FROM, earlier stages. */
  readonly head: readonly string[];
  /** FROM first. */
  readonly body: readonly Block[];
  readonly tail: readonly string[];
  readonly lineEnd: "\n" | "\r\n";
}

/** Cuts the last stage of a file into its instructions. */
export function blocksOf({ source: { text, ast }, stage }: Pick<Subject, "source" | "stage">): Blocks {
  const lines = text.split(/\r?\n/);
  const first = ast.instructions.indexOf(stage.from);
  const from = ast.instructions[first];
  const head = lines.slice(0, (from?.startLine ?? 1) - 1);
  let at = head.length;
  const body = ast.instructions.slice(first).map((instruction) => {
    const before = lines.slice(at, instruction.startLine - 1);
    at = instruction.endLine;
    return { instruction, before, lines: lines.slice(instruction.startLine - 1, instruction.endLine) };
  });
  const last = body.at(-1);
  if (last) body.splice(-1, 1, { ...last, lines: ended(last.lines, ast.escape) });
  const tail = lines.slice(at);
  while (tail.at(-1) === "") tail.pop();
  return { head, body, tail, lineEnd: text.includes("\r\n") ? "\r\n" : "\n" };
}

/** The lines of the file's last instruction without a continuation that nothing follows: behind it another stage would be read as more of the same instruction. */
function ended(lines: string[], escape: Escape): string[] {
  const at = lines.findLastIndex((line) => !/^\s*(?:#|$)/.test(line));
  const line = lines[at]?.trimEnd() ?? "";
  return line.endsWith(escape) ? lines.with(at, line.slice(0, -1).trimEnd()) : lines;
}
