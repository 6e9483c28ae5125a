import { isName } from "../names.ts";
import { oncePerList } from "../once-per-list.ts";
import type { ShellCheckRequest } from "../types.ts";

/** What is known of the variables that are exported before a script. */
export interface KnownVariables {
  readonly known: ReadonlySet<string>;
  /** Those whose value is one word. */
  readonly whole: ReadonlySet<string>;
  /** Those whose value has quotes or backslashes, besides blanks or globs. */
  readonly quoted: readonly string[];
}

/** Of the variables of a request, in any order; the last value of a name counts. */
export const knownVariables = oncePerList((variables: ShellCheckRequest["variables"]): KnownVariables => {
  const known = new Set<string>();
  const split = new Map<string, string>();
  for (const { name, value } of variables) {
    if (!isName(name)) continue;
    known.add(name);
    if (value !== null && /[\s*?[]/.test(value)) split.set(name, value);
    else split.delete(name);
  }
  return {
    known,
    whole: split.size === 0 ? known : new Set([...known].filter((name) => !split.has(name))),
    quoted: [...split].flatMap(([name, value]) => (/["'\\]/.test(value) ? name : [])),
  };
});
