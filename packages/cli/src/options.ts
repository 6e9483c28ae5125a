import { severities } from "@stagewright/core";
import { presetNames } from "@stagewright/rules";
import { formatNames } from "./formats/names.ts";

/** One option of the command line. */
export interface Option {
  readonly type: "string" | "boolean" | "number";
  readonly array?: boolean;
  readonly alias?: string;
  readonly choices?: readonly string[];
  readonly placeholder?: string;
  readonly describe: string;
  readonly group: string;
}

/** All options of `stagewright [paths...]`; help, errors, completion and the fast path are made from it. */
export const options = {
  format: { type: "string", alias: "f", choices: formatNames, describe: "How findings are printed", group: "Output:" },
  output: {
    type: "string",
    alias: "o",
    placeholder: "FILE",
    describe: "Write to a file, whole or not at all",
    group: "Output:",
  },
  quiet: { type: "boolean", alias: "q", describe: "Show errors only", group: "Output:" },
  color: { type: "boolean", describe: "Colours, whatever the terminal is (--no-color: none)", group: "Output:" },
  "sarif-limit": {
    type: "string",
    choices: ["none", "github"],
    describe: "Cut SARIF to what code scanning takes",
    group: "Output:",
  },
  preset: { type: "string", choices: presetNames, describe: "The rules to begin with", group: "Rules:" },
  rule: {
    type: "string",
    array: true,
    placeholder: "NAME=LEVEL",
    describe: "Set the level of a rule or code: off, on, error, warning, info or style",
    group: "Rules:",
  },
  config: {
    type: "string",
    alias: "c",
    placeholder: "FILE",
    describe: "Use this configuration and no other",
    group: "Rules:",
  },
  "no-config": { type: "boolean", describe: "Look for no configuration", group: "Rules:" },
  "fail-on": {
    type: "string",
    choices: [...severities, "never"],
    describe: "The slightest finding that gives exit code 1",
    group: "Exit code:",
  },
  "max-warnings": {
    type: "number",
    placeholder: "N",
    describe: "More warnings than this give exit code 1",
    group: "Exit code:",
  },
  fix: {
    type: "string",
    placeholder: "KIND",
    describe: "Repair what can be repaired safely; --fix=suggest takes suggestions too",
    group: "Repairs:",
  },
  "fix-rule": {
    type: "string",
    array: true,
    placeholder: "NAME",
    describe: "Repair findings of this rule only",
    group: "Repairs:",
  },
  diff: { type: "boolean", describe: "Show what --fix would change, and write nothing", group: "Repairs:" },
  "stdin-filename": { type: "string", placeholder: "PATH", describe: "The name of what `-` reads", group: "Files:" },
  "list-files": { type: "boolean", describe: "Print the files that would be linted", group: "Files:" },
  debug: { type: "boolean", describe: "Show stack traces", group: "Output:" },
} as const satisfies Readonly<Record<string, Option>>;

export type OptionName = keyof typeof options;

/** The command line as it was read. */
export interface Arguments {
  readonly paths: readonly string[];
  readonly format: (typeof formatNames)[number] | null;
  readonly output: string | null;
  readonly quiet: boolean;
  readonly color: boolean | null;
  readonly sarifLimit: "none" | "github";
  readonly preset: (typeof presetNames)[number] | null;
  readonly rule: readonly string[];
  readonly config: string | null;
  readonly noConfig: boolean;
  readonly failOn: (typeof severities)[number] | "never";
  readonly maxWarnings: number | null;
  readonly fix: "fix" | "suggest" | null;
  readonly fixRule: readonly string[];
  readonly diff: boolean;
  readonly stdinFilename: string | null;
  readonly listFiles: boolean;
  readonly debug: boolean;
}
