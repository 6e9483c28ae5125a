import type { Severity } from "@stagewright/core";
import type { PresetName } from "@stagewright/rules";
import { formatNames } from "./formats/names.ts";
import type { OptionTable } from "./options.ts";
import { buildArgOption } from "./build-args.ts";
import { registryOptions } from "./registry-options.ts";

const severityNames = ["error", "warning", "info", "style"] as const satisfies readonly Severity[];

export const failLevels = [...severityNames, "never"] as const;

export const presetChoices = ["recommended", "strict", "hadolint", "buildkit"] as const satisfies readonly PresetName[];

export const sarifLimits = ["none", "github"] as const;

export const repairKinds = ["fix", "suggest"] as const;

/** The options of `stagewright [paths...]`. */
export const lintOptions = {
  format: {
    type: "string",
    alias: "f",
    choices: formatNames,
    describe: "How findings are printed",
    group: "Output",
  },
  output: {
    type: "string",
    alias: "o",
    placeholder: "FILE",
    describe: "Write to a file, whole or not at all",
    group: "Output",
  },
  quiet: { type: "boolean", alias: "q", describe: "Show errors only", group: "Output" },
  color: { type: "boolean", describe: "Colours, whatever the output is", group: "Output" },
  "no-color": { type: "boolean", describe: "No colours", group: "Output" },
  "sarif-limit": {
    type: "string",
    choices: sarifLimits,
    describe: "Cut SARIF to what code scanning takes",
    group: "Output",
  },
  preset: { type: "string", choices: presetChoices, describe: "The rules to begin with", group: "Rules" },
  rule: {
    type: "string",
    array: true,
    placeholder: "NAME=LEVEL",
    describe: "Set the level of a rule or code: off, on, error, warning, info or style",
    group: "Rules",
  },
  config: {
    type: "string",
    alias: "c",
    placeholder: "FILE",
    describe: "Use this configuration and no other",
    group: "Rules",
  },
  "no-config": { type: "boolean", describe: "Look for no configuration", group: "Rules" },
  "print-config": { type: "boolean", describe: "Print what holds for a file, as JSON", group: "Rules" },
  ...buildArgOption,
  baseline: {
    type: "string",
    placeholder: "FILE",
    describe: "Report only what this report, JSON or SARIF, does not have",
    group: "Output",
  },
  "write-baseline": {
    type: "string",
    placeholder: "FILE",
    describe: "Write what is found now, to be the baseline, and end with exit code 0",
    group: "Output",
  },
  "fail-on": {
    type: "string",
    choices: failLevels,
    describe: "The slightest finding that gives exit code 1 [default: warning]",
    group: "Exit code",
  },
  "max-warnings": {
    type: "number",
    placeholder: "N",
    describe: "More warnings than this give exit code 1",
    group: "Exit code",
  },
  fix: {
    type: "string",
    implied: "fix",
    choices: repairKinds,
    describe: "Repair what can be repaired safely; --fix=suggest takes suggestions too",
    group: "Repairs",
  },
  "fix-rule": {
    type: "string",
    array: true,
    placeholder: "NAME",
    describe: "Repair findings of this rule only",
    group: "Repairs",
  },
  diff: { type: "boolean", describe: "Show what --fix would change, and write nothing", group: "Repairs" },
  "stdin-filename": {
    type: "string",
    placeholder: "PATH",
    describe: "The name of what `-` reads",
    group: "Files",
  },
  since: {
    type: "string",
    placeholder: "REV",
    describe: "Only files changed since the branch left this revision",
    group: "Files",
  },
  staged: { type: "boolean", describe: "Only what is staged in git, as it is staged", group: "Files" },
  watch: {
    type: "boolean",
    alias: "w",
    describe: "Lint again when Dockerfiles, configurations or ignore files change",
    group: "Files",
  },
  shard: {
    type: "string",
    placeholder: "N/TOTAL",
    describe: "Only every TOTAL-th file, from the N-th on: for jobs side by side",
    group: "Files",
  },
  "stdin-ndjson": {
    type: "boolean",
    describe: "Read {path, text} from standard input, one JSON object a line, and print findings likewise",
    group: "Files",
  },
  cache: { type: "boolean", describe: "Keep findings, and use those of unchanged files", group: "Speed" },
  "cache-location": {
    type: "string",
    placeholder: "FOLDER",
    describe: "Where findings are kept; includes --cache",
    group: "Speed",
  },
  stats: { type: "boolean", describe: "Say where the time went", group: "Speed" },
  "list-files": { type: "boolean", describe: "Print the files that would be linted", group: "Files" },
  online: { type: "boolean", describe: "Ask registries about images", group: "Registries" },
  offline: {
    type: "boolean",
    describe: "Ask no registry, whatever configurations say",
    group: "Registries",
  },
  ...registryOptions,
  debug: { type: "boolean", describe: "Show stack traces of internal errors", group: "Other" },
} as const satisfies OptionTable;
