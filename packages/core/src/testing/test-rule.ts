import { describe, it } from "vitest";
import type { Rule } from "../rule.ts";
import type { RuleCases } from "./cases.ts";
import { testRuleWith } from "./test-rule-with.ts";

/** `testRuleWith` Vitest. */
export const testRule = (rule: Rule, cases: RuleCases): void => testRuleWith({ describe, it }, rule, cases);
