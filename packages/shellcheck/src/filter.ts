import { whyUnknown } from "./prefilter/index.ts";
import type { ShellCheckRequest } from "./types.ts";

/**
 * Whether ShellCheck would have nothing to say, as far as that is known without it. Nothing is known of a script that is nested deeper than the stack of this
 * thread.
 */
export function isKnownClean(request: ShellCheckRequest): boolean {
  try {
    return whyUnknown(request) === null;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
