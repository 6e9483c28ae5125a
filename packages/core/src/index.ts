export type * from "./finding.ts";
export { severities } from "./finding.ts";
export * from "./requests.ts";
export * from "./rule.ts";
export type * from "./facts/types.ts";
export type { SourceCode } from "./source-code.ts";
