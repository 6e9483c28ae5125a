import type { Location } from "@stagewright/ast";
import type { Edit } from "@stagewright/core";
import { cut } from "./code-frame.ts";
import type { EditPlaces } from "./places.ts";

/** More lines than this say less than a word. */
const most = 2;

/** What edits come to: lines, cut to `width` columns around what is new; lines that go, by their numbers; `null` for what does not fit into a few lines. */
export function repairedLines(
  edits: readonly Edit[],
  { lines, places }: { readonly lines: readonly string[]; readonly places: EditPlaces },
  width: number,
): { readonly lines: readonly string[] } | { readonly removed: readonly [first: number, last: number] } | null {
  const located = edits
    .map((edit) => ({ loc: places.of(edit), text: edit.text }))
    .sort((a, b) => a.loc.start.line - b.loc.start.line || a.loc.start.column - b.loc.start.column);
  const first = located[0]?.loc.start.line;
  const last = located.at(-1)?.loc.end.line;
  if (first === undefined || last === undefined) return null;
  const removed = removedLines(located);
  if (removed) return { removed };
  let result = "";
  let from: number | null = null;
  let to = 0;
  let at = { line: first, column: 1 };
  for (const { loc, text } of located) {
    result += between(lines, at, loc.start);
    from ??= result.length;
    result += text;
    to = result.length;
    at = loc.end;
  }
  result += (lines[at.line - 1] ?? "").slice(at.column - 1);
  const shown = result.replace(/\n$/, "").split("\n");
  if (shown.length > most || result.trim() === "") return null;
  let offset = 0;
  const fitting = shown.map((line) => {
    const start = offset;
    offset += line.length + 1;
    const within = (index: number) => Math.min(Math.max(index - start, 0), line.length);
    return cut(line.replace(/\r$/, ""), within(from ?? 0), within(to), width).shown;
  });
  return { lines: fitting };
}

/** The lines that one edit takes away as a whole. */
function removedLines(
  edits: readonly { readonly loc: Location; readonly text: string }[],
): readonly [first: number, last: number] | null {
  const [edit] = edits;
  if (!edit || edits.length > 1 || edit.text !== "") return null;
  const { start, end } = edit.loc;
  return start.column === 1 && end.column === 1 && end.line > start.line ? [start.line, end.line - 1] : null;
}

interface Point {
  readonly line: number;
  readonly column: number;
}

function between(lines: readonly string[], from: Point, to: Point): string {
  if (from.line === to.line) return (lines[from.line - 1] ?? "").slice(from.column - 1, to.column - 1);
  return [
    (lines[from.line - 1] ?? "").slice(from.column - 1),
    ...lines.slice(from.line, to.line - 1),
    (lines[to.line - 1] ?? "").slice(0, to.column - 1),
  ].join("\n");
}
