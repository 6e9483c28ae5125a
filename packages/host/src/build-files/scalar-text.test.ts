import { sourceOffset } from "@stagewright/ast";
import fc from "fast-check";
import { Document, isScalar, parseDocument, Scalar } from "yaml";
import { expect, test } from "vitest";
import { scalarText } from "./scalar-text.ts";

/** Where each character of the value `a` stands in a YAML file, or `null`. */
function placesIn(file: string): { value: string; offsets: number[] | null } {
  const scalar = parseDocument(file).get("a", true);
  if (!isScalar(scalar)) throw new Error(file);
  const { value, map } = scalarText(scalar as Scalar<string>, file);
  return { value, offsets: map && Array.from(value.split(""), (_, index) => sourceOffset(map, index)) };
}

const line = fc.string({
  unit: fc.constantFrom("F", "a", " ", "'", '"', "\\", "#", ":", "é", "😀", "\t"),
  maxLength: 12,
});
const texts = fc.array(line, { maxLength: 8 }).map((lines) => lines.join("\n"));
const styles = fc.constantFrom<Scalar.Type>("BLOCK_FOLDED", "BLOCK_LITERAL", "PLAIN", "QUOTE_DOUBLE", "QUOTE_SINGLE");

test("each character of a text has its place in the file, in whatever style it is written", () => {
  fc.assert(
    fc.property(texts, styles, fc.constantFrom(20, 80), fc.boolean(), (text, type, lineWidth, isWindows) => {
      const scalar = new Scalar(text);
      scalar.type = type;
      const written = new Document({ a: scalar, b: 1 }).toString({ lineWidth });
      const file = isWindows ? written.replaceAll("\n", "\r\n") : written;
      fc.pre(parseDocument(file).errors.length === 0);
      const { value, offsets } = placesIn(file);
      expect({ file, offsets }).not.toMatchObject({ offsets: null });
      const wrong = value.split("").filter((character, index) => {
        const at = offsets?.[index] ?? -1;
        return !/\s/.test(character) && file[at] !== character && file[at] !== "\\";
      });
      expect({ file, wrong }).toEqual({ file, wrong: [] });
    }),
    { numRuns: 200 },
  );
});

test.each([
  ["a folded block", "a: >\n  FROM a\n\n  USER b\n    more\n", "USER", 17],
  ["a folded block with its indentation", "a: >2-\n    FROM a\n\n  USER b\n", "USER", 21],
  ["double quotes with an escaped break", 'a: "FROM a\\n\\\n  USER b"', "USER", 16],
  ["escapes of several lengths", 'a: "\\x41\\u00e9\\U0001F600\\tUSER"', "USER", 26],
  ["single quotes", "a: 'it''s\n\n  USER'", "USER", 13],
  ["a plain text", "a: FROM a\n\n  USER b", "USER", 13],
])("%s", (_, file, word, offset) => {
  const { value, offsets } = placesIn(file);
  expect(offsets?.[value.indexOf(word)]).toBe(offset);
});
