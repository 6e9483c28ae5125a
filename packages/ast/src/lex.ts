import { isSpace } from "./characters.ts";
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

export interface LexedWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface Lexed {
  /** Quotes and escapes removed, variables as BuildKit prints those that it does not know. */
  readonly result: string;
  /** Split at spaces outside quotes; empty when there is an error. */
  readonly words: readonly LexedWord[];
  readonly variables: readonly LexedVariable[];
  /** What BuildKit's lexer refuses, or `null`. */
  readonly error: LexError | null;
}

export type LexError = "unterminated-quote" | "bad-substitution" | "unsupported-modifier" | "unterminated-substitution";

interface LexOptions {
  readonly escape: Escape;
  readonly rawQuotes?: boolean;
  readonly rawEscapes?: boolean;
  readonly skipQuotes?: boolean;
}

/** Lexes as BuildKit's shell.Lex does when it knows no variable and leaves unknown ones as they are (frontend/dockerfile/shell/lex.go). */
export function lex(text: string, options: LexOptions): Lexed {
  const lexer = new Lexer(text, options);
  try {
    const result = lexer.until(null, options.rawEscapes ?? false, false);
    return { result, words: lexer.words, variables: lexer.variables, error: null };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { result: text, words: [], variables: lexer.variables, error: error.code };
  }
}

class Refused extends Error {
  readonly code: LexError;

  constructor(code: LexError) {
    super(code);
    this.code = code;
  }
}

class Lexer {
  readonly #text: string;
  readonly #escape: Escape;
  readonly #rawQuotes: boolean;
  readonly #skipQuotes: boolean;
  #rawEscapes = false;
  #at = 0;
  #depth = 0;
  words: LexedWord[] = [];
  variables: LexedVariable[] = [];
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

  /** Up to a closing character, which is consumed, or to the end of the text. */
  until(stop: string | null, rawEscapes: boolean, keepPatternEscapes: boolean): string {
    const before = this.#rawEscapes;
    this.#rawEscapes = rawEscapes;
    this.#depth++;
    // BuildKit shares one buffer between nested calls: what was read of the outer word is lost.
    this.#word = "";
    let result = "";
    for (;;) {
      const start = this.#at;
      const character = this.#text[start];
      if (character === undefined) break;
      if (stop !== null && character === stop) {
        this.#at++;
        this.#leave(before);
        return result;
      }
      if (character === "$") {
        const text = this.#dollar();
        result += text;
        this.#addSplit(text, start);
      } else if (character === "<") {
        const text = this.#heredoc();
        result += text;
        this.#addRaw(text, start);
      } else if (!this.#skipQuotes && (character === "'" || character === '"')) {
        const text = character === "'" ? this.#single(keepPatternEscapes) : this.#double(keepPatternEscapes);
        result += text;
        this.#addRaw(text, start);
      } else if (character === this.#escape) {
        this.#at++;
        if (rawEscapes) {
          result += character;
          this.#addRaw(character, start);
        }
        const next = this.#next();
        if (next === undefined) break;
        result += next;
        this.#addRaw(next, start);
      } else {
        this.#at++;
        result += character;
        this.#addSplit(character, start);
      }
    }
    this.#leave(before);
    if (stop !== null) throw new Refused("unterminated-substitution");
    return result;
  }

  #leave(rawEscapes: boolean): void {
    this.#rawEscapes = rawEscapes;
    this.#depth--;
    if (this.#depth === 0) this.#endWord(this.#at);
    else this.#word = "";
  }

  #next(): string | undefined {
    const character = this.#text[this.#at];
    if (character !== undefined) this.#at++;
    return character;
  }

  #addRaw(text: string, start: number): void {
    if (this.#depth > 1) return;
    if (!this.#inWord) this.#wordStart = start;
    this.#word += text;
    this.#inWord = true;
  }

  #addSplit(text: string, start: number): void {
    if (this.#depth > 1) return;
    for (const character of text) {
      if (!isSpace(character)) this.#addRaw(character, start);
      else if (this.#inWord && this.#word !== "") this.#endWord(start);
    }
  }

  #endWord(end: number): void {
    if (this.#word !== "") this.words.push({ text: this.#word, start: this.#wordStart, end });
    this.#word = "";
    this.#inWord = false;
  }

  #single(keepPatternEscapes: boolean): string {
    const end = this.#text.indexOf("'", this.#at + 1);
    if (end === -1) {
      this.#at = this.#text.length;
      throw new Refused("unterminated-quote");
    }
    const inner = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    const kept = keepPatternEscapes ? inner.replaceAll(this.#escape, this.#escape + this.#escape) : inner;
    return this.#rawQuotes ? `'${kept}'` : kept;
  }

  #double(keepPatternEscapes: boolean): string {
    let result = this.#rawQuotes ? '"' : "";
    this.#at++;
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined) throw new Refused("unterminated-quote");
      if (character === '"') {
        this.#at++;
        return this.#rawQuotes ? `${result}"` : result;
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
      if (next === undefined) continue;
      if (next === '"' || next === "$" || next === this.#escape) {
        if (this.#rawEscapes) result += character;
        this.#at++;
        result += next;
      } else {
        if (this.#rawEscapes && (!this.#rawQuotes || keepPatternEscapes)) result += character;
        result += character;
      }
    }
  }

  #heredoc(): string {
    this.#at++;
    if (this.#text[this.#at] !== "<") return "<";
    this.#at++;
    const start = this.#at;
    while (isHeredocSpace(this.#text[this.#at])) this.#at++;
    return `<<${this.#text.slice(start, this.#at)}`;
  }

  #dollar(): string {
    const start = this.#at;
    this.#at++;
    if (this.#text[this.#at] !== "{") {
      const name = this.#name();
      if (name === "") return "$";
      this.#addVariable({ name, braced: false, operator: null, operand: null, start, end: this.#at, variables: [] });
      return `$${name}`;
    }
    this.#at++;
    const first = this.#text[this.#at];
    if (first === undefined) throw new Refused("unterminated-substitution");
    if (first === "{" || first === "}" || first === ":") throw new Refused("bad-substitution");
    const name = this.#name();
    const sign = this.#next();
    const outer = this.variables;
    this.variables = [];
    const { operator, operand, text } = this.#operation(name, sign);
    const variables = this.variables;
    this.variables = outer;
    this.#addVariable({ name, braced: true, operator, operand, start, end: this.#at, variables });
    return text;
  }

  #operation(
    name: string,
    sign: string | undefined,
  ): { operator: string | null; operand: string | null; text: string } {
    if (sign === "}") return { operator: null, operand: null, text: `\${${name}}` };
    if (sign === "/") return this.#replacement(name);
    let operator = sign;
    if (sign === ":") {
      operator = this.#next();
      if (operator === "#" || operator === "%") throw new Refused("unsupported-modifier");
    }
    if (operator === undefined) throw new Refused(sign === ":" ? "unterminated-substitution" : "unsupported-modifier");
    if (sign !== ":" && !["+", "-", "?", "#", "%"].includes(operator)) throw new Refused("unsupported-modifier");
    const pattern = operator === "#" || operator === "%";
    const start = this.#at;
    const word = this.until("}", pattern, pattern);
    const signs = sign === ":" ? `:${operator}` : operator;
    const written = this.#text.slice(start, this.#at - 1);
    const greedy = pattern && written.startsWith(operator);
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
    const pattern = this.until("/", true, true);
    const replacement = this.until("}", true, false);
    return {
      operator: all ? "//" : "/",
      operand: this.#text.slice(start, this.#at - 1),
      text: `\${${name}/${pattern}/${replacement}}`,
    };
  }

  #addVariable(variable: LexedVariable): void {
    this.variables.push(variable);
  }

  /** Letters, digits and underscores; digits alone; or one special parameter. */
  #name(): string {
    const start = this.#at;
    const first = this.#text[start];
    if (first === undefined) return "";
    if (isDigit(first)) {
      while (isDigit(this.#text[this.#at])) this.#at++;
      return this.#text.slice(start, this.#at);
    }
    if ("@*#?-$!0".includes(first)) {
      this.#at++;
      return first;
    }
    while (isNameCharacter(this.#text[this.#at])) this.#at++;
    return this.#text.slice(start, this.#at);
  }
}

const isDigit = (character: string | undefined) => character !== undefined && /\p{Nd}/u.test(character);

const isNameCharacter = (character: string | undefined) => character !== undefined && /[\p{L}\p{Nd}_]/u.test(character);

/** As BuildKit's isWhitespace, which leaves line ends out. */
const isHeredocSpace = (character: string | undefined) => character === " " || character === "\t" || character === "\r";
