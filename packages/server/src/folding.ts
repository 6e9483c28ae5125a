import { FoldingRangeKind, type FoldingRange } from "vscode-languageserver";
import { allInstructions, toRange, type View } from "./view.ts";

/** Stages, instructions of several lines, heredocs and blocks of comments. */
export function foldingRanges(view: View): FoldingRange[] {
  const { stages } = view.source.facts;
  const places = [
    ...stages.all.map(
      ({ from, instructions }) => [from.range[0], instructions.at(-1)?.range[1] ?? from.range[1]] as const,
    ),
    ...view.source.ast.instructions.map(({ range }) => range),
    ...allInstructions(view).flatMap((instruction) =>
      "heredocs" in instruction && instruction.heredocs.length > 1
        ? instruction.heredocs.map(({ range }) => range)
        : [],
    ),
  ];
  const folds = places.map((place) => lines(view, place));
  return unique([...folds, ...commentBlocks(view)]);
}

function lines(view: View, range: readonly [number, number]): FoldingRange {
  const { start, end } = toRange(view, range);
  return { startLine: start.line, endLine: end.character === 0 && end.line > start.line ? end.line - 1 : end.line };
}

function commentBlocks(view: View): FoldingRange[] {
  const blocks: FoldingRange[] = [];
  for (const comment of view.source.ast.comments) {
    const { line } = toRange(view, comment.range).start;
    const last = blocks.at(-1);
    if (last && last.endLine === line - 1) last.endLine = line;
    else blocks.push({ startLine: line, endLine: line, kind: FoldingRangeKind.Comment });
  }
  return blocks;
}

function unique(folds: readonly FoldingRange[]): FoldingRange[] {
  const seen = new Map<string, FoldingRange>();
  for (const fold of folds) {
    const key = `${fold.startLine}:${fold.endLine}`;
    if (fold.endLine > fold.startLine && !seen.has(key)) seen.set(key, fold);
  }
  return [...seen.values()].sort((one, other) => one.startLine - other.startLine || other.endLine - one.endLine);
}
