import { type Finding, ruleUrl } from "@stagewright/core";
import type { Format } from "./format.ts";
import { hasPage } from "./own-rules.ts";
import { shownPath } from "./shown-path.ts";

/** One table a file, for comments and job summaries. */
export const markdown: Format = () => ({
  begin: () => "# Stagewright\n",
  file: ({ path, findings, errors }) => {
    if (findings.length === 0 && errors.length === 0) return "";
    const rows = findings.map(
      ({ loc: { start }, severity, message, ...finding }) =>
        `| ${start.line}:${start.column} | ${severity} | ${cell(message)} | ${nameOf(finding)} |\n`,
    );
    return [
      `\n## ${cell(shownPath(path))}\n\n`,
      ...errors.map((error) => `**${cell(error)}**\n\n`),
      ...(rows.length > 0 ? ["| Place | Level | Finding | Rule |\n|---|---|---|---|\n"] : []),
      ...rows,
    ].join("");
  },
  end: ({ summary, errors }) =>
    [
      ...errors.map((error) => `\n**${cell(error)}**\n`),
      `\nFindings: ${summary.findings} in ${summary.filesWithFindings} of ${summary.files} files`,
      summary.fixable > 0 ? `; ${summary.fixable} can be repaired with \`--fix\`.\n` : ".\n",
    ].join(""),
});

function nameOf({ rule, codes }: Pick<Finding, "rule" | "codes">): string {
  const name = hasPage(rule) ? `[${rule}](${ruleUrl(rule)})` : rule;
  return codes.length > 0 ? `${name} (${cell(codes.join(", "))})` : name;
}

/** Text in one cell of a table: code spans stay, everything else that Markdown or HTML could read is escaped. */
const cell = (text: string): string =>
  text
    .replace(/[\r\n]+/g, " ")
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\`*_[\]<>&]/g, "\\$&")))
    .join("")
    .replaceAll("|", "\\|");
