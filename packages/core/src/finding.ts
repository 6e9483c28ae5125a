import type { Location, Range } from "@stagewright/ast";

/** From grave to slight; hadolint's words, and what formats map to their own. */
export const severities = ["error", "warning", "info", "style"] as const;

export type Severity = (typeof severities)[number];

/** Replace `range` (UTF-16 offsets, end exclusive) by `text`; an empty range inserts. */
export interface Edit {
  readonly range: Range;
  readonly text: string;
}

/** A repair that the author has to decide on; `message` says what it does and what it assumes. */
export interface Suggestion {
  readonly message: string;
  readonly edits: readonly Edit[];
}

/** Another place that explains a finding. */
export interface RelatedPlace {
  readonly range: Range;
  readonly loc: Location;
  readonly message: string;
}

/** One finding of one rule at one place. */
export interface Finding {
  /** The rule's name, `syntax` for what BuildKit refuses, or `internal` for a rule that threw. */
  readonly rule: string;
  /** Names of other tools for this finding, such as `DL3020` or `StageNameCasing`. */
  readonly codes: readonly string[];
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  readonly loc: Location;
  /** Absent where no safe repair is known. */
  readonly fix?: readonly Edit[];
  /** May be made when they are first read: a copy of the finding reads them. */
  readonly suggestions?: readonly Suggestion[] | undefined;
  readonly related?: readonly RelatedPlace[];
}
