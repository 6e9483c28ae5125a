export type { ReportingCase, RuleCase, RuleCases } from "./cases.ts";
export { testRule } from "./test-rule.ts";
