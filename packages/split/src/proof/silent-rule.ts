import type { SourceCode } from "@stagewright/core";
import type { Case } from "./case.ts";
import { type Finding, proved } from "./obligations.ts";

/** Whether the last stage of a file carries build tools, with at least that certainty. */
export type Detection = (source: SourceCode, confidence: "medium" | "low") => boolean;

/** O11: the rule about build tools has nothing to say of the result. */
export function silentRule({ after, original }: Case, detect: Detection | null): Finding {
  if (detect === null) return { state: "assumed", sentences: [] };
  return detect(after, "medium")
    ? {
        state: "failed",
        line: original.from.startLine,
        reason: "The rewritten file would still have build tools in its last stage.",
      }
    : proved;
}
