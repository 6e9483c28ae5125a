import type { Instruction, Run } from "@stagewright/ast";
import type { Assumption } from "../proof/obligations.ts";
import { type Carry, Refused, type Step } from "../types.ts";

/** What becomes of an instruction in the last stage. */
export interface Fate {
  readonly change: Step["change"];
  readonly why: string;
  /** What stands in its place, for `edited` and `replaced`. */
  readonly lines?: readonly string[];
}

export interface Verdict {
  of(instruction: Instruction): Fate;
  readonly carries: readonly Carry[];
  readonly assumptions: readonly Assumption[];
  /** Packages that the last stage installs. */
  readonly keptPackages: readonly string[];
  /** The lines of RUNs have the COPYs of the carried paths already. */
  readonly placed?: boolean;
}

export const kept: Fate = { change: "none", why: "The image needs it when it runs." };

export function mixed({ startLine }: Run, name: string): Refused {
  return new Refused(
    "mixed-run",
    startLine,
    `This RUN builds, and \`${name}\` in it changes the image that runs.`,
    `Give \`${name}\` a RUN of its own.`,
  );
}
