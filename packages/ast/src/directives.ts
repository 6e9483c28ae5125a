import { skipSpace } from "./characters.ts";
import type { Range } from "./nodes.ts";

export interface FoundDirective {
  readonly name: "syntax" | "escape" | "check";
  readonly value: string;
  readonly valueRange: Range;
}

/** `# name=value` from `start` to `end`, as BuildKit's DirectiveParser.ParseLine; `null` for anything else. */
export function directive(text: string, start: number, end: number): FoundDirective | null {
  if (text[start] !== "#") return null;
  const from = skipSpace(text, start + 1, end);
  const match = /^([a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*=[\t\n\f\r ]*/.exec(text.slice(from, end));
  const name = match?.[1]?.toLowerCase();
  if (!match || (name !== "syntax" && name !== "escape" && name !== "check")) return null;
  const valueStart = from + match[0].length;
  let valueEnd = end;
  while (valueEnd > valueStart && "\t\n\f\r ".includes(text[valueEnd - 1] as string)) valueEnd--;
  if (valueEnd === valueStart) return null;
  return { name, value: text.slice(valueStart, valueEnd), valueRange: [valueStart, valueEnd] };
}
