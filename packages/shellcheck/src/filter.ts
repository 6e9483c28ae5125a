import { whyUnknown } from "./prefilter/index.ts";
import { toJob } from "./script.ts";
import type { ShellCheckRequest } from "./types.ts";

/** Whether ShellCheck would have nothing to say, as far as that is known without it. */
export const isKnownClean = (request: ShellCheckRequest): boolean => whyUnknown(toJob(request)) === null;
