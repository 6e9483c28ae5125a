import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Finding, ruleUrl, type Severity } from "@stagewright/core";
import type { FileResult } from "@stagewright/host";
import type { Summary } from "../tally.ts";
import { codeFrame } from "./code-frame.ts";
import type { End, Format } from "./format.ts";
import { hasPage } from "./own-rules.ts";
import { EditPlaces } from "./places.ts";
import { printable } from "./printable.ts";
import { repairedLines } from "./repaired-lines.ts";
import { createStyles, type Styles } from "./styles.ts";
import { wrapText } from "./wrap.ts";

const indent = "    ";

/** For people: findings by file, each with its place in the line, its rule and its repair. */
export const text: Format = ({ look, cwd, quiet }) => {
  const { width, ...marks } = look();
  const styles = createStyles(marks);
  return {
    begin: () => "",
    file: (result) => fileBlock(result, styles, { cwd, width }),
    // What is wrong with the run itself goes to standard error.
    end: (end) => endBlock(end, styles, quiet ? "errors" : "findings"),
  };
};

function fileBlock({ path, text: source, findings, errors }: FileResult, styles: Styles, page: Page): string {
  if (findings.length === 0 && errors.length === 0) return "";
  const lines = (source ?? "").split("\n");
  const shown: Source = { lines, places: new EditPlaces(source ?? "") };
  const blocks = [
    ...errors.map((error) => [`  ${styles.severity("error", "error")} ${printable(error)}`]),
    ...findings.map((finding) => findingBlock(finding, shown, styles, page)),
  ];
  const name = styles.bold(printable(path));
  const title = source === null || path === "-" ? name : styles.link(name, pathToFileURL(resolve(page.cwd, path)).href);
  return `${title}\n${blocks.map((block) => `${block.join("\n")}\n`).join("\n")}\n`;
}

/** What all files are printed on. */
interface Page {
  readonly cwd: string;
  readonly width: number;
}

/** The file that findings are about. */
interface Source {
  readonly lines: readonly string[];
  readonly places: EditPlaces;
}

function findingBlock(finding: Finding, source: Source, styles: Styles, page: Page): string[] {
  const { severity, message, rule, codes, loc, related = [] } = finding;
  const place = styles.dim(`${loc.start.line}:${loc.start.column}`);
  const name = hasPage(rule) ? styles.link(styles.bold(rule), ruleUrl(rule)) : styles.bold(rule);
  const aliases = codes.length > 0 ? styles.dim(` (${codes.join(", ")})`) : "";
  const [near] = related;
  return [
    `  ${place} ${styles.severity(severity, severity)} ${name}${aliases}`,
    ...paragraph(styles.code(printable(message)), page.width),
    ...codeFrame(source.lines, loc, severity, styles, page.width),
    ...(near ? relatedBlock(near, source.lines, styles, page) : []),
    ...help(finding, source, styles, page.width),
  ];
}

function relatedBlock(
  { loc, message }: NonNullable<Finding["related"]>[number],
  lines: readonly string[],
  styles: Styles,
  { width }: Page,
): string[] {
  return [
    ...paragraph(`${styles.cyan(`line ${loc.start.line}:`)} ${styles.code(printable(message))}`, width),
    ...codeFrame(lines, loc, "info", styles, width),
  ];
}

function help({ fix, suggestions = [], loc }: Finding, source: Source, styles: Styles, width: number): string[] {
  if (fix) {
    const repaired = repairedLines(fix, source, width - indent.length - gutterWidth(loc.end.line));
    if (repaired === null) return paragraph(`${styles.green("fix:")} --fix repairs it.`, width);
    if ("removed" in repaired)
      return paragraph(`${styles.green("fix:")} --fix removes ${shownLines(repaired.removed)}.`, width);
    const gutter = "+".padStart(gutterWidth(loc.end.line) - 3);
    return repaired.lines.map((line) => `${indent}${styles.green(gutter)} ${styles.dim("│")} ${styles.green(line)}`);
  }
  const [first] = suggestions;
  return first ? paragraph(`${styles.green("help:")} ${styles.code(printable(first.message))}`, width) : [];
}

const shownLines = ([first, last]: readonly [number, number]): string =>
  first === last ? `line ${first}` : `lines ${first} to ${last}`;

/** What a code frame has before a line's text. */
const gutterWidth = (line: number): number => String(line).length + 3;

const paragraph = (content: string, width: number): string[] =>
  wrapText(content, Math.max(40, width - indent.length)).map((line) => `${indent}${line}`);

function endBlock({ summary, milliseconds }: End, styles: Styles, looked: string): string {
  const lines: string[] = [];
  const { fixed, repairedFiles } = summary;
  if (fixed.size > 0) {
    const total = [...fixed.values()].reduce((sum, count) => sum + count, 0);
    const byRule = [...fixed].map(([rule, count]) => `${count} ${rule}`).join(", ");
    lines.push(
      `${styles.green("Repaired")} ${plural(total, "finding")} in ${plural(repairedFiles, "file")}: ${byRule}.`,
    );
  }
  lines.push(summaryLine(summary, milliseconds, styles, looked));
  if (summary.fixable > 0) lines.push(`${plural(summary.fixable, "finding")} can be repaired with --fix.`);
  return [...lines, ""].join("\n");
}

function summaryLine(summary: Summary, milliseconds: number, styles: Styles, looked: string): string {
  const { files, filesWithFindings, findings, bySeverity, failed } = summary;
  const time = milliseconds < 1000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
  const unread = failed > 0 ? styles.severity("error", `; ${plural(failed, "path")} failed`) : "";
  if (files === 0 && failed === 0) return "No Dockerfiles found.";
  if (findings === 0)
    return `${failed > 0 ? "" : `${styles.green("✓")} `}No ${looked} in ${plural(files, "file")} (${time})${unread}`;
  const counts = (Object.entries(bySeverity) as [Severity, number][])
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => styles.severity(severity, plural(count, severity, severityNouns)));
  const where =
    files === filesWithFindings ? plural(files, "file") : `${filesWithFindings} of ${plural(files, "file")}`;
  return `${styles.bold(plural(findings, "finding"))} in ${where}: ${counts.join(", ")} (${time})${unread}`;
}

/** Severities that do not take an `s`. */
const severityNouns: Readonly<Record<string, string>> = { info: "info", style: "style" };

const plural = (count: number, noun: string, irregular: Readonly<Record<string, string>> = {}): string =>
  `${count} ${count === 1 ? noun : (irregular[noun] ?? `${noun}s`)}`;
