import { expect, test } from "vitest";
import { columnsOf } from "./columns.ts";

test.each([
  ["a", 1],
  ["é", 1],
  ["\u0301", 0],
  ["\u200d", 0],
  ["語", 2],
  ["한", 2],
  ["Ａ", 2],
  ["🎉", 2],
  ["✅", 2],
  ["⭐", 2],
  ["⌚", 2],
  ["✔", 1],
  ["🌡", 1],
  ["🇩", 1],
])("%s takes %i columns", (character, columns) => {
  expect(columnsOf(character)).toBe(columns);
});
