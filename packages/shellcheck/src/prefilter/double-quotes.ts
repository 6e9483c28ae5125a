import { at, editedVariable, isSubstitution, variable } from "./scan.ts";
import { tokenizeFrom } from "./tokenize.ts";
import { Refusal, type Token } from "./tokens.ts";

const quotable = /[ !#%-[\]^_a-}]+/y;

export interface DoubleQuotes {
  readonly end: number;
  readonly text: string;
  readonly variables: readonly string[];
  readonly guarded: readonly string[];
  readonly substitutions: readonly (readonly Token[])[];
  readonly escaped: boolean;
}

/** `first`: the word begins with them. */
export function readDoubleQuotes(script: string, start: number, first: boolean): DoubleQuotes | Refusal {
  const variables: string[] = [];
  const guarded: string[] = [];
  const substitutions: (readonly Token[])[] = [];
  let text = "";
  let escaped = false;
  let index = start + 1;
  for (;;) {
    const character = script[index];
    if (character === undefined) return new Refusal("double quotes: open");
    if (character === '"') return { end: index + 1, text, variables, guarded, substitutions, escaped };
    if (character === "`") return new Refusal("substitution");
    if (character === "\\") {
      const next = script[index + 1];
      if (next === undefined) return new Refusal("double quotes: open");
      if (next === "\n") return new Refusal("newline");
      if (!/[ -~]/.test(next)) return new Refusal("double quotes: character");
      escaped = true;
      text += '$`"\\'.includes(next) ? next : `\\${next}`;
      index += 2;
    } else if (character === "$") {
      const match = at(variable, script, index);
      if (!match && isSubstitution(script, index)) {
        const part = tokenizeFrom(script, index + 2, true);
        if (part instanceof Refusal) return part;
        substitutions.push(part.tokens);
        text += "\0";
        index = part.end;
        continue;
      }
      const edited = match ? null : at(editedVariable, script, index);
      if (edited) {
        const [whole, name = "", operator] = edited;
        (operator === ":-" ? guarded : variables).push(name);
        text += "\0";
        index += whole.length;
        continue;
      }
      if (!match && !/[/|). ]/.test(script[index + 1] ?? "")) return new Refusal("double quotes: expansion");
      if (!match) {
        text += "$";
        index++;
        continue;
      }
      if (match[1] && script[index + match[0].length] === "[") return new Refusal("double quotes: expansion");
      variables.push((match[1] ?? match[2])!);
      text += "\0";
      index += match[0].length;
    } else {
      const run = at(quotable, script, index)?.[0];
      if (run !== undefined) {
        text += run;
        index += run.length;
        continue;
      }
      if (!/[ -~]/.test(character)) return new Refusal("double quotes: character");
      if (first && character === "~" && index === start + 1 && script[index + 1] === "/")
        return new Refusal("double quotes: tilde");
      text += character;
      index++;
    }
  }
}
