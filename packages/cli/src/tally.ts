import type { Severity } from "@stagewright/core";
import type { FileResult } from "@stagewright/host";

/** What a run came to. */
export interface Summary {
  /** Files that were read. */
  readonly files: number;
  readonly filesWithFindings: number;
  readonly findings: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  /** Findings with a safe fix. */
  readonly fixable: number;
  /** Paths that gave no file, and files that could not be read or written. */
  readonly failed: number;
  /** Findings that were repaired, by rule. */
  readonly fixed: ReadonlyMap<string, number>;
  readonly repairedFiles: number;
}

/** Counts while results come in, and keeps none of them. */
export class Tally implements Summary {
  files = 0;
  filesWithFindings = 0;
  findings = 0;
  readonly bySeverity: Record<Severity, number> = { error: 0, warning: 0, info: 0, style: 0 };
  fixable = 0;
  failed = 0;
  readonly fixed = new Map<string, number>();
  repairedFiles = 0;

  add({ text, findings, errors, repaired }: FileResult): void {
    if (text !== null) this.files++;
    if (findings.length > 0) this.filesWithFindings++;
    if (errors.length > 0) this.failed++;
    this.findings += findings.length;
    for (const { severity, fix } of findings) {
      this.bySeverity[severity]++;
      if (fix) this.fixable++;
    }
    if (repaired && repaired.before !== text) this.repairedFiles++;
    for (const [rule, count] of repaired?.fixed ?? []) this.fixed.set(rule, (this.fixed.get(rule) ?? 0) + count);
  }
}
