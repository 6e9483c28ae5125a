/** A part of the script is not in the grammar that the pre-filter knows; the text says which, for statistics. */
export class Refusal {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/** A word of plain characters with at most one quoted part, or with several that are one variable in double quotes each. */
export interface Word {
  readonly type: "word";
  readonly start: number;
  /** As written. */
  readonly raw: string;
  /** Quotes removed, each variable replaced by `\0`. */
  readonly text: string;
  /** Blanks before the word; a tab counts as many. */
  readonly gap: number;
  /** Variables in double quotes. */
  readonly quotedVariables: readonly string[];
  /** Variables in double quotes with a value for where they have none: `${V:-plain}`. */
  readonly guardedVariables: readonly string[];
  /** Variables outside of quotes. */
  readonly bareVariables: readonly string[];
  readonly quoted: boolean;
  /** The word begins with a quote or a backslash. */
  readonly startsQuoted: boolean;
  /** What stands in its single quotes. */
  readonly singleQuoted: string | null;
  /** What stands in each `$(...)` of the word; such a part is a variable in `text`. */
  readonly substitutions: readonly (readonly Token[])[];
  /** The word is `NAME=$(...)`, without quotes. */
  readonly bareSubstitution: boolean;
  readonly escaped: boolean;
  /** `*`, `?` or a bracket expression outside of quotes. */
  readonly glob: boolean;
  readonly bracket: boolean;
}

export const variablesOf = (word: Word): string[] => [
  ...word.bareVariables,
  ...word.quotedVariables,
  ...word.guardedVariables,
];

export const hasVariable = (word: Word): boolean =>
  word.quotedVariables.length + word.guardedVariables.length + word.bareVariables.length > 0;

/** Ends a branch of a `case`. */
export interface BranchEnd {
  readonly type: "branch-end";
}

export type ListOperator = "&&" | "||" | ";" | "|";

export interface Operator {
  readonly type: "operator";
  readonly text: ListOperator;
}

/** The end of a line. */
export interface Newline {
  readonly type: "newline";
}

export interface RedirectOperator {
  readonly type: "redirect";
  readonly start: number;
  /** The number before it, or nothing. */
  readonly fd: string;
  readonly operator: ">" | ">>" | "<" | ">&";
  /** The number after `>&`. */
  readonly duplicate: string | null;
}

/** A parenthesis, or a brace, bracket or `!` that is a word of its own. */
export interface Mark {
  readonly type: "mark";
  readonly text: "(" | ")" | "{" | "}" | "[" | "]" | "!";
}

export type Token = Mark | Word | Operator | Newline | BranchEnd | RedirectOperator;

export type Read<T> = { readonly token: T; readonly end: number } | Refusal;
