import type { Range } from "@stagewright/ast";

/** One name in an ignore comment. */
export interface IgnoreName {
  /** As written; empty where the comment names nothing and so means everything. */
  readonly text: string;
  readonly range: Range;
  /** What it stands for: rules, codes and `rule/CODE`, `*` for all. Empty where it can silence nothing. */
  readonly keys: readonly string[];
}

/** A comment that silences findings. */
export interface IgnoreComment {
  readonly syntax: "stagewright" | "hadolint" | "buildkit";
  /** From `#` to the end of the line. */
  readonly range: Range;
  readonly names: readonly IgnoreName[];
  readonly reason: string | null;
  readonly reach:
    /** First and last line, from 1, both included. */
    | { readonly kind: "lines"; readonly first: number; readonly last: number }
    /** From its line on, until another comment says otherwise. */
    | { readonly kind: "disable" | "enable"; readonly line: number };
}

/** Something in an ignore comment that does not mean what it looks like. */
export interface CommentMistake {
  readonly message: string;
  readonly range: Range;
  /** What to write instead, where that is known. */
  readonly replacement?: string;
}

/** A part of a text with its place in the file. */
export interface Token {
  readonly text: string;
  readonly range: Range;
}

/** Names between commas and blanks; `start` is where the list begins in the file. */
export function tokensIn(list: string, start: number): Token[] {
  return [...list.matchAll(/[^\s,]+/g)].map(({ 0: text, index }) => ({
    text,
    range: [start + index, start + index + text.length],
  }));
}
