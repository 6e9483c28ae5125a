export { planSplit } from "./plan.ts";
export type { Carry, Context, Plan, Refusal, Step } from "./types.ts";
