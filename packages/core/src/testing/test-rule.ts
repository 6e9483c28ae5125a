import { describe, it } from "vitest";
import type { Rule } from "../rule.ts";
import type { RuleCases } from "./cases.ts";
import { nothingSeen, proveAllowed, proveExample, provePromises, proveReported } from "./proofs.ts";

/**
 * Tests a rule: what it allows, and what it reports at which places. Proved for every case without being asked: fixes settle and leave nothing that
 * BuildKit refuses, suggestions too; with CR LF and with a byte order mark the same is found and repaired; options fit the schema; what the rule's `meta`
 * says of fixes and suggestions is what was seen; messages are filled and all of them used; the examples of the docs hold.
 */
export function testRule(rule: Rule, { allows, reports }: RuleCases): void {
  const seen = nothingSeen();

  describe(rule.name, () => {
    it.each(Object.entries(allows))("allows %s", (_, value) => {
      proveAllowed(rule, value);
    });

    it.each(Object.entries(reports))("reports %s", (_, value) => {
      proveReported(rule, value, seen);
    });

    it.each([...rule.meta.docs.examples.entries()])("keeps what example %i of its docs says", (_, example) => {
      proveExample(rule, example, seen);
    });

    it("has cases for all that its meta promises", () => {
      provePromises(rule, seen);
    });
  });
}
