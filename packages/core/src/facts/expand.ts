import type { Escape } from "@stagewright/ast";

/** Declared without a value, so that `${NAME:-word}` gives the word; its plain value is not known, as a build argument may give one. */
export const unset: unique symbol = Symbol("unset");

/** The value of a variable, `null` when it is set to something that the file does not show, `undefined` when nothing sets it. */
export type Lookup = (name: string) => string | null | undefined | typeof unset;

/**
 * A word with quotes removed and variables put in, or `null` when one of them has no known value or BuildKit refuses the word. The rules are
 * those of BuildKit's shell.Lex (frontend/dockerfile/shell/lex.go).
 */
export function expandWord(text: string, escape: Escape, lookup: Lookup): string | null {
  if (!/[$'"\\`]/.test(text)) return text;
  try {
    return new Expander(text, escape, lookup).until(null, false, false);
  } catch (error) {
    if (error === noValue) return null;
    throw error;
  }
}

/** One for all, and none with a stack, which would be costly. */
const noValue = Object.create(Error.prototype) as Error;

const nameForm = /\p{Nd}+|[@*#?\-$!]|[\p{L}\p{Nd}_]+/uy;

class Expander {
  readonly #text: string;
  readonly #escape: Escape;
  readonly #lookup: Lookup;
  #rawEscapes = false;
  #at = 0;

  constructor(text: string, escape: Escape, lookup: Lookup) {
    this.#text = text;
    this.#escape = escape;
    this.#lookup = lookup;
  }

  /** Up to a closing character, which is consumed, or to the end. In patterns escapes stay, and those inside quotes are doubled. */
  until(stop: string | null, rawEscapes: boolean, pattern: boolean): string {
    const before = this.#rawEscapes;
    this.#rawEscapes = rawEscapes;
    let result = "";
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined || character === stop) break;
      if (character === "$") result += this.#dollar();
      else if (character === "'") result += this.#single(pattern);
      else if (character === '"') result += this.#double(pattern);
      else if (character === this.#escape) {
        this.#at++;
        const next = this.#text[this.#at++];
        result += (rawEscapes ? character : "") + (next ?? "");
      } else {
        this.#at++;
        result += character;
      }
    }
    this.#rawEscapes = before;
    if (stop !== null && this.#text[this.#at++] !== stop) throw noValue;
    return result;
  }

  #single(pattern: boolean): string {
    const end = this.#text.indexOf("'", this.#at + 1);
    if (end === -1) throw noValue;
    const inner = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    return pattern ? inner.replaceAll(this.#escape, this.#escape + this.#escape) : inner;
  }

  #double(pattern: boolean): string {
    let result = "";
    this.#at++;
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined) throw noValue;
      if (character === "$") {
        result += this.#dollar();
        continue;
      }
      this.#at++;
      if (character === '"') return result;
      if (character !== this.#escape) {
        result += character;
        continue;
      }
      const next = this.#text[this.#at];
      if (next === '"' || next === "$" || next === this.#escape) {
        this.#at++;
        result += (this.#rawEscapes ? character : "") + next;
      } else {
        result += (this.#rawEscapes || pattern ? character : "") + character;
      }
    }
  }

  #dollar(): string {
    this.#at++;
    if (this.#text[this.#at] !== "{") {
      const name = this.#name();
      return name === "" ? "$" : this.#known(name);
    }
    this.#at++;
    const name = this.#name();
    if (name === "") throw noValue;
    const sign = this.#text[this.#at++];
    if (sign === "}") return this.#known(name);
    if (sign === "/") return this.#replace(name);
    const colon = sign === ":";
    const operator = colon ? this.#text[this.#at++] : sign;
    if (operator === "#" || operator === "%") {
      if (colon) throw noValue;
      return this.#trim(name, operator);
    }
    const word = this.#optional(() => this.until("}", false, false));
    const value = this.#lookup(name);
    if (value === null) throw noValue;
    const missing = value === undefined || value === unset || (colon && value === "");
    if (operator === "-") return missing ? required(word) : value;
    if (operator === "+") return missing ? "" : required(word);
    if (operator === "?" && !missing) return value;
    throw noValue;
  }

  /** The operand of an operator that may not need it: an unknown variable in it only counts where it is used. */
  #optional(read: () => string): string | null {
    const start = this.#at;
    const rawEscapes = this.#rawEscapes;
    try {
      return read();
    } catch (error) {
      if (error !== noValue) throw error;
      this.#rawEscapes = rawEscapes;
      this.#at = closingBrace(this.#text, start, this.#escape) + 1;
      if (this.#at === 0) throw error;
      return null;
    }
  }

  #trim(name: string, operator: "#" | "%"): string {
    const word = this.until("}", true, true);
    const greedy = word.startsWith(operator);
    const tokens = patternTokens(greedy ? word.slice(1) : word);
    const value = this.#known(name);
    if (operator === "#") return value.replace(new RegExp(`^${patternSource(tokens, greedy)}`), "");
    // The shortest match at the end is the shortest one at the start of the reversed text.
    const expression = new RegExp(`^${patternSource(tokens.reverse(), greedy)}`);
    return reversed(reversed(value).replace(expression, ""));
  }

  #replace(name: string): string {
    const all = this.#text[this.#at] === "/";
    if (all) this.#at++;
    const tokens = patternTokens(this.until("/", true, true));
    const replacement = this.until("}", true, false);
    // Go's ReplaceAllString reads `$1` in the replacement, which nobody means.
    if (all && replacement.includes("$")) throw noValue;
    return this.#known(name).replace(new RegExp(patternSource(tokens, true), all ? "g" : ""), () => replacement);
  }

  #name(): string {
    nameForm.lastIndex = this.#at;
    const name = nameForm.exec(this.#text)?.[0] ?? "";
    this.#at += name.length;
    return name;
  }

  #known(name: string): string {
    const value = this.#lookup(name);
    if (value === null || value === unset) throw noValue;
    return value ?? "";
  }
}

function required(word: string | null): string {
  if (word === null) throw noValue;
  return word;
}

/** The brace that closes the substitution whose operand starts at `start`, or -1. */
function closingBrace(text: string, start: number, escape: Escape): number {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === escape) at++;
    else if (character === "$" && text[at + 1] === "{") depth++;
    else if (character === "}" && --depth === 0) return at;
  }
  return -1;
}

type Token = "any" | "one" | { readonly literal: string };

/** As BuildKit's convertShellPatternToRegex: `*`, `?` and escapes, no brackets; always with `\` as escape. */
function patternTokens(pattern: string): Token[] {
  const tokens: Token[] = [];
  const characters = [...pattern];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] as string;
    if (character === "*") tokens.push("any");
    else if (character === "?") tokens.push("one");
    else if (character !== "\\") tokens.push({ literal: character });
    else {
      const next = characters[at + 1];
      if (next === "}" || next === "/") continue;
      if (next !== "*" && next !== "?" && next !== "\\") throw noValue;
      tokens.push({ literal: next });
      at++;
    }
  }
  return tokens;
}

const patternSource = (tokens: readonly Token[], greedy: boolean): string =>
  tokens
    .map((token) => {
      if (token === "any") return greedy ? "[^\\n]*" : "[^\\n]*?";
      return token === "one" ? "[^\\n]" : token.literal.replace(/[.*+?^${}()|[\]\\/]/, "\\$&");
    })
    .join("");

const reversed = (text: string): string => [...text].reverse().join("");
