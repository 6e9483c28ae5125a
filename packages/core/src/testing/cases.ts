import type { Answers } from "../requests.ts";
import type { Settings } from "../rule.ts";

/** A Dockerfile and what surrounds it. */
export interface RuleCase {
  /** Indentation common to all lines is taken off, and a first and last empty line. */
  readonly code: string;
  /** `code` is taken as it is, and has no lines of carets: for tabs, CR LF and the like. */
  readonly raw?: boolean;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly settings?: Settings;
  readonly filename?: string;
  readonly answers?: Answers;
}

/** What is reported stands in `code`: carets under each place, with the id of its message behind them, and its text in quotes where that matters. */
export interface ReportingCase extends RuleCase {
  /** The text after all fixes; needed where there is a fix, absent or `null` where there is none. */
  readonly output?: string | null;
  /** The texts after each suggestion alone, in the order of the findings; needed where there are suggestions. */
  readonly suggestions?: readonly string[];
  /** Messages in the order of the findings, where their text matters. */
  readonly messages?: readonly string[];
  /** Codes in the order of the findings. */
  readonly codes?: readonly (readonly string[])[];
  /** What is reported, for a `raw` case: `2:6-2:10 messageId`, lines and columns from 1, the end exclusive. */
  readonly places?: readonly string[];
}

export interface RuleCases {
  /** By what completes "allows ...". */
  readonly allows: Readonly<Record<string, string | RuleCase>>;
  /** By what completes "reports ...". */
  readonly reports: Readonly<Record<string, string | ReportingCase>>;
}

/** What a rule sees besides the text. */
export type Surroundings = Pick<RuleCase, "options" | "settings" | "filename" | "answers">;
