import type { Severity } from "@stagewright/core";
import { type Issue, nameOf, type Reported } from "./issue.ts";

const colors: Readonly<Record<Severity, string>> = {
  error: "\u001b[1m\u001b[91m",
  warning: "\u001b[1m\u001b[93m",
  info: "\u001b[92m",
  style: "\u001b[96m",
};

/** A line for each issue, for people. */
export function tty(files: readonly Reported[], color: boolean): string {
  const level = (word: Severity) => (color ? `${colors[word]}${word}\u001b[0m` : word);
  return linesOf(files, (name, issue) =>
    issue.broken
      ? `${nameOf(name, issue)}:${issue.line}:${issue.broken.column} ${inOneLine(issue.message)}`
      : `${name}:${issue.line} ${issue.code} ${level(issue.level)}: ${issue.message}`,
  );
}

/** A line for each issue as GNU's programs write them. */
export function gnu(files: readonly Reported[]): string {
  return linesOf(files, (name, issue) =>
    issue.broken
      ? `hadolint:${nameOf(name, issue)}:${issue.line}:${issue.broken.column}: ${inOneLine(issue.message)}`
      : `hadolint:${name}:${issue.line}: ${issue.code} ${issue.level}: ${issue.message}`,
  );
}

const linesOf = (files: readonly Reported[], lineOf: (name: string, issue: Issue) => string): string =>
  files.flatMap(({ name, issues }) => issues.map((issue) => `${lineOf(name, issue)}\n`)).join("");

const inOneLine = (text: string): string => `${text.replaceAll("\n", " ")} `;
