import type { Format } from "./format.ts";

/** One line a finding, for grep and for editors: `file:line:column: severity: message [rule]`. */
export const compact: Format = {
  file: ({ path, findings, errors }) =>
    [
      ...errors.map((error) => `${path}: error: ${error}\n`),
      ...findings.map(
        ({ loc, severity, message, rule }) =>
          `${path}:${loc.start.line}:${loc.start.column}: ${severity}: ${message} [${rule}]\n`,
      ),
    ].join(""),
  end: () => "",
};
