import type { PinnedFile, PinOutcome } from "@stagewright/host/pin";
import { unifiedDiff } from "./formats/diff.ts";
import type { Styles } from "./formats/styles.ts";

export interface PinReportOptions {
  readonly format: "text" | "json";
  readonly check: boolean;
  readonly diff: boolean;
  /** The files were written. */
  readonly written: boolean;
  readonly styles: Styles;
}

/** 0; 1 for a stale pin with `--check`; 2 when an image could not be looked up. */
export function pinExitCode(files: readonly PinnedFile[], { check }: Pick<PinReportOptions, "check">): 0 | 1 | 2 {
  const outcomes = files.flatMap((file) => file.outcomes);
  if (check && outcomes.some(({ action }) => action === "update")) {
    return 1;
  }
  return outcomes.some(({ action }) => action === "fail") ? 2 : 0;
}

/** What `stagewright pin` prints, with a line end. */
export function reportPins(files: readonly PinnedFile[], options: PinReportOptions): string {
  if (options.format === "json") {
    return `${JSON.stringify(toJson(files), null, 2)}\n`;
  }
  const diffs = options.diff ? files.map((file) => diffOf(file, options.styles)).join("") : "";
  const lines = files.flatMap(({ path, outcomes }) =>
    outcomes.flatMap((outcome) => {
      const sentence = options.diff && outcome.action !== "fail" ? null : describe(outcome, options);
      return sentence === null ? [] : [`${path}:${String(outcome.line)}:${String(outcome.column)}: ${sentence}`];
    }),
  );
  return `${diffs}${[...lines, summary(files, options)].join("\n")}\n`;
}

function describe(
  { action, image, from, to, reason }: PinOutcome,
  { check, written }: PinReportOptions,
): string | null {
  switch (action) {
    case "pin":
      return check
        ? `\`${image}\` is not pinned.`
        : `\`${image}\` ${written ? "is" : "would be"} pinned to ${short(to)}.`;
    case "update":
      return check
        ? `\`${image}\` is stale: the tag means ${short(to)} now.`
        : `\`${image}\` ${written ? "is" : "would be"} moved from ${short(from)} to ${short(to)}.`;
    case "skip":
      return `\`${image}\` is left as it is: ${reason ?? ""}.`;
    case "fail":
      return reason;
    case "fresh":
    case "pinned":
      return null;
  }
}

function summary(files: readonly PinnedFile[], { check, written }: PinReportOptions): string {
  const count = (...actions: readonly PinOutcome["action"][]): number =>
    files.flatMap(({ outcomes }) => outcomes).filter(({ action }) => actions.includes(action)).length;
  const failed = count("fail") === 0 ? "" : `, ${String(count("fail"))} not found out`;
  if (check) {
    return `${images(count("fresh"))} fresh, ${String(count("update"))} stale, ${String(count("pin"))} not pinned${failed}.`;
  }
  const changed = files.filter(({ before, after }) => before !== after).length;
  const verb = written ? "changed" : "to change";
  const skipped = count("skip") === 0 ? "" : `, ${String(count("skip"))} left as they are`;
  return `${images(count("pin", "update"))} in ${String(changed)} file${changed === 1 ? "" : "s"} ${verb}${skipped}${failed}.`;
}

const images = (count: number): string => `${String(count)} image${count === 1 ? "" : "s"}`;

/** Enough to tell two digests apart. */
const short = (digest: string | null): string => (digest ?? "").replace(/^(\w+:\w{12}).*$/, "$1");

function toJson(files: readonly PinnedFile[]) {
  return {
    files: files.map(({ path, before, after, outcomes }) => ({ path, changed: before !== after, images: outcomes })),
  };
}

const diffOf = ({ path, before, after }: PinnedFile, styles: Styles): string =>
  before === after ? "" : unifiedDiff(path, before, after, styles);
