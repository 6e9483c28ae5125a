import { expect, test } from "vitest";
import { isKnownClean } from "./filter.ts";

const isClean = (script: string) => isKnownClean({ shell: "/bin/sh", variables: [], script });

test("nothing is known of a script that is nested deeper than the stack", () => {
  expect(isClean("{ make; }")).toBe(true);
  expect(isClean(`${"{ ".repeat(20_000)}make${"; }".repeat(20_000)}`)).toBe(false);
});
