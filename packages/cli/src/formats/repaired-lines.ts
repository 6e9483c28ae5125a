import type { Edit } from "@stagewright/core";
import { widthOf } from "./columns.ts";
import type { EditPlaces } from "./places.ts";
import { printable } from "./printable.ts";

/** More lines than this say less than a word. */
const most = 2;

/** The lines that edits lead to, or `null` where they are removed, too many, or too wide to be shown. */
export function repairedLines(
  edits: readonly Edit[],
  { lines, places }: { readonly lines: readonly string[]; readonly places: EditPlaces },
  width: number,
): string[] | null {
  const located = edits
    .map((edit) => ({ loc: places.of(edit), text: edit.text }))
    .sort((a, b) => a.loc.start.line - b.loc.start.line || a.loc.start.column - b.loc.start.column);
  const first = located[0]?.loc.start.line;
  const last = located.at(-1)?.loc.end.line;
  if (first === undefined || last === undefined) return null;
  let result = "";
  let at = { line: first, column: 1 };
  for (const { loc, text } of located) {
    result += between(lines, at, loc.start) + text;
    at = loc.end;
  }
  result += (lines[at.line - 1] ?? "").slice(at.column - 1);
  const shown = result.replace(/\n$/, "").split("\n");
  const cells = shown.map((line) => printable(line.replace(/\r$/, "").replaceAll("\t", "    ")));
  const fits = shown.length <= most && cells.some((line) => line.trim() !== "");
  return fits && cells.every((line) => widthOf(line) <= width) ? cells : null;
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
