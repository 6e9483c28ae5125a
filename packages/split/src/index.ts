export { gapsOf, type Gap } from "./gaps.ts";
export type { Obligation } from "./proof/obligations.ts";
export type { Detection } from "./proof/silent-rule.ts";
export { planSplit, type SplitOptions } from "./plan.ts";
export type { Carry, Context, Plan, Refusal, Step } from "./types.ts";
export { type SplitSuggestion, suggestSplit } from "./suggest.ts";
