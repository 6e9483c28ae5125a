import type { SourceCode } from "@stagewright/core";
import { planSplit } from "./plan.ts";
import type { Context } from "./types.ts";

/** A file as a multi-stage build, for the one who decides on it. */
export interface SplitSuggestion {
  readonly text: string;
  /** Each in one sentence; empty where nothing is assumed. */
  readonly assumptions: readonly string[];
}

/** What `stagewright split` makes of a file, or `null` where it refuses; nothing is read but the text, unless a context is given. */
export function suggestSplit(source: SourceCode, context: Context | null = null): SplitSuggestion | null {
  const plan = planSplit(source, context);
  return plan.status === "refused" ? null : { text: plan.text, assumptions: plan.assumptions };
}
