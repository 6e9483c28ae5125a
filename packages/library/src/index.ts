// What `import ... from "stagewright"` gives.
export { parse } from "@stagewright/ast";
export type { Dockerfile, Instruction, Location, Node, Range } from "@stagewright/ast";
export type { Edit, Finding, RelatedPlace, Severity, Suggestion } from "@stagewright/core";
export type { Carry, Plan, Refusal, Step } from "@stagewright/split";
export { fix, type FixOptions, type FixResult } from "./fix.ts";
export { lint, type LintResult } from "./lint.ts";
export { type Config, ConfigurationProblem, type Options } from "./options.ts";
export { split, type SplitOptions } from "./split.ts";
