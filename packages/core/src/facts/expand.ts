import type { Escape } from "@stagewright/ast";

/** The value of a variable, `null` when it is set to something that the file does not show, `undefined` when nothing sets it. */
export type Lookup = (name: string) => string | null | undefined;

/**
 * A word of BuildKit with quotes removed and variables put in, or `null` when one of them has no known value or the word cannot be read. The
 * rules are those of BuildKit's shell.Lex; patterns (`${x#...}`, `${x%...}`, `${x/a/b}`) know `*` and `?`.
 */
export function expandWord(raw: string, escape: Escape, lookup: Lookup): string | null {
  try {
    return new Expander(raw, escape, lookup).until(null);
  } catch (error) {
    if (error instanceof Unknown) return null;
    throw error;
  }
}

class Unknown extends Error {}

class Expander {
  readonly #text: string;
  readonly #escape: Escape;
  readonly #lookup: Lookup;
  #at = 0;

  constructor(text: string, escape: Escape, lookup: Lookup) {
    this.#text = text;
    this.#escape = escape;
    this.#lookup = lookup;
  }

  until(stop: string | null): string {
    let result = "";
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined) {
        if (stop !== null) throw new Unknown();
        return result;
      }
      this.#at++;
      if (character === stop) return result;
      if (character === "$") result += this.#dollar();
      else if (character === "'") result += this.#single();
      else if (character === '"') result += this.#double();
      else if (character === this.#escape) result += this.#text[this.#at++] ?? "";
      else result += character;
    }
  }

  #single(): string {
    const end = this.#text.indexOf("'", this.#at);
    if (end === -1) throw new Unknown();
    const inner = this.#text.slice(this.#at, end);
    this.#at = end + 1;
    return inner;
  }

  #double(): string {
    let result = "";
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined) throw new Unknown();
      this.#at++;
      if (character === '"') return result;
      if (character === "$") result += this.#dollar();
      else if (character === this.#escape) {
        const next = this.#text[this.#at];
        if (next === '"' || next === "$" || next === this.#escape) {
          this.#at++;
          result += next;
        } else result += character;
      } else result += character;
    }
  }

  #dollar(): string {
    if (this.#text[this.#at] !== "{") {
      const name = /^(?:\d+|[@*#?\-$!]|[\p{L}\p{Nd}_]+)/u.exec(this.#text.slice(this.#at))?.[0];
      if (name === undefined) return "$";
      this.#at += name.length;
      return this.#value(name) ?? "";
    }
    this.#at++;
    const name = /^(?:\d+|[@*#?\-$!]|[\p{L}\p{Nd}_]+)/u.exec(this.#text.slice(this.#at))?.[0] ?? "";
    this.#at += name.length;
    const sign = this.#text[this.#at++];
    if (sign === "}") return this.#value(name) ?? "";
    if (sign === "/") return this.#replace(name);
    const colon = sign === ":";
    const operator = colon ? this.#text[this.#at++] : sign;
    const operand = this.until("}");
    const value = this.#value(name);
    const missing = value === undefined || (colon && value === "");
    switch (operator) {
      case "-":
        return missing ? operand : value;
      case "+":
        return missing ? "" : operand;
      case "?":
        if (missing) throw new Unknown();
        return value;
      case "#":
      case "%":
        return trimPattern(value ?? "", operand, operator);
      default:
        throw new Unknown();
    }
  }

  #replace(name: string): string {
    const all = this.#text[this.#at] === "/";
    if (all) this.#at++;
    const pattern = new RegExp(patternSource(this.until("/"), true), all ? "g" : "");
    const replacement = this.until("}");
    return (this.#value(name) ?? "").replace(pattern, () => replacement);
  }

  #value(name: string): string | undefined {
    const value = this.#lookup(name);
    if (value === null) throw new Unknown();
    return value;
  }
}

function trimPattern(value: string, operand: string, operator: "#" | "%"): string {
  const greedy = operand.startsWith(operator);
  const pattern = greedy ? operand.slice(1) : operand;
  if (operator === "#") return value.replace(new RegExp(`^${patternSource(pattern, greedy)}`), "");
  // The shortest suffix is the match that starts last.
  const expression = new RegExp(`^${patternSource(pattern, true)}$`, "s");
  const starts = [...Array(value.length + 1).keys()];
  for (const start of greedy ? starts : starts.reverse()) {
    if (expression.test(value.slice(start))) return value.slice(0, start);
  }
  return value;
}

const patternSource = (pattern: string, greedy: boolean): string =>
  pattern.replace(/\\(.)|[.+^${}()|[\]\\/*?]/gs, (match, escaped?: string) => {
    if (escaped !== undefined) return escaped.replace(/[.+^${}()|[\]\\/*?]/, "\\$&");
    if (match === "*") return greedy ? "[^]*" : "[^]*?";
    if (match === "?") return "[^]";
    return `\\${match}`;
  });
