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
  const full = { text: "", lead: 2, exports: 3, cuts: [] };

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

  describe("where parts were left out", () => {
    // In columns 5 and 12 of line 2, 10 and 20 characters.
    const cut = {
      ...full,
      lead: 0,
      exports: 0,
      cuts: [
        { line: 2, column: 5, length: 10 },
        { line: 2, column: 12, length: 20 },
      ],
    };
    const moved = (from: number, to: number) => toRequest(comment(3, place(3, from, 3, to)), cut);

    test("keeps what stands before them, and what ends at them", () => {
      expect(moved(1, 5)).toMatchObject(place(2, 1, 2, 5));
    });

    test("moves what stands behind them", () => {
      expect(moved(6, 12)).toMatchObject(place(2, 16, 2, 22));
      expect(moved(13, 15)).toMatchObject(place(2, 43, 2, 45));
    });

    test("widens what they were part of", () => {
      expect(moved(4, 14)).toMatchObject(place(2, 4, 2, 44));
    });

    test("moves replacements", () => {
      const replacements = [{ ...place(3, 13), text: '"' }];
      expect(toRequest(comment(3, { replacements }), cut)?.replacements).toEqual([{ ...place(2, 43), text: '"' }]);
    });

    test("leaves other lines alone", () => {
      expect(toRequest(comment(4, place(4, 13, 4, 15)), cut)).toMatchObject(place(3, 13, 3, 15));
    });
  });
});
