import { expect, test } from "vitest";
import { timeLeft } from "./progress.ts";

test.each([
  [1000, 0, ""],
  [1000, 0.01, ""],
  [1000, 0.5, ", 1 s left"],
  [10_000, 0.1, ", 1 min 30 s left"],
  [30_000, 0.25, ", 1 min 30 s left"],
  [5000, 0.999, ", 1 s left"],
  [5000, 1, ""],
])("after %i ms, with %d of it done: `%s`", (milliseconds, done, said) => {
  expect(timeLeft(milliseconds, done)).toBe(said);
});
