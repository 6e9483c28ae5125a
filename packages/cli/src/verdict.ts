import { type Severity, severities } from "@stagewright/core";
import type { FileResult } from "@stagewright/host";
import type { LintArguments } from "./lint-arguments.ts";
import { Tally } from "./tally.ts";

/** What a run means for the exit code. */
export class Verdict {
  /** Of what is shown. */
  readonly tally = new Tally();
  readonly #args: Pick<LintArguments, "failOn" | "maxWarnings" | "diff">;
  #warnings = 0;
  #fails = false;

  constructor(args: Pick<LintArguments, "failOn" | "maxWarnings" | "diff">) {
    this.#args = args;
  }

  /** `shown` is the part of the result that is printed; warnings count whether they are printed or not. */
  add(result: FileResult, shown: FileResult): void {
    this.tally.add(shown);
    this.#warnings += result.findings.filter(({ severity }) => severity === "warning").length;
    const level = this.#args.failOn ?? result.config?.failOn ?? "warning";
    this.#fails ||= level !== "never" && shown.findings.some(({ severity }) => isAtLeast(severity, level));
  }

  get exitCode(): 0 | 1 | 2 {
    const { maxWarnings, diff } = this.#args;
    if (this.tally.failed > 0) return 2;
    if (diff) return this.tally.repairedFiles > 0 ? 1 : 0;
    return this.#fails || (maxWarnings !== null && this.#warnings > maxWarnings) ? 1 : 0;
  }
}

const isAtLeast = (severity: Severity, level: Severity): boolean =>
  severities.indexOf(severity) <= severities.indexOf(level);
