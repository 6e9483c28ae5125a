import type { JsonStrings } from "./json.ts";
import { lex, type LexedVariable, type LexError } from "./lex.ts";
import type { LineTable } from "./line-table.ts";
import { sourceRange } from "./mapped-text.ts";
import type {
  Escape,
  ExecForm,
  Flag,
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
import type { FlagPiece, Piece } from "./split.ts";

const lexMessages: Readonly<Record<LexError, string>> = {
  "unterminated-quote": "A quote is opened here and never closed.",
  "bad-substitution": "Here is a `${` that no name follows.",
  "unsupported-modifier": "Here is a `${` with a modifier that BuildKit does not know.",
  "unterminated-substitution": "A `${` is opened here and never closed.",
};

/** Makes the nodes of one instruction: places it is given are indexes of the instruction's joined text, places of nodes are the file's. */
export class Builder {
  readonly text: MappedText;
  readonly escape: Escape;
  readonly table: LineTable;
  /** What BuildKit's parser refuses here. */
  readonly refused: SyntaxProblem[] = [];
  /** Words that BuildKit cannot expand. */
  readonly badWords: SyntaxProblem[] = [];

  constructor(text: MappedText, escape: Escape, table: LineTable) {
    this.text = text;
    this.escape = escape;
    this.table = table;
  }

  range(start: number, end: number): Range {
    return sourceRange(this.text, start, end);
  }

  loc(range: Range): Location {
    return this.table.location(range);
  }

  problem(code: string, message: string, range: Range): SyntaxProblem {
    return { type: "SyntaxProblem", code, message, range, loc: this.loc(range) };
  }

  refuse(code: string, message: string, range: Range): void {
    this.refused.push(this.problem(code, message, range));
  }

  keyword({ value, start, end }: Piece): Keyword {
    const range = this.range(start, end);
    return { type: "Keyword", value, name: value.toUpperCase(), range, loc: this.loc(range) };
  }

  /** `expanded` names the flags into whose values BuildKit puts variables. */
  flag({ value, start, end, indexes }: FlagPiece, expanded: readonly string[]): Flag {
    const range = this.range(start, end);
    const loc = this.loc(range);
    const sign = value.indexOf("=");
    const name = value.slice(2, sign === -1 ? undefined : sign);
    if (sign === -1) return { type: "Flag", name, value: null, range, loc };
    const valueStart = (indexes[sign] as number) + 1;
    const raw = this.text.value.slice(valueStart, end);
    const kept = value.slice(sign + 1);
    const valueRange = this.range(valueStart, end);
    const word: Word = {
      type: "Word",
      raw,
      value: kept,
      quote: quoteOf(raw, this.escape),
      // The quotes are gone before the variables are looked for, so also '$X' is one.
      variables: this.#variables(kept, valueRange, expanded.includes(name), (first, last) =>
        this.range(indexes[sign + 1 + first] as number, (indexes[sign + last] as number) + 1),
      ),
      range: valueRange,
      loc: this.loc(valueRange),
    };
    return { type: "Flag", name, value: word, range, loc };
  }

  /** A word whose quotes BuildKit removes and whose variables it expands. */
  word(start: number, end: number): Word {
    const raw = this.text.value.slice(start, end);
    if (!/["'$\\`\ufeff]/.test(raw)) return this.plainWord(start, end);
    const range = this.range(start, end);
    const { result, variables, error } = lex(raw, { escape: this.escape });
    if (error) this.badWords.push(this.problem(error, lexMessages[error], range));
    return {
      type: "Word",
      raw,
      value: result,
      quote: quoteOf(raw, this.escape),
      variables: variableNodes(variables, this.table, (first, last) => this.range(start + first, start + last)),
      range,
      loc: this.loc(range),
    };
  }

  /** A word that BuildKit takes as it is. */
  plainWord(start: number, end: number): Word {
    const raw = this.text.value.slice(start, end);
    const range = this.range(start, end);
    return { type: "Word", raw, value: raw, quote: null, variables: [], range, loc: this.loc(range) };
  }

  pair({ value, start, end }: Piece): KeyValue {
    const length = value.indexOf("=");
    // An escape character with nothing behind it is no part of the words.
    const wordsEnd = start + value.length;
    const sign = length === -1 ? wordsEnd : start + length;
    const range = this.range(start, end);
    return {
      type: "KeyValue",
      key: this.word(start, sign),
      value: length === -1 ? null : this.word(sign + 1, wordsEnd),
      range,
      loc: this.loc(range),
    };
  }

  /** A string of a JSON array; `expanded` says that BuildKit puts variables into it. */
  jsonString({ value, start, end }: Piece, expanded: boolean): JsonString {
    const raw = this.text.value.slice(start, end);
    const range = this.range(start, end);
    if (!expanded) return { type: "JsonString", raw, value, variables: [], range, loc: this.loc(range) };
    let indexes: readonly number[] | null = null;
    const variables = this.#variables(value, range, true, (first, last) => {
      indexes ??= jsonIndexes(raw);
      return this.range(start + (indexes[first] as number), start + (indexes[last] as number));
    });
    return { type: "JsonString", raw, value, variables, range, loc: this.loc(range) };
  }

  execForm({ strings, start, end }: JsonStrings): ExecForm {
    const range = this.range(start, end);
    return {
      type: "ExecForm",
      elements: strings.map((piece) => this.jsonString(piece, false)),
      range,
      loc: this.loc(range),
    };
  }

  shellForm(text: MappedText, start: number, end: number): ShellForm {
    const range = this.range(start, end);
    return { type: "ShellForm", text, range, loc: this.loc(range) };
  }

  stageName({ value, start, end }: Piece): StageName {
    const range = this.range(start, end);
    return { type: "StageName", value, name: value.toLowerCase(), range, loc: this.loc(range) };
  }

  #variables(value: string, wordRange: Range, expanded: boolean, place: Place): Variable[] {
    if (!/["'$\\`]/.test(value)) return [];
    const { variables, error } = lex(value, { escape: this.escape });
    if (error && expanded) this.badWords.push(this.problem(error, lexMessages[error], wordRange));
    return variableNodes(variables, this.table, place);
  }
}

/** The file's range of a place in the lexed text. */
type Place = (start: number, end: number) => Range;

export function variableNodes(variables: readonly LexedVariable[], table: LineTable, place: Place): Variable[] {
  return variables.map((variable) => {
    const range = place(variable.start, variable.end);
    return {
      type: "Variable",
      name: variable.name,
      braced: variable.braced,
      operator: variable.operator,
      operand: variable.operand,
      variables: variableNodes(variable.variables, table, place),
      range,
      loc: table.location(range),
    };
  });
}

/** Where each character of a JSON string's value stands in the string, and its end. */
function jsonIndexes(raw: string): number[] {
  const indexes: number[] = [];
  let at = 1;
  while (at < raw.length - 1) {
    indexes.push(at);
    if (raw[at] !== "\\") at++;
    else at += raw[at + 1] === "u" ? 6 : 2;
  }
  indexes.push(at);
  return indexes;
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
