import { createHash } from "node:crypto";
import type { Severity } from "@stagewright/core";
import type { FileResult } from "@stagewright/host";
import type { Format } from "./format.ts";
import { shownPath } from "./shown-path.ts";

const levels: Readonly<Record<Severity, string>> = {
  error: "critical",
  warning: "major",
  info: "minor",
  style: "info",
};

/** GitLab's code quality report. A fingerprint stays when the lines around a finding move. */
export const gitlab: Format = () => {
  let count = 0;
  return {
    begin: () => "[",
    file: (result) =>
      issues(result)
        .map((issue) => `${count++ === 0 ? "\n" : ",\n"}${JSON.stringify(issue)}`)
        .join(""),
    end: () => "\n]\n",
  };
};

function issues({ path, findings, errors, text }: FileResult): object[] {
  const file = shownPath(path);
  const fingerprint = fingerprints(file);
  const lines = (text ?? "").split(/\r\n|\r|\n/);
  return [
    ...errors.map((message) => ({
      description: message,
      check_name: "unreadable",
      fingerprint: fingerprint("unreadable", ""),
      severity: "blocker",
      location: { path: file, lines: { begin: 1 } },
    })),
    ...findings.map(({ rule, codes, severity, message, loc }) => ({
      description: codes.length > 0 ? `${message} (${codes.join(", ")})` : message,
      check_name: rule,
      fingerprint: fingerprint(rule, lines[loc.start.line - 1] ?? ""),
      severity: levels[severity],
      location: { path: file, lines: { begin: loc.start.line, end: loc.end.line } },
    })),
  ];
}

/** Of the file's path, the rule and the line's text; the second equal one counts on. */
function fingerprints(path: string): (rule: string, line: string) => string {
  const seen = new Map<string, number>();
  return (rule, line) => {
    const key = JSON.stringify([path, rule, line.trim()]);
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    return createHash("sha256").update(`${key}${nth}`).digest("hex").slice(0, 32);
  };
}
