import { hadolintThresholds } from "@stagewright/host/hadolint";
import type { OptionTable } from "../options.ts";
import { hadolintFormats } from "./formats.ts";

const codes = (describe: string) => ({ type: "string", array: true, placeholder: "CODE", describe }) as const;

/** hadolint's own options, and one of ours. */
export const hadolintOptions = {
  config: { type: "string", alias: "c", placeholder: "FILE", describe: "Use this configuration and look for no other" },
  format: {
    type: "string",
    array: true,
    alias: "f",
    choices: hadolintFormats,
    describe: "How issues are printed; several may be given",
  },
  output: { type: "string", array: true, alias: "o", placeholder: "FILE", describe: "Where the format goes" },
  "file-path-in-report": { type: "string", placeholder: "PATH", describe: "A name in place of the files' own" },
  "no-fail": { type: "boolean", describe: "Exit with 0, whatever is found" },
  "no-color": { type: "boolean", describe: "No colours" },
  verbose: { type: "boolean", alias: "V", describe: "Say which configuration is used" },
  error: codes("Make it an error"),
  warning: codes("Make it a warning"),
  info: codes("Make it an info"),
  style: codes("Make it a matter of style"),
  ignore: codes("Leave it out"),
  "trusted-registry": { type: "string", array: true, placeholder: "HOST", describe: "A registry that FROM may name" },
  "require-label": {
    type: "string",
    array: true,
    placeholder: "NAME:TYPE",
    describe: "A label that images have to have",
  },
  "strict-labels": { type: "boolean", describe: "No other labels" },
  "disable-ignore-pragma": { type: "boolean", describe: "Comments that ignore have no effect" },
  "failure-threshold": {
    type: "string",
    alias: "t",
    placeholder: "LEVEL",
    choices: hadolintThresholds,
    describe: "The slightest level that gives exit code 1 [default: info]",
  },
  "exact-lines": { type: "boolean", describe: "The lines of the words found, not those where instructions start" },
} as const satisfies OptionTable;

/** What `--help` prints. */
export function hadolintHelp(): string {
  const rows = Object.entries<OptionTable[string]>(hadolintOptions).map(([name, option]) => {
    const short = option.alias === undefined ? "    " : `-${option.alias}, `;
    const value = option.type === "boolean" ? "" : ` ${option.placeholder ?? "NAME"}`;
    return `  ${`${short}--${name}${value}`.padEnd(34)}${option.describe}\n`;
  });
  return `Usage: stagewright hadolint [options] FILE...\n\nReads hadolint's command line and prints its formats: ${hadolintFormats.join(", ")}.\n\n${rows.join("")}`;
}
