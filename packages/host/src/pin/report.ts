import type { PinOutcome } from "./plan.ts";
import type { PinnedFile } from "./run.ts";

export interface PinReportOptions {
  readonly format: "text" | "json";
  readonly check: boolean;
  readonly diff: boolean;
  /** The files were written. */
  readonly written: boolean;
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
  const diffs = options.diff ? files.map(unifiedDiff).join("") : "";
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

/** Pins change lines and never add any, so that each hunk is one run of changed lines with three lines around. */
function unifiedDiff({ path, before, after }: PinnedFile): string {
  if (before === after) {
    return "";
  }
  const [old, now] = [before.split("\n"), after.split("\n")];
  const changed = old.flatMap((line, index) => (line === now[index] ? [] : [index]));
  const hunks: [first: number, last: number][] = [];
  for (const index of changed) {
    const current = hunks.at(-1);
    if (current && index - current[1] <= 6) current[1] = index;
    else hunks.push([index, index]);
  }
  const length = before.endsWith("\n") ? old.length - 1 : old.length;
  const body = hunks.map(([first, last]) => {
    const [start, end] = [Math.max(0, first - 3), Math.min(length, last + 4)];
    const lines: string[] = [];
    for (let index = start; index < end; index += 1) {
      const run = changed.includes(index) ? changed.filter((one) => one >= index && isJoined(changed, index, one)) : [];
      if (run.length === 0) {
        lines.push(` ${old[index] ?? ""}${atEnd(index, length, before)}`);
        continue;
      }
      lines.push(...run.map((one) => `-${old[one] ?? ""}${atEnd(one, length, before)}`));
      lines.push(...run.map((one) => `+${now[one] ?? ""}${atEnd(one, length, after)}`));
      index += run.length - 1;
    }
    const size = String(end - start);
    return `@@ -${String(start + 1)},${size} +${String(start + 1)},${size} @@\n${lines.join("\n")}\n`;
  });
  return `--- ${path}\n+++ ${path}\n${body.join("")}`;
}

/** All lines between two are changed too. */
const isJoined = (changed: readonly number[], first: number, last: number): boolean =>
  changed.filter((index) => index >= first && index <= last).length === last - first + 1;

const atEnd = (index: number, length: number, text: string): string =>
  index === length - 1 && !text.endsWith("\n") ? "\n\\ No newline at end of file" : "";
