import type { Part } from "./embedded-text.ts";

/** Variables with their values, as an `.env` file gives them. */
export type Variables = Readonly<Record<string, string>>;

/**
 * What Compose puts in: `$$` is a dollar sign, and of a variable the value that a file gives it, or the default that stands with it. The environment is not
 * asked.
 */
export function interpolate(text: string, variables: Variables): Part[] {
  const parts: Part[] = [];
  const add = (part: Part) => {
    if (part.range[1] > part.range[0]) parts.push(part);
  };
  let at = 0;
  for (let dollar = text.indexOf("$"); dollar !== -1; dollar = text.indexOf("$", at)) {
    add({ text: text.slice(at, dollar), range: [at, dollar], kind: "same" });
    at = endOfVariable(text, dollar);
    const written = text.slice(dollar, at);
    if (written === "$$") add({ text: "$", range: [dollar, at], kind: "known" });
    else if (written === "$") add({ text: "$", range: [dollar, at], kind: "same" });
    else {
      const value = valueOf(written, variables);
      add({ text: value ?? written, range: [dollar, at], kind: value === null ? "unknown" : "known" });
    }
  }
  add({ text: text.slice(at), range: [at, text.length], kind: "same" });
  return parts;
}

/** A text with the variables put in, or `null` when the environment knows one of them alone. */
export function interpolated(text: string, variables: Variables): string | null {
  const parts = interpolate(text, variables);
  return parts.some(({ kind }) => kind === "unknown") ? null : parts.map((part) => part.text).join("");
}

function endOfVariable(text: string, dollar: number): number {
  if (text[dollar + 1] === "$") return dollar + 2;
  if (text[dollar + 1] !== "{") {
    return dollar + 1 + (/^[A-Za-z_]\w*/.exec(text.slice(dollar + 1, dollar + 200))?.[0].length ?? 0);
  }
  let depth = 0;
  for (let at = dollar + 1; at < text.length; at++) {
    if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return at + 1;
  }
  return dollar + 1;
}

/** `$NAME`, or `${NAME}` with what is to be done where it is not set or, behind a colon, empty. */
function valueOf(written: string, variables: Variables): string | null {
  const match = /^\$(?:(\w+)|\{(\w+)(?:(:?)([-?+])([\s\S]*))?\})$/.exec(written);
  if (!match) return null;
  const [, short, name = short ?? "", colon, operator, word = ""] = match;
  const given = Object.hasOwn(variables, name) ? variables[name] : undefined;
  const isSet = given !== undefined && !(colon && given === "");
  if (operator === "-" && !isSet) return interpolated(word, variables);
  if (operator === "+" && given !== undefined) return isSet ? interpolated(word, variables) : "";
  return (operator === undefined || isSet) && operator !== "+" ? (given ?? null) : null;
}
