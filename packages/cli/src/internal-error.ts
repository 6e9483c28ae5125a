import { stderr } from "./standard-streams.ts";

/** What is said of a mistake that is ours, with its stack on standard error where that is asked for. */
export function internalError(error: unknown, debug: boolean): string {
  const message = error instanceof Error ? error.message : String(error);
  if (!debug) return `internal error: ${message} (--debug shows where)`;
  if (error instanceof Error) stderr.write(`${error.stack ?? ""}\n`);
  return `internal error: ${message}`;
}
