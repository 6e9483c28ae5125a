import { children, type Instruction, type Node, type Range } from "@stagewright/ast";
import type { SourceCode } from "@stagewright/core";
import type * as lsp from "vscode-languageserver";
import { type TextDocument } from "vscode-languageserver-textdocument";

/** One version of an open document with its tree; it never changes, an edit makes a new one. */
export interface View {
  readonly uri: string;
  readonly version: number;
  readonly document: TextDocument;
  readonly source: SourceCode;
}

/** A range of offsets as the protocol's lines and characters, both from 0. */
export const toRange = ({ document }: View, [start, end]: Range): lsp.Range => ({
  start: document.positionAt(start),
  end: document.positionAt(end),
});

export const toOffsets = ({ document }: View, range: lsp.Range): Range => [
  document.offsetAt(range.start),
  document.offsetAt(range.end),
];

/** The offset stands in the range, or right behind it as a cursor does after a word. */
export const touches = ([start, end]: Range, offset: number): boolean => start <= offset && offset <= end;

/** ONBUILD and the instruction in it, or the instruction alone. */
export const unwrapped = (instruction: Instruction): readonly Instruction[] =>
  instruction.type === "Onbuild" && instruction.instruction ? [instruction, instruction.instruction] : [instruction];

/** Instructions in file order, those inside ONBUILD after it. */
export const allInstructions = ({ source }: View): Instruction[] => source.ast.instructions.flatMap(unwrapped);

/** The instruction around an offset, `null` between instructions; the one inside ONBUILD comes before ONBUILD. */
export function instructionAt(view: View, offset: number): Instruction | null {
  const found = view.source.ast.instructions.findLast(({ range }) => touches(range, offset));
  if (!found) return null;
  return unwrapped(found).findLast(({ range }) => touches(range, offset)) ?? found;
}

/** The node and all below it. */
export function* descendants(node: Node): Generator<Node> {
  yield node;
  for (const child of children(node)) yield* descendants(child);
}
