import { type Block, type Body, type Expression, HclProblem, type TemplatePart } from "./nodes.ts";

/** Reads a file in HCL's native syntax. Throws `HclProblem` at the first thing that is none. */
export const parseHcl = (text: string): Body => new Parser(text).file();

/** Reads a text with `${...}` in it, as strings are in HCL's JSON syntax. Throws `HclProblem`. */
export const parseTemplate = (text: string): readonly TemplatePart[] => new Parser(text).wholeTemplate();

const identifier = /[\p{L}_][\p{L}\p{N}_-]*/uy;
const number = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const heredocStart = /<<(-?)([\p{L}_][\p{L}\p{N}_-]*)[ \t]*\r?\n/uy;
const operators = ["||", "&&", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%"] as const;
const powers: Readonly<Record<(typeof operators)[number], number>> = {
  "||": 1,
  "&&": 2,
  "==": 3,
  "!=": 3,
  "<=": 4,
  ">=": 4,
  "<": 4,
  ">": 4,
  "+": 5,
  "-": 5,
  "*": 6,
  "/": 6,
  "%": 6,
};
const maxDepth = 200;

class Parser {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  file(): Body {
    if (this.#text.startsWith("\ufeff")) this.#at = 1;
    return this.#body(true);
  }

  wholeTemplate(): readonly TemplatePart[] {
    return this.#templateParts(this.#text.length, false);
  }

  #body(isFile: boolean): Body {
    const attributes = new Map<string, Expression>();
    const blocks: Block[] = [];
    for (;;) {
      this.#skipSpace(true);
      if (isFile && this.#at >= this.#text.length) break;
      if (!isFile && this.#take("}")) break;
      const start = this.#at;
      const name = this.#word();
      if (name === null) this.#fail(isFile ? "Here a block or an attribute has to begin." : "A `}` is missing here.");
      this.#skipSpace(false);
      if (this.#text[this.#at] === "=" && this.#text[this.#at + 1] !== "=") {
        this.#at++;
        if (attributes.has(name)) this.#fail(`\`${name}\` is set twice.`, start);
        this.#skipSpace(false);
        attributes.set(name, this.#expression());
        this.#endOfLine();
      } else {
        blocks.push(this.#block(name, start));
      }
    }
    return { attributes, blocks };
  }

  #block(type: string, start: number): Block {
    const labels: string[] = [];
    for (;;) {
      this.#skipSpace(false);
      if (this.#take("{")) break;
      const label = this.#word() ?? this.#plainString();
      if (label === null) this.#fail(`After \`${type}\` there has to be \`=\` or \`{\`.`);
      labels.push(label);
    }
    return this.#nested(() => {
      const body = this.#body(false);
      return { type, labels, body, range: [start, this.#at] };
    });
  }

  #expression(): Expression {
    return this.#nested(() => {
      const test = this.#operation(1);
      this.#skipSpace(this.#isInBrackets);
      if (!this.#take("?")) return test;
      this.#skipSpace(true);
      const yes = this.#expression();
      this.#skipSpace(true);
      if (!this.#take(":")) this.#fail("A `:` is missing here.");
      this.#skipSpace(true);
      const no = this.#expression();
      return { kind: "conditional", test, yes, no, range: [test.range[0], no.range[1]] };
    });
  }

  #operation(least: number): Expression {
    let left = this.#unary();
    for (;;) {
      this.#skipSpace(this.#isInBrackets);
      const operator = operators.find((each) => this.#text.startsWith(each, this.#at));
      if (operator === undefined || powers[operator] < least) return left;
      this.#at += operator.length;
      this.#skipSpace(true);
      const right = this.#operation(powers[operator] + 1);
      left = { kind: "binary", operator, left, right, range: [left.range[0], right.range[1]] };
    }
  }

  #unary(): Expression {
    const start = this.#at;
    const sign = this.#text[this.#at];
    if (sign !== "!" && sign !== "-") return this.#member(this.#primary());
    this.#at++;
    this.#skipSpace(false);
    const value = this.#nested(() => this.#unary());
    if (sign === "!") return { kind: "not", value, range: [start, this.#at] };
    if (value.kind === "literal" && typeof value.value === "number") {
      return { kind: "literal", value: -value.value, range: [start, this.#at] };
    }
    return { kind: "opaque", range: [start, this.#at] };
  }

  #member(object: Expression): Expression {
    const [start] = object.range;
    let value = object;
    for (;;) {
      if (this.#text[this.#at] === "." && this.#text[this.#at + 1] !== ".") {
        this.#at++;
        const from = this.#at;
        if (this.#take("*")) {
          value = { kind: "opaque", range: [start, this.#at] };
          continue;
        }
        const name = this.#word() ?? this.#match(number)?.[0] ?? null;
        if (name === null) this.#fail("After `.` there has to be a name.");
        const key: Expression = { kind: "literal", value: name, range: [from, this.#at] };
        value = { kind: "member", object: value, key, range: [start, this.#at] };
      } else if (this.#text[this.#at] === "[") {
        this.#at++;
        const key = this.#bracketed("]", () => {
          this.#skipSpace(true);
          return this.#take("*") ? null : this.#expression();
        });
        const range = [start, this.#at] as const;
        value = key ? { kind: "member", object: value, key, range } : { kind: "opaque", range };
      } else return value;
    }
  }

  #primary(): Expression {
    const start = this.#at;
    const character = this.#text[start];
    if (character === '"') return this.#quoted();
    if (character === "[") return this.#list();
    if (character === "{") return this.#object();
    if (this.#text.startsWith("<<", start)) return this.#heredoc();
    if (this.#take("(")) {
      const value = this.#bracketed(")", () => {
        this.#skipSpace(true);
        return this.#expression();
      });
      return { ...value, range: [start, this.#at] };
    }
    const digits = this.#match(number);
    if (digits) return { kind: "literal", value: Number(digits[0]), range: [start, this.#at] };
    const name = this.#word();
    if (name === null) this.#fail("A value is missing here.");
    if (this.#text[this.#at] === "(" || this.#text.startsWith("::", this.#at)) return this.#call(start);
    const range = [start, this.#at] as const;
    if (name === "true" || name === "false") return { kind: "literal", value: name === "true", range };
    return name === "null" ? { kind: "literal", value: null, range } : { kind: "variable", name, range };
  }

  #call(start: number): Expression {
    while (this.#text.startsWith("::", this.#at)) {
      this.#at += 2;
      if (this.#word() === null) this.#fail("After `::` there has to be a name.");
    }
    if (!this.#take("(")) this.#fail("A `(` is missing here.");
    this.#items(")");
    return { kind: "opaque", range: [start, this.#at] };
  }

  #list(): Expression {
    const start = this.#at++;
    if (this.#isFor()) return this.#forExpression(start, "]");
    const items = this.#items("]");
    return { kind: "list", items, range: [start, this.#at] };
  }

  /** Values between commas up to a closing bracket, that included. */
  #items(close: string): Expression[] {
    const items: Expression[] = [];
    this.#bracketed(close, () => {
      for (;;) {
        this.#skipSpace(true);
        if (this.#text[this.#at] === close) return;
        items.push(this.#expression());
        this.#skipSpace(true);
        if (this.#text.startsWith("...", this.#at)) this.#at += 3;
        this.#skipSpace(true);
        if (this.#text[this.#at] === close) return;
        if (!this.#take(",")) this.#fail(`A \`,\` or \`${close}\` is missing here.`);
      }
    });
    return items;
  }

  #object(): Expression {
    const start = this.#at++;
    if (this.#isFor()) return this.#forExpression(start, "}");
    const entries: [Expression, Expression][] = [];
    this.#bracketed("}", () => {
      for (;;) {
        this.#skipSpace(true);
        if (this.#text[this.#at] === "}") return;
        const key = this.#objectKey();
        this.#skipSpace(true);
        if (!this.#take("=") && !this.#take(":")) this.#fail("An `=` or `:` is missing here.");
        this.#skipSpace(true);
        const outer = this.#isInBrackets;
        // A line feed ends an entry.
        this.#isInBrackets = false;
        entries.push([key, this.#expression()]);
        this.#isInBrackets = outer;
        this.#skipSpace(false);
        if (!this.#take(",") && this.#text[this.#at] !== "}" && !this.#isAtLineEnd()) {
          this.#fail("A `,` or `}` is missing here.");
        }
      }
    });
    return { kind: "object", entries, range: [start, this.#at] };
  }

  #objectKey(): Expression {
    const key = this.#expression();
    return key.kind === "variable" ? { kind: "literal", value: key.name, range: key.range } : key;
  }

  #isFor(): boolean {
    const before = this.#at;
    this.#skipSpace(true);
    const isFor = this.#word() === "for" && /\s/.test(this.#text[this.#at] ?? "");
    this.#at = before;
    return isFor;
  }

  /** Read as far as its closing bracket. */
  #forExpression(start: number, close: string): Expression {
    const open = [close];
    while (open.length > 0) {
      this.#skipSpace(true);
      const character = this.#text[this.#at];
      if (character === undefined) this.#fail(`A \`${close}\` is missing here.`);
      if (character === '"') this.#quoted();
      else if (character === "<" && this.#match(heredocStart)) this.#fail("A heredoc cannot stand here.");
      else {
        this.#at++;
        const closing = { "[": "]", "{": "}", "(": ")" }[character];
        if (closing !== undefined) open.push(closing);
        else if (character === open.at(-1)) open.pop();
        else if ("]})".includes(character)) this.#fail(`A \`${open.at(-1) ?? close}\` is missing here.`, this.#at - 1);
      }
    }
    return { kind: "opaque", range: [start, this.#at] };
  }

  #quoted(): Expression {
    const start = this.#at++;
    const parts = this.#nested(() => this.#templateParts(this.#text.length, true));
    if (!this.#take('"')) this.#fail("The text that begins here has no closing quote.", start);
    return { kind: "template", parts, range: [start, this.#at] };
  }

  #heredoc(): Expression {
    const start = this.#at;
    const opened = this.#match(heredocStart);
    if (!opened) this.#fail("After `<<` there has to be a word that ends its line.");
    const [, dash, word = ""] = opened;
    const from = this.#at;
    const close = this.#closeOf(word, from, start);
    const parts = this.#nested(() => this.#templateParts(close.from, false));
    this.#at = close.to;
    return {
      kind: "template",
      parts: dash === "" ? parts : outdented(parts, this.#text, from),
      range: [start, this.#at],
    };
  }

  /** The line that ends a heredoc. */
  #closeOf(word: string, from: number, start: number): { readonly from: number; readonly to: number } {
    for (let line = from; line < this.#text.length;) {
      const feed = this.#text.indexOf("\n", line);
      const end = feed === -1 ? this.#text.length : feed;
      if (this.#text.slice(line, end).trim() === word) {
        return { from: line, to: line + this.#text.slice(line, end).trimEnd().length };
      }
      line = end + 1;
    }
    this.#fail(`The heredoc that begins here has no line \`${word}\`.`, start);
  }

  /** Up to an offset, or to the quote that closes it. */
  #templateParts(end: number, isQuoted: boolean): TemplatePart[] {
    const parts: TemplatePart[] = [];
    let start = this.#at;
    const flush = () => {
      if (this.#at > start) {
        const range = [start, this.#at] as const;
        parts.push({ kind: "text", text: this.#text.slice(start, this.#at), range, isEscape: false });
      }
    };
    const escape = (text: string, length: number) => {
      flush();
      parts.push({ kind: "text", text, range: [this.#at, this.#at + length], isEscape: true });
      this.#at += length;
      start = this.#at;
    };
    while (this.#at < end) {
      const character = this.#text[this.#at] as string;
      if (isQuoted && (character === '"' || character === "\n")) break;
      if (isQuoted && character === "\\") escape(...this.#escape());
      else if (this.#text.startsWith("$${", this.#at)) escape("${", 3);
      else if (this.#text.startsWith("%%{", this.#at)) escape("%{", 3);
      else if (this.#text.startsWith("${", this.#at) || this.#text.startsWith("%{", this.#at)) {
        flush();
        parts.push(character === "$" ? this.#inserted() : this.#directive(end));
        start = this.#at;
      } else this.#at++;
    }
    flush();
    return parts;
  }

  #escape(): [text: string, length: number] {
    const rest = this.#text.slice(this.#at, this.#at + 10);
    const code = /^\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8}))/.exec(rest);
    const point = Number.parseInt(code?.[1] ?? code?.[2] ?? "", 16);
    if (code && point <= 0x10ffff) return [String.fromCodePoint(point), code[0].length];
    const plain = new Map([
      ["n", "\n"],
      ["r", "\r"],
      ["t", "\t"],
      ['"', '"'],
      ["\\", "\\"],
    ]).get(rest[1] ?? "");
    if (plain === undefined) this.#fail(`\`${rest.slice(0, 2)}\` is no escape.`);
    return [plain, 2];
  }

  #inserted(): TemplatePart {
    const start = this.#at;
    this.#at += 2;
    this.#take("~");
    const value = this.#bracketed("}", () => {
      this.#skipSpace(true);
      const found = this.#expression();
      this.#skipSpace(true);
      this.#take("~");
      return found;
    });
    return { kind: "value", value, written: this.#text.slice(start, this.#at), range: [start, this.#at] };
  }

  #directive(end: number): TemplatePart {
    const start = this.#at;
    const close = this.#text.indexOf("}", start);
    if (close === -1 || close >= end) this.#fail("The `%{` that begins here has no `}`.");
    this.#at = close + 1;
    const range = [start, this.#at] as const;
    return { kind: "value", value: { kind: "opaque", range }, written: this.#text.slice(start, this.#at), range };
  }

  #plainString(): string | null {
    if (this.#text[this.#at] !== '"') return null;
    const { parts } = this.#quoted() as Extract<Expression, { kind: "template" }>;
    return parts.map((part) => (part.kind === "text" ? part.text : "")).join("");
  }

  /** Line feeds are blanks. */
  #isInBrackets = false;

  #bracketed<Result>(close: string, work: () => Result): Result {
    const outer = this.#isInBrackets;
    this.#isInBrackets = true;
    const result = this.#nested(work);
    this.#isInBrackets = outer;
    this.#skipSpace(true);
    if (!this.#take(close)) this.#fail(`A \`${close}\` is missing here.`);
    return result;
  }

  #nested<Result>(work: () => Result): Result {
    if (++this.#depth > maxDepth) this.#fail("This is nested too deeply.");
    const result = work();
    this.#depth--;
    return result;
  }

  #endOfLine(): void {
    this.#skipSpace(false);
    if (!this.#isAtLineEnd() && this.#text[this.#at] !== "}") this.#fail("Here the line has to end.");
  }

  #isAtLineEnd(): boolean {
    return this.#at >= this.#text.length || /^\r?\n/.test(this.#text.slice(this.#at, this.#at + 2));
  }

  #skipSpace(overLines: boolean): void {
    for (;;) {
      const character = this.#text[this.#at];
      if (character === " " || character === "\t" || character === "\r") {
        if (character === "\r" && !overLines) return;
        this.#at++;
      } else if (character === "\n" && overLines) this.#at++;
      else if (character === "#" || this.#text.startsWith("//", this.#at)) {
        const feed = this.#text.indexOf("\n", this.#at);
        this.#at = feed === -1 ? this.#text.length : feed;
      } else if (this.#text.startsWith("/*", this.#at)) {
        const end = this.#text.indexOf("*/", this.#at + 2);
        if (end === -1) this.#fail("The comment that begins here has no `*/`.");
        this.#at = end + 2;
      } else return;
    }
  }

  #word(): string | null {
    return this.#match(identifier)?.[0] ?? null;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found) this.#at += found[0].length;
    return found;
  }

  #take(character: string): boolean {
    if (!this.#text.startsWith(character, this.#at)) return false;
    this.#at += character.length;
    return true;
  }

  #fail(message: string, offset = this.#at): never {
    throw new HclProblem(message, offset);
  }
}

/** Without the indentation that all lines of a heredoc share. */
function outdented(parts: readonly TemplatePart[], text: string, from: number): TemplatePart[] {
  const end = parts.at(-1)?.range[1] ?? from;
  const lines = text.slice(from, end).split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length);
  const indent = indents.length > 0 ? Math.min(...indents) : 0;
  return parts.flatMap((part): TemplatePart[] => {
    if (part.kind === "value" || part.isEscape) return [part];
    let at = part.range[0];
    return part.text.split(/(?<=\n)/).map((line) => {
      const start = at;
      at += line.length;
      const isLineStart = start === from || text[start - 1] === "\n";
      const blank = isLineStart
        ? Math.min(indent, line.length - line.trimStart().length, line.replace(/\r?\n$/, "").length)
        : 0;
      return { kind: "text", text: line.slice(blank), range: [start + blank, at], isEscape: false };
    });
  });
}
