export { gapsOf, type Gap } from "./gaps.ts";
export type { Obligation } from "./obligations.ts";
export { planSplit } from "./plan.ts";
export type { Carry, Context, Plan, Refusal, Step } from "./types.ts";
export { type SplitSuggestion, suggestSplit } from "./suggest.ts";
