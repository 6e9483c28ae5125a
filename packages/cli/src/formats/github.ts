import type { Severity } from "@stagewright/core";
import type { Format } from "./format.ts";
import { shownPath } from "./shown-path.ts";

const commands: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "notice",
  style: "notice",
};

/** Workflow commands of GitHub Actions, which become annotations of the files. Lines and columns are 1-based, the end column is the last one. */
export const github: Format = () => ({
  begin: () => "",
  file: ({ path, findings, errors }) => {
    const file = shownPath(path);
    return [
      ...errors.map((error) => command("error", { file }, error)),
      ...findings.map(({ severity, message, rule, codes, loc: { start, end } }) =>
        command(
          commands[severity],
          {
            file,
            line: start.line,
            endLine: end.line,
            // GitHub refuses columns for a place of several lines.
            ...(start.line === end.line && { col: start.column, endColumn: Math.max(start.column, end.column - 1) }),
            title: [rule, ...codes].join(", "),
          },
          message,
        ),
      ),
    ].join("");
  },
  end: ({ errors }) => errors.map((error) => command("error", {}, error)).join(""),
});

/** Escaped as the toolkit of GitHub Actions does it. */
function command(name: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name}${list.length > 0 ? ` ${list.join(",")}` : ""}::${escapeData(message)}\n`;
}

const escapeData = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const escapeProperty = (text: string): string => escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
