import type { FileResult } from "@stagewright/host";
import type { Summary } from "../tally.ts";
import type { Look } from "../terminal.ts";

export interface FormatContext {
  /** Asked for by formats that a terminal changes; to look at one takes time. */
  look(): Look;
  readonly version: string;
  readonly cwd: string;
  readonly sarifLimit: "none" | "github";
  /** Only errors are shown. */
  readonly quiet: boolean;
}

/** How a run ended. */
export interface End {
  readonly summary: Summary;
  /** What was wrong with the run itself, not with one of its files; one sentence each. */
  readonly errors: readonly string[];
  readonly milliseconds: number;
}

/** Prints one run piece by piece, so that nothing has to be kept. */
export interface Report {
  /** What stands before everything else. */
  begin(): string;
  file(result: FileResult): string;
  end(end: End): string;
}

export type Format = (context: FormatContext) => Report;
