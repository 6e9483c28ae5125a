import type { Answers } from "../requests.ts";
import type { Settings } from "../rule.ts";

/** A Dockerfile and what surrounds it. */
export interface RuleCase {
  /** Indentation common to all lines is taken off, and a first and last empty line. */
  readonly code: string;
  /** `code` is taken as it is, and has no lines of carets: for tabs, CR LF and the like. */
  readonly raw?: boolean;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly settings?: Settings;
  readonly filename?: string;
  readonly answers?: Answers;
}

/** What is reported stands in `code`: carets under each place, with the id of its message behind them. */
export interface ReportingCase extends RuleCase {
  /** The text after all fixes; needed where there is a fix, absent where there is none. */
  readonly output?: string;
  /** The texts after each suggestion alone, in the order of the findings; needed where there are suggestions. */
  readonly suggestions?: readonly string[];
  /** Messages in the order of the findings, where their text matters. */
  readonly messages?: readonly string[];
  /** Codes in the order of the findings. */
  readonly codes?: readonly (readonly string[])[];
}

export interface RuleCases {
  /** By what completes "allows ...". */
  readonly allows: Readonly<Record<string, string | RuleCase>>;
  /** By what completes "reports ...". */
  readonly reports: Readonly<Record<string, string | ReportingCase>>;
}

/** A place in a text: lines and columns from 1, the end exclusive. */
export interface ExpectedPlace {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly messageId: string;
}

/** Takes off the indentation that all lines share, and the first and last line where they are empty. */
export function dedent(text: string): string {
  if (!text.includes("\n")) return text;
  const lines = text.split("\n");
  if (lines[0]?.trim() === "") lines.shift();
  const last = lines.at(-1)?.trim() === "" ? lines.pop() : undefined;
  const widths = lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length);
  const width = widths.length === 0 ? 0 : Math.min(...widths);
  return lines.map((line) => line.slice(width)).join("\n") + (last === undefined ? "" : "\n");
}

/**
 * Splits a text from its lines of carets. `^^^ id` marks part of the line above; a place over several lines has `^^^… id` under its first line and
 * `…^^^` under its last.
 */
export function readCarets(text: string): { readonly code: string; readonly places: readonly ExpectedPlace[] } {
  const lines: string[] = [];
  const places: ExpectedPlace[] = [];
  const open: { line: number; column: number; messageId: string }[] = [];
  for (const line of text.split("\n")) {
    const match = /^(\s*)(…?)(\^+)(…?)(?: (\w+))?$/.exec(line);
    if (!match) {
      lines.push(line);
      continue;
    }
    const [, blanks = "", ends, carets = "", goesOn, messageId = ""] = match;
    const row = lines.length;
    const column = blanks.length + 1 + (ends ? 1 : 0);
    if (goesOn) open.push({ line: row, column, messageId });
    else if (ends) {
      const start = open.pop();
      if (!start) throw new Error(`Line ${row} of the case ends a place that was not opened.`);
      places.push({ ...start, endLine: row, endColumn: column + carets.length });
    } else places.push({ line: row, column, endLine: row, endColumn: column + carets.length, messageId });
  }
  if (open.length > 0) throw new Error("A place of the case is opened and not ended.");
  return { code: lines.join("\n"), places: places.sort((a, b) => a.line - b.line || a.column - b.column) };
}

/** The text with carets under the places, as `readCarets` reads it. */
export function drawCarets(code: string, places: readonly ExpectedPlace[]): string {
  const lines = code.split("\n");
  const drawn = lines.flatMap((line, index) => {
    const row = index + 1;
    return [
      line,
      ...places.flatMap((place) => {
        const { line: first, column, endLine, endColumn, messageId } = place;
        if (first === row && endLine === row) {
          return [`${" ".repeat(column - 1)}${"^".repeat(Math.max(1, endColumn - column))} ${messageId}`];
        }
        if (first === row) return [`${" ".repeat(column - 1)}^… ${messageId}`];
        return endLine === row ? [`${" ".repeat(Math.max(0, endColumn - 3))}…^`] : [];
      }),
    ];
  });
  return drawn.join("\n");
}
