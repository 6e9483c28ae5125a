import { createSourceCode } from "@stagewright/core";
import { carriesBuildTools, folderContext } from "@stagewright/host";
import { type Plan, planSplit, type Refusal } from "@stagewright/split";

export interface SplitOptions {
  /** The folder that the file is built with, which the plan may read; `null` to work from the text alone. Default `null`. */
  readonly context?: string | null;
  /** Keeps COPYs of sources in the last stage, as the program may read them. Default `false`. */
  readonly keepSources?: boolean;
}

/** Plans a single-stage Dockerfile as a multi-stage build, or says why not. Deterministic; never throws for what the text holds. */
export function split(text: string, { context = null, keepSources = false }: SplitOptions = {}): Plan | Refusal {
  return planSplit(createSourceCode(text), context === null ? null : folderContext(context), {
    detect: carriesBuildTools,
    keepSources,
  });
}
