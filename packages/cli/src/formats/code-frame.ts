import type { Location } from "@stagewright/ast";
import type { Severity } from "@stagewright/core";
import type { Styles } from "./styles.ts";

/** The line of a finding with its place underlined, cut to the width of the terminal around the place; a place over several lines shows its first and last line. */
export function codeFrame(
  lines: readonly string[],
  { start, end }: Location,
  styles: Styles,
  width: number,
  severity: Severity,
): string[] {
  const first = lines[start.line - 1];
  if (first === undefined) return [];
  const several = end.line > start.line;
  const gutter = String(several ? end.line : start.line).length;
  const room = Math.max(20, width - gutter - 7);
  const stop = several ? first.trimEnd().length + 1 : end.column;
  const frame = [...underlined(first, start.line, start.column, stop)];
  if (several) {
    const last = lines[end.line - 1] ?? "";
    if (end.line > start.line + 1) frame.push(`    ${styles.dim(`${" ".repeat(gutter)} ⋮`)}`);
    frame.push(...underlined(last, end.line, last.length - last.trimStart().length + 1, end.column));
  }
  return frame;

  function underlined(line: string, number: number, column: number, endColumn: number): string[] {
    const { shown, offset } = cut(line, column - 1, endColumn - 1, room);
    const from = columnsOf(shown, column - 1 - offset);
    const to = Math.max(from + 1, columnsOf(shown, Math.min(endColumn - 1 - offset, shown.length)));
    const label = String(number).padStart(gutter);
    return [
      `    ${styles.dim(`${label} │`)} ${expandTabs(shown)}`,
      `    ${styles.dim(`${" ".repeat(gutter)} │`)} ${" ".repeat(from)}${styles.severity(severity, "^".repeat(Math.max(1, Math.min(to - from, room))))}`,
    ];
  }
}

/** The part of a line around a place that fits. */
function cut(line: string, start: number, end: number, room: number): { shown: string; offset: number } {
  if (columnsOf(line, line.length) <= room) return { shown: line, offset: 0 };
  const middle = Math.min(
    start,
    Math.max(0, Math.floor((start + Math.min(end, start + room)) / 2) - Math.floor(room / 2)),
  );
  const offset = start < room - 10 && end < room ? 0 : middle;
  const left = offset > 0 ? "…" : "";
  const shown = line.slice(offset, offset + room - 2);
  const right = offset + room - 2 < line.length ? "…" : "";
  return { shown: `${left}${shown.slice(left.length)}${right}`, offset };
}

const expandTabs = (text: string) => text.replaceAll("\t", "    ");

/** Columns that the first characters of a text take; East Asian wide characters take two. */
function columnsOf(text: string, length: number): number {
  let columns = 0;
  for (const character of text.slice(0, Math.max(0, length))) {
    columns +=
      character === "\t"
        ? 4
        : /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}]/u.test(
              character,
            )
          ? 2
          : 1;
  }
  return columns;
}
