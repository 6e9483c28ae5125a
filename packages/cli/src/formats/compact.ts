import type { Format } from "./format.ts";
import { printable } from "./printable.ts";

/** One line a finding, for grep and for editors: `file:line:column: severity: message [rule]`. */
export const compact: Format = () => ({
  begin: () => "",
  file: ({ path, findings, errors }) =>
    [
      ...errors.map((error) => `${path}: error: ${error}`),
      ...findings.map(
        ({ loc: { start }, severity, message, rule, codes }) =>
          `${path}:${start.line}:${start.column}: ${severity}: ${message} [${[rule, ...codes].join(", ")}]`,
      ),
    ]
      .map((line) => `${printable(line)}\n`)
      .join(""),
  end: () => "",
});
