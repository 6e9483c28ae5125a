import type { Finding, Severity } from "@stagewright/core";
import type { FileResult } from "@stagewright/host";

/** What a run came to. */
export interface Summary {
  readonly files: number;
  readonly findings: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  /** Findings with a safe fix. */
  readonly fixable: number;
  /** Files that could not be read, and paths that gave none. */
  readonly failed: number;
  readonly milliseconds: number;
}

export function summarize(results: readonly FileResult[], started: number): Summary {
  const findings = results.flatMap((result) => result.findings);
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  return {
    files: results.filter(({ text }) => text !== null).length,
    findings: findings.length,
    bySeverity: { error: count("error"), warning: count("warning"), info: count("info"), style: count("style") },
    fixable: findings.filter(({ fix }: Finding) => fix).length,
    failed: results.filter(({ errors }) => errors.length > 0).length,
    milliseconds: Math.round(performance.now() - started),
  };
}
