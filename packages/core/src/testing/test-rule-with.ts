import type { Rule } from "../rule.ts";
import type { RuleCases } from "./cases.ts";
import { nothingSeen, proveAllowed, proveExample, provePromises, proveReported } from "./proofs.ts";

/** The part of a test runner that is used; Vitest, Jest, Mocha and `node:test` all have it. */
export interface TestRunner {
  describe(name: string, work: () => void): unknown;
  it(name: string, work: () => void): unknown;
}

/**
 * Tests a rule: what it allows, and what it reports at which places. Proved for every case without being asked: fixes settle and leave nothing that
 * BuildKit refuses, suggestions too; with CR LF and with a byte order mark the same is found and repaired; options fit the schema; what the rule's `meta`
 * says of fixes and suggestions is what was seen; messages are filled and all of them used; the examples of the docs hold.
 */
export function testRuleWith({ describe, it }: TestRunner, rule: Rule, { allows, reports }: RuleCases): void {
  const seen = nothingSeen();

  describe(rule.name, () => {
    for (const [name, value] of Object.entries(allows)) {
      it(`allows ${name}`, () => proveAllowed(rule, value));
    }
    for (const [name, value] of Object.entries(reports)) {
      it(`reports ${name}`, () => proveReported(rule, value, seen));
    }
    for (const [index, example] of rule.meta.docs.examples.entries()) {
      it(`keeps what example ${index} of its docs says`, () => proveExample(rule, example, seen));
    }
    it("has cases for all that its meta promises", () => provePromises(rule, seen));
  });
}
