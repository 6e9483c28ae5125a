import { isSpaceAt } from "./characters.ts";
import type { Escape } from "./nodes.ts";

/** A variable as the lexer meets it; places are indexes of the lexed text. */
export interface LexedVariable {
  readonly name: string;
  readonly braced: boolean;
  readonly operator: string | null;
  readonly operand: string | null;
  readonly start: number;
  readonly end: number;
  readonly variables: readonly LexedVariable[];
}

interface LexedWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

interface Lexed {
  /** Quotes and escapes removed, variables as BuildKit prints those that it does not know. */
  readonly result: string;
  /** Split at spaces outside quotes; empty when there is an error. */
  readonly words: readonly LexedWord[];
  /** Those before the error, when there is one. */
  readonly variables: readonly LexedVariable[];
  /** What BuildKit's lexer refuses, or `null`. */
  readonly error: LexError | null;
}

export type LexError = "unterminated-quote" | "bad-substitution" | "unsupported-modifier" | "unterminated-substitution";

interface LexOptions {
  readonly escape: Escape;
  /** Quotes stay in the result. */
  readonly rawQuotes?: boolean;
  /** Escape characters stay in the result. */
  readonly rawEscapes?: boolean;
  /** Quotes are characters like others. */
  readonly skipQuotes?: boolean;
}

/**
 * Lexes as BuildKit's shell.Lex does when it knows no variable and leaves unknown ones as they are (frontend/dockerfile/shell/lex.go). Text with `${...}`
 * nested hundreds deep is taken as it is.
 */
export function lex(text: string, options: LexOptions): Lexed {
  return new Lexer(text, options).lex(options.rawEscapes ?? false);
}

const maximalDepth = 200;

class Lexer {
  readonly #text: string;
  readonly #escape: Escape;
  readonly #rawQuotes: boolean;
  readonly #skipQuotes: boolean;
  #rawEscapes = false;
  #at = 0;
  #depth = 0;
  #error: LexError | "too-deep" | null = null;
  readonly #words: LexedWord[] = [];
  #variables: LexedVariable[] = [];
  /** The word being read at the outermost level. */
  #word = "";
  #inWord = false;
  #wordStart = 0;

  constructor(text: string, { escape, rawQuotes = false, skipQuotes = false }: LexOptions) {
    this.#text = text;
    this.#escape = escape;
    this.#rawQuotes = rawQuotes;
    this.#skipQuotes = skipQuotes;
  }

  lex(rawEscapes: boolean): Lexed {
    // Go's text/scanner drops a byte order mark at the start.
    if (this.#text.startsWith("\ufeff")) this.#at = 1;
    const result = this.#until(null, rawEscapes, false);
    const variables = this.#variables;
    if (this.#error === "too-deep") return { result: this.#text, words: [], variables, error: null };
    if (this.#error) return { result: this.#text, words: [], variables, error: this.#error };
    return { result, words: this.#words, variables, error: null };
  }

  /** Goes to the end of the text, so that every loop ends. */
  #fail(error: LexError | "too-deep"): void {
    // In the operand of a variable BuildKit names what is missing there, whatever came to the end of the text.
    const atEnd = this.#depth > 1 && this.#at >= this.#text.length && error !== "too-deep";
    this.#error ??= atEnd ? "unterminated-substitution" : error;
    this.#at = this.#text.length;
  }

  /** Up to a closing character, which is consumed, or to the end of the text. */
  #until(stop: "}" | "/" | null, rawEscapes: boolean, keepPatternEscapes: boolean): string {
    const before = this.#rawEscapes;
    this.#rawEscapes = rawEscapes;
    this.#depth++;
    if (this.#depth > maximalDepth) this.#fail("too-deep");
    // BuildKit shares one buffer between nested calls: what was read of the outer word is lost.
    this.#word = "";
    const result = this.#read(stop, keepPatternEscapes);
    this.#depth--;
    this.#rawEscapes = before;
    if (this.#depth === 0) this.#endWord(this.#at);
    this.#word = "";
    return result;
  }

  #read(stop: "}" | "/" | null, keepPatternEscapes: boolean): string {
    let result = "";
    while (this.#at < this.#text.length) {
      const start = this.#at;
      const character = this.#text[start] as string;
      if (character === stop) {
        this.#at++;
        return result;
      }
      if (character === "$") {
        const text = this.#dollar();
        result += text;
        this.#addSplit(text, start, 0);
      } else if (character === "<") {
        const text = this.#heredoc();
        result += text;
        this.#addRaw(text, start);
      } else if ((character === "'" || character === '"') && !this.#skipQuotes) {
        const text = character === "'" ? this.#single(keepPatternEscapes) : this.#double(keepPatternEscapes);
        result += text;
        this.#addRaw(text, start);
      } else if (character === this.#escape) {
        const text = this.#escaped();
        result += text;
        this.#addRaw(text, start);
      } else {
        const text = this.#plain(stop);
        result += text;
        this.#addSplit(text, start, 1);
      }
    }
    if (stop !== null) this.#fail("unterminated-substitution");
    return result;
  }

  /** From a character without meaning up to the next that may have one. */
  #plain(stop: string | null): string {
    const text = this.#text;
    const start = this.#at;
    let at = start + 1;
    for (; at < text.length; at++) {
      const character = text[at] as string;
      if (character === "$" || character === "<" || character === "'" || character === '"') break;
      if (character === this.#escape || character === stop) break;
    }
    this.#at = at;
    return text.slice(start, at);
  }

  #escaped(): string {
    const start = this.#rawEscapes ? this.#at : this.#at + 1;
    const code = this.#text.codePointAt(this.#at + 1);
    this.#at += code === undefined ? 1 : code < 0x10000 ? 2 : 3;
    return this.#text.slice(start, this.#at);
  }

  #addRaw(text: string, start: number): void {
    if (this.#depth > 1) return;
    if (!this.#inWord) this.#wordStart = start;
    this.#word += text;
    this.#inWord = true;
  }

  /** Adds text that is split at spaces; each character of it stands `step` behind the one before. */
  #addSplit(text: string, start: number, step: 0 | 1): void {
    if (this.#depth > 1) return;
    let first = 0;
    for (let index = 0; index <= text.length; index++) {
      if (index < text.length && !isSpaceAt(text, index)) continue;
      if (index > first) this.#addRaw(text.slice(first, index), start + first * step);
      if (index < text.length && this.#inWord && this.#word !== "") this.#endWord(start + index * step);
      first = index + 1;
    }
  }

  #endWord(end: number): void {
    if (this.#word !== "") this.#words.push({ text: this.#word, start: this.#wordStart, end });
    this.#word = "";
    this.#inWord = false;
  }

  #single(keepPatternEscapes: boolean): string {
    const end = this.#text.indexOf("'", this.#at + 1);
    if (end === -1) {
      this.#at = this.#text.length;
      this.#fail("unterminated-quote");
      return "";
    }
    const inner = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    const kept = keepPatternEscapes ? inner.replaceAll(this.#escape, this.#escape + this.#escape) : inner;
    return this.#rawQuotes ? `'${kept}'` : kept;
  }

  #double(keepPatternEscapes: boolean): string {
    const quote = this.#rawQuotes ? '"' : "";
    let result = quote;
    this.#at++;
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at] as string;
      if (character === '"') {
        this.#at++;
        return result + quote;
      }
      if (character === "$") {
        result += this.#dollar();
        continue;
      }
      this.#at++;
      if (character !== this.#escape) {
        result += character;
        continue;
      }
      const next = this.#text[this.#at];
      if (next === undefined) break;
      if (next === '"' || next === "$" || next === this.#escape) {
        result += this.#rawEscapes ? character + next : next;
        this.#at++;
      } else {
        result += this.#rawEscapes && (!this.#rawQuotes || keepPatternEscapes) ? character + character : character;
      }
    }
    this.#fail("unterminated-quote");
    return result;
  }

  #heredoc(): string {
    const start = this.#at;
    this.#at++;
    if (this.#text[this.#at] !== "<") return "<";
    this.#at++;
    while (" \t\r".includes(this.#text[this.#at] ?? "x")) this.#at++;
    return this.#text.slice(start, this.#at);
  }

  #dollar(): string {
    const start = this.#at;
    this.#at++;
    if (this.#text[this.#at] !== "{") {
      const name = this.#name();
      if (name === "") return "$";
      this.#variables.push({ name, braced: false, operator: null, operand: null, start, end: this.#at, variables: [] });
      return `$${name}`;
    }
    this.#at++;
    const first = this.#text[this.#at];
    if (first === undefined || first === "{" || first === "}" || first === ":") {
      this.#fail(first === undefined ? "unterminated-substitution" : "bad-substitution");
      return "";
    }
    const name = this.#name();
    const outer = this.#variables;
    this.#variables = [];
    const { operator, operand, text } = this.#operation(name);
    const variables = this.#variables;
    this.#variables = outer;
    if (this.#error) this.#variables = [...outer, ...variables];
    else outer.push({ name, braced: true, operator, operand, start, end: this.#at, variables });
    return text;
  }

  /** What follows the name in braces, the closing one included. */
  #operation(name: string): { operator: string | null; operand: string | null; text: string } {
    const sign = this.#next();
    if (sign === "}") return { operator: null, operand: null, text: `\${${name}}` };
    if (sign === "/") return this.#replacement(name);
    const operator = sign === ":" ? this.#next() : sign;
    const pattern = operator === "#" || operator === "%";
    const known = sign === ":" ? !pattern : pattern || operator === "+" || operator === "-" || operator === "?";
    if (!known) {
      this.#fail("unsupported-modifier");
      return { operator, operand: null, text: "" };
    }
    const start = this.#at;
    const word = this.#until("}", pattern, pattern);
    const written = this.#text.slice(start, this.#at - 1);
    const greedy = pattern && written.startsWith(operator);
    const signs = sign === ":" ? `:${operator}` : operator;
    return {
      operator: greedy ? signs + operator : signs,
      operand: greedy ? written.slice(1) : written,
      text: `\${${name}${signs}${word}}`,
    };
  }

  #replacement(name: string): { operator: string; operand: string; text: string } {
    const all = this.#text[this.#at] === "/";
    if (all) this.#at++;
    const start = this.#at;
    const pattern = this.#until("/", true, true);
    const replacement = this.#until("}", true, false);
    const operand = this.#text.slice(start, this.#at - 1);
    return { operator: all ? "//" : "/", operand, text: `\${${name}/${pattern}/${replacement}}` };
  }

  /** The next character, or nothing at the end of the text. */
  #next(): string {
    const character = this.#text[this.#at] ?? "";
    this.#at += character.length;
    return character;
  }

  /** Letters, digits and underscores; digits alone; or one special parameter. */
  #name(): string {
    const start = this.#at;
    const first = this.#text[start] ?? "";
    if (first !== "" && "@*#?-$!".includes(first)) this.#at++;
    else {
      const onlyDigits = isDigit(this.#text.codePointAt(start));
      for (;;) {
        const code = this.#text.codePointAt(this.#at);
        if (!(onlyDigits ? isDigit(code) : isNameCharacter(code))) break;
        this.#at += (code as number) < 0x10000 ? 1 : 2;
      }
    }
    return this.#text.slice(start, this.#at);
  }
}

function isDigit(code: number | undefined): boolean {
  if (code === undefined) return false;
  return code < 0x80 ? code >= 0x30 && code <= 0x39 : /\p{Nd}/u.test(String.fromCodePoint(code));
}

function isNameCharacter(code: number | undefined): boolean {
  if (code === undefined) return false;
  if (code >= 0x80) return /[\p{L}\p{Nd}]/u.test(String.fromCodePoint(code));
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f || isDigit(code);
}
