export type { RuleCases } from "./cases.ts";
export { type TestRunner, testRuleWith } from "./test-rule-with.ts";
