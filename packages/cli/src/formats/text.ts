import { type Finding, ruleUrl } from "@stagewright/core";
import type { FileResult } from "@stagewright/host";
import type { Summary } from "../summary.ts";
import { codeFrame } from "./code-frame.ts";
import type { Format, FormatContext } from "./format.ts";
import { createStyles, type Styles } from "./styles.ts";
import { wrapText } from "./wrap.ts";

/** For people: findings by file, each with the place in its line. */
export const text: Format = {
  file(result, context) {
    if (result.findings.length === 0 && result.errors.length === 0) return "";
    const styles = createStyles(context.colors, context.links);
    const lines = (result.text ?? "").split(/\r?\n/);
    const blocks = result.findings.map((finding) => block(finding, lines, styles, context));
    const errors = result.errors.map((error) => `  ${styles.severity("error", "error")} ${error}\n`);
    return `${styles.bold(result.path)}\n${errors.join("")}${errors.length > 0 && blocks.length > 0 ? "\n" : ""}${blocks.join("\n")}\n`;
  },
  end(results, summary, context) {
    const styles = createStyles(context.colors, context.links);
    const errors = context.errors.map((error) => `${styles.severity("error", "error")} ${error}\n`).join("");
    return `${errors}${summaryLine(results, summary, styles)}\n`;
  },
};

function block(finding: Finding, lines: readonly string[], styles: Styles, { width }: FormatContext): string {
  const { severity, message, rule, codes, loc, related, fix, suggestions } = finding;
  const shown = codes.filter((code) => /^[A-Z]/.test(code));
  const name = `${styles.link(rule, ruleUrl(rule))}${shown.length > 0 ? ` ${styles.dim(`(${shown.join(", ")})`)}` : ""}`;
  const head = `  ${styles.dim(`${loc.start.line}:${loc.start.column}`)} ${styles.severity(severity, severity)} ${styles.bold(name)}`;
  const body = wrapText(message, Math.max(40, width - 4)).map((line) => `    ${line}`);
  const [place] = related ?? [];
  return [
    head,
    ...body,
    ...codeFrame(lines, loc, styles, width, severity),
    ...(place
      ? [
          ...wrapText(`${styles.cyan("see")} line ${place.loc.start.line}: ${place.message}`, width - 4).map(
            (line) => `    ${line}`,
          ),
        ]
      : []),
    ...help(fix !== undefined, suggestions?.[0]?.message, styles, width),
    "",
  ].join("\n");
}

function help(fixable: boolean, suggestion: string | undefined, styles: Styles, width: number): string[] {
  const says = fixable ? "repaired by --fix" : suggestion;
  if (says === undefined) return [];
  const lines = wrapText(says, Math.max(40, width - 10));
  return lines.map((line, index) => `    ${index === 0 ? styles.green("help") : "    "} ${line}`);
}

function summaryLine(results: readonly FileResult[], summary: Summary, styles: Styles): string {
  const { files, findings, bySeverity, fixable, failed, milliseconds } = summary;
  const time = milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
  const counted = `${plural(files, "file")} in ${time}`;
  const unread = failed > 0 ? `, ${plural(failed, "path")} failed` : "";
  if (findings === 0) return `${failed > 0 ? "" : `${styles.green("✓")} `}No findings in ${counted}${unread}`;
  const severities = Object.entries(bySeverity)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => styles.severity(severity as Finding["severity"], `${count} ${severity}`));
  const withFindings = results.filter((result) => result.findings.length > 0).length;
  const repairs = fixable > 0 ? `; ${fixable} with --fix` : "";
  return `${styles.bold(plural(findings, "finding"))} (${severities.join(", ")}${repairs}) in ${withFindings} of ${counted}${unread}`;
}

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;
