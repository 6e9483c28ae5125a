import { trimEnd } from "./characters.ts";
import { lex, type LexedVariable, type LexError } from "./lex.ts";
import type { LineTable } from "./line-table.ts";
import { sliceText, sourceRange } from "./mapped-text.ts";
import type {
  Escape,
  ExecForm,
  Flag,
  ImagePart,
  ImageReference,
  JsonString,
  Keyword,
  KeyValue,
  Location,
  MappedText,
  Range,
  ShellForm,
  StageName,
  SyntaxProblem,
  Variable,
  Word,
} from "./nodes.ts";
import type { JsonArray } from "./json.ts";
import type { Piece } from "./split.ts";

/** Makes the nodes of one instruction: places it is given are indexes of the instruction's joined text, places of nodes are the file's. */
export class Builder {
  readonly text: MappedText;
  readonly escape: Escape;
  readonly #table: LineTable;
  /** The first word that BuildKit's lexer refuses. */
  lexProblem: { readonly code: LexError; readonly range: Range } | null = null;

  constructor(text: MappedText, escape: Escape, table: LineTable) {
    this.text = text;
    this.escape = escape;
    this.#table = table;
  }

  place(start: number, end: number): { range: Range; loc: Location } {
    return this.at(sourceRange(this.text, start, end));
  }

  at(range: Range): { range: Range; loc: Location } {
    return { range, loc: this.#table.location(range) };
  }

  problem(code: string, message: string, range: Range): SyntaxProblem {
    return { type: "SyntaxProblem", code, message, ...this.at(range) };
  }

  keyword({ value, start, end }: Piece): Keyword {
    return { type: "Keyword", value, name: value.toUpperCase(), ...this.place(start, end) };
  }

  flag({ value, start, end }: Piece): Flag {
    const raw = this.text.value.slice(start, end);
    const sign = value.indexOf("=");
    if (sign === -1) return { type: "Flag", name: value.slice(2), value: null, ...this.place(start, end) };
    const valueStart = start + raw.indexOf("=") + 1;
    const word = this.word(valueStart, end);
    return {
      type: "Flag",
      name: value.slice(2, sign),
      value: { ...word, value: value.slice(sign + 1) },
      ...this.place(start, end),
    };
  }

  /** A word whose quotes BuildKit removes and whose variables it expands. */
  word(start: number, end: number): Word {
    const raw = this.text.value.slice(start, end);
    const plain = !/["'$\\`<]/.test(raw);
    const lexed = plain ? null : lex(raw, { escape: this.escape });
    if (lexed?.error) this.lexProblem ??= { code: lexed.error, range: sourceRange(this.text, start, end) };
    return {
      type: "Word",
      raw,
      value: lexed && !lexed.error ? lexed.result : raw,
      quote: plain ? null : quoteOf(raw, this.escape),
      variables: lexed ? lexed.variables.map((variable) => this.variable(variable, start)) : [],
      ...this.place(start, end),
    };
  }

  /** A word that BuildKit takes as it is. */
  plainWord(start: number, end: number): Word {
    const raw = this.text.value.slice(start, end);
    return { type: "Word", raw, value: raw, quote: null, variables: [], ...this.place(start, end) };
  }

  variable({ name, braced, operator, operand, start, end, variables }: LexedVariable, base: number): Variable {
    return {
      type: "Variable",
      name,
      braced,
      operator,
      operand,
      variables: variables.map((inner) => this.variable(inner, base)),
      ...this.place(base + start, base + end),
    };
  }

  pair({ start, end }: Piece): KeyValue {
    const raw = this.text.value.slice(start, end);
    const sign = raw.indexOf("=");
    const keyEnd = sign === -1 ? end : start + sign;
    return {
      type: "KeyValue",
      key: this.word(start, keyEnd),
      value: sign === -1 ? null : this.word(keyEnd + 1, end),
      ...this.place(start, end),
    };
  }

  jsonString({ value, start, end }: Piece): JsonString {
    const raw = this.text.value.slice(start, end);
    return { type: "JsonString", raw, value, variables: [], ...this.place(start, end) };
  }

  /** A string of a JSON array whose variables BuildKit expands. */
  jsonWord(piece: Piece): JsonString {
    const node = this.jsonString(piece);
    if (!piece.value.includes("$")) return node;
    const { variables } = lex(piece.value, { escape: this.escape });
    // With JSON escapes in it the places inside are not known: the variable then has that of the whole string.
    const verbatim = node.raw === `"${piece.value}"`;
    return {
      ...node,
      variables: variables.map((variable) =>
        this.variable(verbatim ? variable : { ...variable, start: -1, end: node.raw.length - 1, variables: [] }, piece.start + 1),
      ),
    };
  }

  execForm(array: Exclude<JsonArray, "mixed" | null>): ExecForm {
    return {
      type: "ExecForm",
      elements: array.strings.map((piece) => this.jsonString(piece)),
      ...this.place(array.start, array.end),
    };
  }

  shellForm(start: number, end: number): ShellForm {
    const last = trimEnd(this.text.value, start, end);
    return { type: "ShellForm", text: sliceText(this.text, start, last), ...this.place(start, last) };
  }

  stageName({ value, start, end }: Piece): StageName {
    return { type: "StageName", value, name: value.toLowerCase(), ...this.place(start, end) };
  }

  /** Parts by the grammar of Docker's references, braces of variables passed over. */
  image({ start, end }: Piece): ImageReference {
    const word = this.word(start, end);
    const inner = word.quote === null ? 0 : 1;
    const from = start + inner;
    const to = end - inner;
    const text = this.text.value.slice(from, to);
    const hidden = text.replace(/\$\{[^{}]*\}/g, (variable) => "\0".repeat(variable.length));
    const at = hidden.indexOf("@");
    const nameEnd = at === -1 ? text.length : at;
    const slash = hidden.lastIndexOf("/", nameEnd - 1);
    const colon = hidden.slice(0, nameEnd).lastIndexOf(":");
    const tagged = colon > slash;
    const repositoryEnd = tagged ? colon : nameEnd;
    const registryEnd = registryLength(text, hidden);
    const part = (first: number, last: number): ImagePart => ({
      type: "ImagePart",
      value: text.slice(first, last),
      ...this.place(from + first, from + last),
    });
    return {
      type: "ImageReference",
      word,
      registry: registryEnd === 0 ? null : part(0, registryEnd),
      repository: part(
        registryEnd === 0 ? 0 : registryEnd + 1,
        Math.max(repositoryEnd, registryEnd === 0 ? 0 : registryEnd + 1),
      ),
      tag: tagged ? part(colon + 1, nameEnd) : null,
      digest: at === -1 ? null : part(at + 1, text.length),
      ...this.place(start, end),
    };
  }
}

/** As Docker's reference.splitDockerDomain: what stands before the first slash is a registry when it looks like a host. */
function registryLength(text: string, hidden: string): number {
  const slash = hidden.indexOf("/");
  if (slash === -1) return 0;
  const first = text.slice(0, slash);
  if (first.startsWith("$") && !/[.:]/.test(hidden.slice(0, slash))) return 0;
  const host =
    /[.:]/.test(hidden.slice(0, slash)) ||
    first === "localhost" ||
    (first !== first.toLowerCase() && !first.includes("$"));
  return host ? slash : 0;
}

/** The quote around a whole word, if it is one. */
function quoteOf(raw: string, escape: Escape): '"' | "'" | null {
  const first = raw[0];
  if (raw.length < 2 || raw.at(-1) !== first) return null;
  if (first === "'") return raw.indexOf("'", 1) === raw.length - 1 ? "'" : null;
  if (first !== '"') return null;
  for (let at = 1; at < raw.length; at++) {
    if (raw[at] === escape) at++;
    else if (raw[at] === '"') return at === raw.length - 1 ? '"' : null;
  }
  return null;
}
