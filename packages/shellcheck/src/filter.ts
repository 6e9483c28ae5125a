import { whyUnknown } from "./prefilter/index.ts";
import { type Job, toJob } from "./script.ts";
import type { ShellCheckRequest } from "./types.ts";

/** Whether ShellCheck would have nothing to say, as far as that is known without it. */
export const isKnownClean = (request: ShellCheckRequest): boolean => isCleanJob(toJob(request));

/** The same for a request that was made a job. Nothing is known of a script that is nested deeper than the stack of this thread. */
export function isCleanJob(job: Job): boolean {
  try {
    return whyUnknown(job) === null;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
