import { oncePerList } from "../once-per-list.ts";
import type { Job } from "../script.ts";

/** What is known of the variables that are exported before a script. */
interface KnownVariables {
  readonly known: ReadonlySet<string>;
  /** Those whose value is one word. */
  readonly whole: ReadonlySet<string>;
  /** Those whose value has quotes or backslashes. */
  readonly quoted: readonly string[];
}

export const knownVariables = oncePerList((variables: Job["variables"]): KnownVariables => ({
  known: new Set(variables.map(({ name }) => name)),
  whole: new Set(variables.flatMap(({ name, value }) => (value === null ? name : []))),
  quoted: variables.flatMap(({ name, value }) => (value !== null && /["'\\]/.test(value) ? name : [])),
}));
