export { cacheKey } from "./cache.ts";
export { createShellCheck, type ShellCheck, type ShellCheckOptions, type ShellCheckStats } from "./shellcheck.ts";
export type {
  Level,
  Place,
  ShellCheckComment,
  ShellCheckReplacement,
  ShellCheckRequest,
  ShellCheckResult,
} from "./types.ts";
export { shellCheckVersion } from "./version.ts";
export { whyUnknown } from "./filter.ts";
export { toJob } from "./script.ts";
