import { expect, test } from "vitest";
import { isKnownClean } from "./filter.ts";

const isClean = (script: string) => isKnownClean({ shell: "/bin/sh", variables: [], script });

test("nothing is known of a script that is nested deeper than the stack", () => {
  expect(isClean("{ make; }")).toBe(true);
  expect(isClean(`${"{ ".repeat(20_000)}make${"; }".repeat(20_000)}`)).toBe(false);
});

test("of variables with one name the last value counts, and names that a shell cannot hold are none", () => {
  const isCleanWith = (...variables: readonly (readonly [name: string, value: string | null])[]) =>
    isKnownClean({
      shell: "/bin/sh",
      variables: variables.map(([name, value]) => ({ name, value })),
      script: "make $FLAGS",
    });
  expect(isCleanWith(["FLAGS", "-a"])).toBe(true);
  expect(isCleanWith(["FLAGS", "-a"], ["FLAGS", "-a -b"])).toBe(false);
  expect(isCleanWith(["FLAGS", "-a -b"], ["FLAGS", "-a"])).toBe(true);
  expect(isCleanWith(["FLAGS", "-a"], ["make ", '"a b"'])).toBe(true);
});
