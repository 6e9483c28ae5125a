import type { FileResult } from "@stagewright/host";
import type { Rule } from "@stagewright/core";
import type { Summary } from "../summary.ts";

export interface FormatContext {
  readonly version: string;
  readonly rules: readonly Rule[];
  readonly cwd: string;
  readonly colors: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  readonly links: boolean;
  readonly sarifLimit: "none" | "github";
  /** What was wrong with the run itself, in one sentence each. */
  readonly errors: readonly string[];
}

/** Prints a run. Formats that can be printed file by file have `file`; `end` gets everything. */
export interface Format {
  readonly file?: (result: FileResult, context: FormatContext) => string;
  readonly end: (results: readonly FileResult[], summary: Summary, context: FormatContext) => string;
}
