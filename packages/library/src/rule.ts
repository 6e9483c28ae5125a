// What `import ... from "stagewright/rule"` gives: all that a rule of one's own needs.
import { createRequire } from "node:module";
import type { Rule } from "@stagewright/core";
import { type RuleCases, type TestRunner, testRuleWith } from "@stagewright/core/testing/runner";

export { createRule } from "@stagewright/core";
export type {
  Facts,
  Fixer,
  Listeners,
  ReportDescriptor,
  Rule,
  RuleContext,
  RuleDocs,
  RuleMeta,
  Settings,
  SourceCode,
} from "@stagewright/core";
export type { RuleCases, TestRunner };

/**
 * Tests a rule: what it allows, and what it reports at which places, marked by carets. Proved for every case without being asked: fixes settle and leave nothing
 * that BuildKit refuses; with CR LF and a byte order mark the same is found; options fit the schema; the examples of the docs hold.
 *
 * Uses the `describe` and `it` that are given, else global ones (Vitest with `globals`, Jest, Mocha), else those of `node:test`.
 */
export function testRule(rule: Rule, cases: RuleCases, runner: TestRunner = foundRunner()): void {
  testRuleWith(runner, rule, cases);
}

function foundRunner(): TestRunner {
  const { describe, it } = globalThis as { describe?: unknown; it?: unknown };
  if (typeof describe === "function" && typeof it === "function") return { describe, it } as TestRunner;
  return createRequire(import.meta.url)("node:test") as TestRunner;
}
