import { describe, expect, test } from "vitest";
import { expandWord, unset } from "./expand.ts";

const values: Readonly<Record<string, string | null>> = {
  A: "abc",
  EMPTY: "",
  FILE: "/foo/bar/o.tar.gz",
  SECRET: null,
};

const lookup = (name: string) => (name === "DECLARED" ? unset : values[name]);
const expand = (text: string) => expandWord(text, "\\", lookup);

describe("expandWord", () => {
  test.each([
    ["plain", "plain"],
    ["$A", "abc"],
    ["${A}def", "abcdef"],
    ["$Adef", ""],
    ["$", "$"],
    ["a$", "a$"],
    ["$NONE", ""],
    ["'$A'", "$A"],
    ['"$A"', "abc"],
    ["\\$A", "$A"],
    ['"\\$A"', "$A"],
    ['"a\\b"', "a\\b"],
    ["a\\b", "ab"],
    ["${NONE:-x}", "x"],
    ["${EMPTY:-x}", "x"],
    ["${EMPTY-x}", ""],
    ["${NONE-x}", "x"],
    ["${A:+x}", "x"],
    ["${EMPTY:+x}", ""],
    ["${EMPTY+x}", "x"],
    ["${NONE+x}", ""],
    ["${A:?no}", "abc"],
    ["${NONE:-${A}}", "abc"],
    ["${NONE:-'$A'}", "$A"],
    ["${FILE#*/}", "foo/bar/o.tar.gz"],
    ["${FILE##*/}", "o.tar.gz"],
    ["${FILE%.*}", "/foo/bar/o.tar"],
    ["${FILE%%.*}", "/foo/bar/o"],
    ["${FILE#/???}", "/bar/o.tar.gz"],
    ["${FILE/o/0}", "/f0o/bar/o.tar.gz"],
    ["${FILE//o/0}", "/f00/bar/0.tar.gz"],
    ["${FILE//\\//-}", "-foo-bar-o.tar.gz"],
    ["${A#\\*}", "abc"],
  ])("reads %s", (text, expected) => {
    expect(expand(text)).toBe(expected);
  });

  test.each([
    "'open",
    '"open',
    "${A",
    "${}",
    "${:-x}",
    "${A:}",
    "${A:#x}",
    "${A!x}",
    "${NONE?}",
    "${EMPTY:?}",
    "${NONE:?told}",
    "${A/x}",
    "${A#\\x}",
  ])("has no value for %s, which BuildKit refuses", (text) => {
    expect(expand(text)).toBeNull();
  });

  test.each([
    ["$SECRET", null],
    ["${SECRET:-x}", null],
    ["${SECRET:+x}", null],
    ["${A:-$SECRET}", "abc"],
    ["${A:+$SECRET}", null],
    ["${NONE:-$SECRET}", null],
    ["${NONE:-${A:+$SECRET}}b", null],
    ["${A:-${SECRET}}b", "abcb"],
  ])("keeps apart what is not known: %s", (text, expected) => {
    expect(expand(text)).toBe(expected);
  });

  test.each([
    ["$DECLARED", null],
    ["${DECLARED}", null],
    ["${DECLARED:-x}", "x"],
    ["${DECLARED-x}", "x"],
    ["${DECLARED:+x}", ""],
    ["${DECLARED#x}", null],
  ])("takes an ARG without a value for missing where there is a default: %s", (text, expected) => {
    expect(expand(text)).toBe(expected);
  });

  test("escapes with a backtick when the file says so", () => {
    expect(expandWord("C:\\dir\\`$A$A", "`", lookup)).toBe("C:\\dir\\$Aabc");
  });
});
