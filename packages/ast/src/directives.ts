import { isSpace } from "./characters.ts";
import type { Range } from "./nodes.ts";

export interface FoundDirective {
  readonly name: string;
  readonly value: string;
  readonly valueRange: Range;
}

/**
 * `# name=value` at `start` to `end`, where only directives came before: `null` for anything else, which ends them. As BuildKit's
 * DirectiveParser: the names are syntax, escape and check.
 */
export function directive(text: string, start: number, end: number): FoundDirective | null {
  if (text[start] !== "#") return null;
  let at = start + 1;
  while (at < end && isSpace(text[at])) at++;
  const match = /^([a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*=[\t\n\f\r ]*([^\n]+?)[\t\n\f\r ]*$/.exec(text.slice(at, end));
  const name = match?.[1]?.toLowerCase();
  const value = match?.[2];
  if (!match || value === undefined || (name !== "syntax" && name !== "escape" && name !== "check")) return null;
  const valueStart = at + match[0].trimEnd().length - value.length;
  return { name, value, valueRange: [valueStart, valueStart + value.length] };
}
