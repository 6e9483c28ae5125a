import { parse } from "@stagewright/ast";
import type { Finding } from "@stagewright/core";
import type { Issue } from "./issue.ts";

/** Findings as hadolint would tell them: once for each code and line, at the line where the instruction starts unless exact lines are wanted. */
export function issuesOf(findings: readonly Finding[], text: string, exactLines: boolean): readonly Issue[] {
  const lines = exactLines ? [] : parse(text).instructions;
  const lineOf = ({ loc }: Finding) =>
    lines.find(({ startLine, endLine }) => startLine <= loc.start.line && loc.start.line <= endLine)?.startLine ??
    loc.start.line;
  const issues = new Map<string, Issue>();
  for (const finding of findings) {
    const { rule, severity: level, message, loc } = finding;
    if (rule === "syntax") {
      const { line, column } = loc.start;
      const broken = { column, source: text.split(/\r?\n/)[line - 1] ?? "" };
      issues.set(`${line}:${column} ${message}`, { code: "DL1000", level: "error", message, line, broken });
      continue;
    }
    const line = lineOf(finding);
    for (const code of finding.codes) {
      const key = `${line} ${code}`;
      if (!issues.has(key)) issues.set(key, { code, level, message, line, broken: null });
    }
  }
  return [...issues.values()].sort((a, b) => a.line - b.line || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
}
