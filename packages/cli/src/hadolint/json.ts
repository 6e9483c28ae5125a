import { createHash } from "node:crypto";
import type { Severity } from "@stagewright/core";
import { type Issue, longMessage, nameOf, type Reported } from "./issue.ts";

/** One array of flat objects. */
export function json(files: readonly Reported[]): string {
  return JSON.stringify(
    each(files, (name, issue) => ({
      code: issue.code,
      column: issue.broken?.column ?? 1,
      file: nameOf(name, issue),
      level: issue.level,
      line: issue.line,
      message: issue.message,
    })),
  );
}

/** Code Climate's objects, each closed by a NUL. */
export const codeclimate = (files: readonly Reported[], path: string | null): string =>
  climateIssues(files, path)
    .map((issue) => `${JSON.stringify(issue)}\0`)
    .join("");

/** GitLab's form of Code Climate: an array, and a fingerprint for each. */
export function gitlabCodeclimate(files: readonly Reported[], path: string | null): string {
  return JSON.stringify(
    climateIssues(files, path).map((issue) => {
      const fingerprint = createHash("sha1").update(JSON.stringify(issue)).digest("hex");
      const { categories, check_name, description, ...rest } = issue;
      return { categories, check_name, description, fingerprint, ...rest };
    }),
  );
}

const climateSeverities: Readonly<Record<Severity, string>> = {
  error: "blocker",
  warning: "major",
  info: "info",
  style: "minor",
};

function climateIssues(files: readonly Reported[], path: string | null) {
  return each(files, (name, issue) => {
    const { broken, line } = issue;
    const place = { column: broken?.column, line };
    return {
      categories: ["Bug Risk"],
      check_name: issue.code,
      description: longMessage(name, issue),
      location: broken
        ? { path: nameOf(name, issue), positions: { begin: place, end: place } }
        : { lines: { begin: line, end: line }, path: path ?? name },
      severity: climateSeverities[issue.level],
      type: "issue",
    };
  });
}

/** Codacy's objects, with nothing between them. */
export const codacy = (files: readonly Reported[]): string =>
  each(files, (name, issue) =>
    JSON.stringify({
      filename: nameOf(name, issue),
      line: issue.line,
      message: longMessage(name, issue),
      patternId: issue.code,
    }),
  ).join("");

const sonarSeverities: Readonly<Record<Severity, string>> = {
  error: "CRITICAL",
  warning: "MAJOR",
  info: "MINOR",
  style: "INFO",
};

/** SonarQube's generic issues. */
export function sonarqube(files: readonly Reported[], path: string | null): string {
  const issues = each(files, (name, { code, level, message, line, broken }) => ({
    engineId: "Hadolint",
    primaryLocation: {
      filePath: path ?? name,
      message,
      textRange: { endColumn: broken?.column ?? 1, endLine: line, startColumn: broken?.column ?? 0, startLine: line },
    },
    ruleId: code,
    severity: broken ? "BLOCKER" : sonarSeverities[level],
    type: level === "error" ? "BUG" : "CODE_SMELL",
  }));
  return JSON.stringify({ issues });
}

/** SARIF 2.1.0 with one run and no table of rules. */
export function sarif(files: readonly Reported[], driver: object): string {
  const results = each(files, (name, issue) => {
    const { code, level, message, line, broken } = issue;
    const column = broken?.column ?? 1;
    const region = {
      endColumn: column,
      endLine: line,
      sourceLanguage: code.startsWith("SC") ? "sh" : "dockerfile",
      startColumn: column,
      startLine: line,
    };
    return {
      level: level === "info" || level === "style" ? "note" : level,
      locations: [{ physicalLocation: { artifactLocation: { uri: nameOf(name, issue) }, region } }],
      message: { text: message },
      ruleId: code,
    };
  });
  const runs = [{ defaultSourceLanguage: "dockerfile", results, tool: { driver } }];
  return JSON.stringify({ $schema: "http://json.schemastore.org/sarif-2.1.0", runs, version: "2.1.0" });
}

const each = <Result>(files: readonly Reported[], make: (name: string, issue: Issue) => Result): Result[] =>
  files.flatMap(({ name, issues }) => issues.map((issue) => make(name, issue)));
