import type { Instruction } from "@stagewright/ast";
import type { Fix, Fixer, SourceCode } from "@stagewright/core";

/** Removes an instruction with the line end after it; comments above it stay. */
export function removeInstruction(fixer: Fixer, sourceCode: SourceCode, node: Instruction): Fix {
  const rest = /^[^\S\r\n]*(\r?\n)?/.exec(sourceCode.text.slice(node.range[1]));
  return fixer.removeRange([node.range[0], node.range[1] + (rest?.[0].length ?? 0)]);
}
