import type { Instruction } from "@stagewright/ast";
import type { SourceCode } from "@stagewright/core";

/** An instruction as it stands in the file, with the comments and blank lines before it; line ends are taken off. */
export interface Block {
  readonly instruction: Instruction;
  readonly before: readonly string[];
  readonly lines: readonly string[];
}

export interface Blocks {
  /** Directives, comments and ARGs before FROM. */
  readonly head: readonly string[];
  /** FROM first. */
  readonly body: readonly Block[];
  readonly tail: readonly string[];
  readonly lineEnd: "\n" | "\r\n";
}

/** Cuts a file with one stage into its instructions. */
export function blocksOf({ text, ast }: SourceCode): Blocks {
  const lines = text.split(/\r?\n/);
  const first = ast.instructions.findIndex(({ type }) => type === "From");
  const from = ast.instructions[first];
  const head = lines.slice(0, (from?.startLine ?? 1) - 1);
  let at = head.length;
  const body = ast.instructions.slice(first).map((instruction) => {
    const before = lines.slice(at, instruction.startLine - 1);
    at = instruction.endLine;
    return { instruction, before, lines: lines.slice(instruction.startLine - 1, instruction.endLine) };
  });
  const tail = lines.slice(at);
  while (tail.at(-1) === "") tail.pop();
  return { head, body, tail, lineEnd: text.includes("\r\n") ? "\r\n" : "\n" };
}
