// Written by `npm run generate` from the folders beside it.
import type { Rule } from "@stagewright/core";

export * from "./presets.ts";

/** All rules, by name. */
export const rules: readonly Rule[] = [];
