/** A place in a text: lines and columns from 1, the end exclusive. */
export interface MarkedPlace {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly messageId: string;
  /** The message with its placeholders filled, where it matters. */
  readonly message?: string;
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

const wholePlace = /^( *)(\^+) (\w+)(?: "(.*)")?$/;
const startOfPlace = /^( *)\^+… (\w+)(?: "(.*)")?$/;
const endOfPlace = /^( *)…(\^*)(?: \w+)?$/;
const nearlyCarets = /^\s*…?\^+…?\s*(\w+\s*)?("|$)/;

/**
 * Splits a text from its lines of carets. `^^^ messageId` marks part of the line above it, blanks and carets alone count; `^^^ messageId "its text"`
 * says what the message is, too. Several lines of carets may stand below one line. A place over several lines has `^^^… messageId` under its first line and
 * `…^^^` under its last; the last caret is the last character. Throws for carets that say nothing.
 */
export function readCarets(text: string): { readonly code: string; readonly places: readonly MarkedPlace[] } {
  const lines: string[] = [];
  const places: MarkedPlace[] = [];
  const open: Omit<MarkedPlace, "endLine" | "endColumn">[] = [];
  for (const line of text.split("\n")) {
    const row = lines.length;
    const whole = wholePlace.exec(line);
    const start = startOfPlace.exec(line);
    const end = endOfPlace.exec(line);
    if (whole) {
      const [, blanks = "", carets = "", messageId = "", message] = whole;
      const column = blanks.length + 1;
      const endColumn = column + carets.length;
      places.push({ line: row, column, endLine: row, endColumn, messageId, ...(message !== undefined && { message }) });
    } else if (start) {
      const [, blanks = "", messageId = "", message] = start;
      open.push({ line: row, column: blanks.length + 1, messageId, ...(message !== undefined && { message }) });
    } else if (end) {
      const [, blanks = "", carets = ""] = end;
      const opened = open.pop();
      if (!opened) throw new Error(`Line ${row} of the case ends a place that was not opened.`);
      places.push({ ...opened, endLine: row, endColumn: blanks.length + 2 + carets.length });
    } else if (nearlyCarets.test(line)) {
      throw new Error(`These carets under line ${row} of the case name no message: ${line}`);
    } else lines.push(line);
  }
  if (open.length > 0) throw new Error("A place of the case is opened and not ended.");
  return { code: lines.join("\n"), places: places.sort(byPlace) };
}

/** The text with carets under the places, much as `readCarets` reads it. */
export function drawCarets(code: string, places: readonly MarkedPlace[]): string {
  const below = new Map<number, string[]>();
  const draw = (line: number, column: number, text: string) => {
    below.set(line, [...(below.get(line) ?? []), " ".repeat(Math.max(0, column - 1)) + text]);
  };
  for (const { line, column, endLine, endColumn, messageId, message } of [...places].sort(byPlace)) {
    const label = message === undefined ? messageId : `${messageId} "${message}"`;
    if (line === endLine) {
      const width = endColumn - column;
      draw(line, column, `${width > 0 ? "^".repeat(width) : "(nothing)"} ${label}`);
    } else {
      draw(line, column, `^… ${label}`);
      draw(endLine, endColumn - 2, endColumn > 2 ? "…^" : `… (ends in column ${endColumn})`);
    }
  }
  const lines = code.split("\n");
  return lines.flatMap((line, index) => [line, ...(below.get(index + 1) ?? [])]).join("\n");
}

export const byPlace = (a: MarkedPlace, b: MarkedPlace): number =>
  a.line - b.line ||
  a.column - b.column ||
  a.endLine - b.endLine ||
  a.endColumn - b.endColumn ||
  (a.messageId < b.messageId ? -1 : a.messageId > b.messageId ? 1 : 0);
