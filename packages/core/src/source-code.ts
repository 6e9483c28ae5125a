import type { Comment, Dockerfile, Location, Node, Range } from "@stagewright/ast";
import type { Facts } from "./facts/types.ts";
import type { Answers } from "./requests.ts";

/** A parsed file with what rules ask about it. The methods are those of ESLint's `TextSourceCodeBase`, and a few more. */
export interface SourceCode {
  readonly text: string;
  /** Without line ends. */
  readonly lines: readonly string[];
  readonly ast: Dockerfile;
  readonly comments: readonly Comment[];
  readonly facts: Facts;
  /** What the host knows of the outside world. */
  readonly answers: Answers;
  /** The same tree with other answers, and with facts of its own. */
  withAnswers(answers: Answers): SourceCode;
  getText(node?: { readonly range: Range } | null, before?: number, after?: number): string;
  getParent(node: Node): Node | null;
  getAncestors(node: Node): Node[];
  getRange(node: { readonly range: Range }): Range;
  getLoc(node: { readonly loc: Location }): Location;
  /** Offsets to lines and columns, both from 1. */
  locate(range: Range): Location;
  getIndexFromLoc(position: { line: number; column: number }): number;
  getLocFromIndex(index: number): { line: number; column: number };
}
