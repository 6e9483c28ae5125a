import type { Severity } from "@stagewright/core";
import type { Format } from "./format.ts";
import { shownPath } from "./shown-path.ts";
import { attributes } from "./xml.ts";

const levels: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "info", style: "info" };

/** Checkstyle's XML, which Jenkins and many others read. */
export const checkstyle: Format = () => ({
  begin: () => '<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n',
  file: ({ path, findings, errors }) =>
    [
      `<file${attributes({ name: shownPath(path) })}>\n`,
      ...errors.map((message) => error({ line: 1, severity: "error", message, source: "stagewright" })),
      ...findings.map(({ loc: { start }, severity, message, rule }) =>
        error({
          line: start.line,
          column: start.column,
          severity: levels[severity],
          message,
          source: `stagewright.${rule}`,
        }),
      ),
      "</file>\n",
    ].join(""),
  end: () => "</checkstyle>\n",
});

const error = (list: Readonly<Record<string, string | number>>): string => `  <error${attributes(list)}/>\n`;
