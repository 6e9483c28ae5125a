import type { Part } from "./embedded-text.ts";

/** What Compose puts in: `$$` is a dollar sign, and of a variable the default that stands in the file. The environment is not asked. */
export function interpolate(text: string): Part[] {
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
      const value = defaultOf(written);
      add({ text: value ?? written, range: [dollar, at], kind: value === null ? "unknown" : "known" });
    }
  }
  add({ text: text.slice(at), range: [at, text.length], kind: "same" });
  return parts;
}

/** A text with the variables put in, or `null` when the environment knows one of them alone. */
export function interpolated(text: string): string | null {
  const parts = interpolate(text);
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

function defaultOf(written: string): string | null {
  const found = /^\$\{\w+:?-([\s\S]*)\}$/.exec(written);
  return found ? interpolated(found[1] ?? "") : null;
}
