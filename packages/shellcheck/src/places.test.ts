import { describe, expect, test } from "vitest";
import { toRequest, toUtf16 } from "./places.ts";
import type { ShellCheckComment } from "./types.ts";

const place = (line: number, column: number, endLine = line, endColumn = column) => ({
  line,
  column,
  endLine,
  endColumn,
});

describe("toUtf16", () => {
  test("counts a tab as one column", () => {
    expect(toUtf16("\techo $x", 8)(place(1, 14, 1, 16))).toEqual(place(1, 7, 1, 9));
  });

  test("counts a tab up to the next stop", () => {
    expect(toUtf16("ab\t$x", 8)(place(1, 9, 1, 11))).toEqual(place(1, 4, 1, 6));
  });

  test("counts a character outside of the basic plane as two", () => {
    expect(toUtf16("echo \u{1f600} $x", 1)(place(1, 8, 1, 10))).toEqual(place(1, 9, 1, 11));
  });

  test("keeps a place at or past the end of its line", () => {
    expect(toUtf16("\u{1f600}b", 1)(place(1, 3, 1, 4))).toEqual(place(1, 4, 1, 5));
  });

  test("keeps a place on a line that is not there", () => {
    expect(toUtf16("true\n", 8)(place(2, 1, 3, 1))).toEqual(place(2, 1, 3, 1));
  });

  test("looks at each line for itself", () => {
    expect(toUtf16("\ta\nb $x", 8)(place(2, 3, 2, 5))).toEqual(place(2, 3, 2, 5));
  });
});

describe("toRequest", () => {
  const comment = (line: number, more: Partial<ShellCheckComment> = {}): ShellCheckComment => ({
    ...place(line, 3, line, 5),
    code: 2086,
    level: "info",
    message: "Quote it.",
    replacements: [],
    ...more,
  });
  const full = { text: "", lead: 2, exports: 3 };

  test("takes off the lines of the exports", () => {
    expect(toRequest(comment(7), full)).toEqual(comment(3));
  });

  test("keeps comments above the exports", () => {
    expect(toRequest(comment(3), full)).toEqual(comment(2));
  });

  test("drops comments on the exports", () => {
    expect([4, 5, 6].map((line) => toRequest(comment(line), full))).toEqual([null, null, null]);
  });

  test("puts what is said of the shell at the start", () => {
    expect(toRequest(comment(1, { code: 2239 }), full)).toEqual({ ...comment(1, { code: 2239 }), ...place(1, 1) });
  });

  test("drops what is said of how the #! line is written", () => {
    expect(toRequest(comment(1, { code: 2096 }), full)).toBeNull();
  });

  test("moves replacements with their comment", () => {
    const replacements = [{ ...place(7, 3), text: '"' }];
    expect(toRequest(comment(7, { replacements }), full)?.replacements).toEqual([{ ...place(3, 3), text: '"' }]);
  });

  test("drops replacements that reach into the exports", () => {
    const replacements = [
      { ...place(7, 3), text: "a" },
      { ...place(5, 3), text: "b" },
    ];
    expect(toRequest(comment(7, { replacements }), full)?.replacements).toEqual([]);
  });

  test("corrects the line that a message names", () => {
    const message = "This pattern never matches because of a previous pattern on line 8.";
    expect(toRequest(comment(9, { message }), full)?.message).toBe(
      "This pattern never matches because of a previous pattern on line 4.",
    );
  });
});
