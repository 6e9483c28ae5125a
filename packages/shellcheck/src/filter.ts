import { findSpareParts } from "./condense/index.ts";
import type { Span } from "./condense/segments.ts";
import { whyUnknown } from "./prefilter/index.ts";
import type { Job } from "./script.ts";
import type { ShellCheckRequest } from "./types.ts";

export { whyUnknown };

/**
 * Whether ShellCheck would have nothing to say, as far as that is known without it. Nothing is known of a script that is nested deeper than the stack of this
 * thread.
 */
export const isKnownClean = (request: ShellCheckRequest): boolean =>
  unlessTooDeep(() => whyUnknown(request) === null, false);

/** The parts of a script that ShellCheck need not read; none of one that is nested deeper than the stack of this thread. */
export const spareParts = (job: Job): readonly Span[] => unlessTooDeep(() => findSpareParts(job), []);

function unlessTooDeep<T>(of: () => T, otherwise: T): T {
  try {
    return of();
  } catch (error) {
    if (error instanceof RangeError) return otherwise;
    throw error;
  }
}
