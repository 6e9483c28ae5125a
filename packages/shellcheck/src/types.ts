/** From grave to slight, in ShellCheck's words. */
export type Level = "error" | "warning" | "info" | "style";

/** A script to lint: text only, whatever it was cut from. */
export interface ShellCheckRequest {
  /** What stands after `#!`: `/bin/sh`, `/bin/bash -e`. */
  readonly shell: string;
  /** Variables that are set before the script runs; `null` for a value that is not known. */
  readonly variables: readonly { readonly name: string; readonly value: string | null }[];
  /** The script without a `#!` line. */
  readonly script: string;
}

/** Lines and columns count from 1, columns in UTF-16 code units; the end is exclusive. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** One comment of ShellCheck, placed in the request's script. */
export interface ShellCheckComment extends Place {
  readonly code: number;
  readonly level: Level;
  readonly message: string;
  /** ShellCheck's own repair; empty where it has none. Later ones never change the places of earlier ones. */
  readonly replacements: readonly ShellCheckReplacement[];
}

/** Put `text` in place of what stands there; an empty place inserts. */
export interface ShellCheckReplacement extends Place {
  readonly text: string;
}

/** What became of one request: ShellCheck's comments in its own order, or why there are none to be had. */
export type ShellCheckResult = { readonly comments: readonly ShellCheckComment[] } | { readonly error: string };

/** What becomes of scripts in an engine that is closed, and of those that nobody waits for any more. */
export const closedResult: ShellCheckResult = { error: "ShellCheck was closed." };
export const unwantedResult: ShellCheckResult = { error: "ShellCheck was not asked: nobody waits for the answer." };

/** Something that runs whole scripts through ShellCheck. Comments are placed in the script as it was given, `#!` line included. */
export interface Engine {
  readonly kind: "wasm" | "native";
  /** ShellCheck's version, and where it is not a build that is known, something that tells it apart. */
  readonly version: string;
  /** Never rejects. `wanted` is asked when the script's turn has come: one that nobody waits for any more is not run. */
  lint(script: string, wanted?: () => boolean): Promise<ShellCheckResult>;
  /** Ends workers and processes; lints that are under way give an error. */
  close(): Promise<void>;
}
