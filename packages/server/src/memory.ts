import { setFlagsFromString } from "node:v8";

/** The last Node whose V8 is known to have the flag; one that lacks it would print an error. */
const newestNode = 24;

/**
 * Has V8 collect garbage when what is alive has grown by 70 percent, not by 300: an editor runs all day, and a linter that waits for the next letter has time for
 * that. docs/internals/decisions/server-memory.md has the figures.
 */
export function keepMemoryLow(): void {
  if (Number.parseInt(process.versions.node, 10) <= newestNode) setFlagsFromString("--heap-growing-percent=70");
}
