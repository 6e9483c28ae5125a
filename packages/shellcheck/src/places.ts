import type { Cut, FullScript } from "./script.ts";
import type { Place, ShellCheckComment } from "./types.ts";

/** Width of a tab in the columns of an engine. */
export type TabWidth = 1 | 8;

/**
 * Makes columns in UTF-16 code units out of an engine's, which count code points, a tab as one or up to the next stop of 8.
 * Columns past the end of a line stay as far past it.
 */
export function toUtf16(script: string, tabWidth: TabWidth): <T extends Place>(place: T) => T {
  const lines = script.split("\n");
  const column = (line: number, wanted: number): number => {
    let seen = 0;
    let units = 0;
    for (const character of lines[line - 1] ?? "") {
      seen += character === "\t" ? tabWidth - (seen % tabWidth) : 1;
      if (seen >= wanted) return units + 1;
      units += character.length;
    }
    return units + wanted - seen;
  };
  return (place) => ({
    ...place,
    column: column(place.line, place.column),
    endColumn: column(place.endLine, place.endColumn),
  });
}

/** What ShellCheck says of a shell that it does not know, or that is no absolute path. */
const aboutShell: ReadonlySet<number> = new Set([1008, 1071, 2239]);

/**
 * Moves a comment from the full script to the request's. Comments on the exports and on how the `#!` line is written are nobody's
 * and go (`null`); those about the shell itself stand at the start of the script.
 */
export function toRequest(comment: ShellCheckComment, { lead, exports, cuts }: FullScript): ShellCheckComment | null {
  if (comment.line === 1) {
    if (!aboutShell.has(comment.code)) return null;
    return { ...comment, line: 1, column: 1, endLine: 1, endColumn: 1, replacements: [] };
  }
  const isExport = (line: number) => line > 1 + lead && line <= 1 + lead + exports;
  if (isExport(comment.line)) return null;
  const place = (line: number) => (line <= 1 + lead ? line - 1 : line - 1 - exports);
  const move = <T extends Place>(part: T): T =>
    uncut({ ...part, line: place(part.line), endLine: place(part.endLine) }, cuts);
  const inside = comment.replacements.every(({ line, endLine }) => line > 1 && !isExport(line) && !isExport(endLine));
  return {
    ...move(comment),
    message: comment.message.replace(/(?<= on line )\d+(?=\.$)/, (line) => String(place(Number(line)))),
    replacements: inside ? comment.replacements.map(move) : [],
  };
}

/** Puts back the width of what was left out. Nothing begins where something was left out, and what ends there ends before it. */
function uncut<T extends Place>(part: T, cuts: readonly Cut[]): T {
  if (cuts.length === 0) return part;
  const widthBefore = (line: number, column: number) =>
    cuts.reduce((width, cut) => (cut.line === line && cut.column < column ? width + cut.length : width), 0);
  return {
    ...part,
    column: part.column + widthBefore(part.line, part.column),
    endColumn: part.endColumn + widthBefore(part.endLine, part.endColumn),
  };
}
