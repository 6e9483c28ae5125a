import { parseRuleSwitch, type RuleChange } from "@stagewright/host";
import type { RegistryOptions } from "@stagewright/host/registry";
import { rules } from "@stagewright/rules";
import { readBuildArgs } from "./build-args.ts";
import type { FormatName } from "./formats/names.ts";
import {
  type failLevels,
  lintOptions,
  type presetChoices,
  type repairKinds,
  type sarifLimits,
} from "./lint-options.ts";
import { type ParsedOptions, parseOptions } from "./parse-options.ts";
import { readRegistryOptions } from "./read-registry-options.ts";
import { UsageProblem } from "./usage-problem.ts";

/** The command line of `stagewright [paths...]` as it was read. */
export interface LintArguments {
  readonly paths: readonly string[];
  readonly format: FormatName;
  readonly output: string | null;
  readonly quiet: boolean;
  /** A report whose findings are known. */
  readonly baseline: string | null;
  /** The report is written there, and fails nothing. */
  readonly writeBaseline: string | null;
  /** `null`: as the output and the environment have it. */
  readonly color: boolean | null;
  readonly sarifLimit: (typeof sarifLimits)[number];
  readonly preset: (typeof presetChoices)[number] | null;
  readonly rule: readonly RuleChange[];
  readonly config: string | null;
  readonly isolated: boolean;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly printConfig: boolean;
  readonly failOn: (typeof failLevels)[number] | null;
  readonly maxWarnings: number | null;
  readonly fix: (typeof repairKinds)[number] | null;
  readonly fixRule: readonly string[];
  readonly diff: boolean;
  readonly stdinFilename: string | null;
  /** Only files that changed since this revision. */
  readonly since: string | null;
  readonly staged: boolean;
  readonly watch: boolean;
  readonly listFiles: boolean;
  /** Which part of the files: the `index`-th (from 0) of every `total`. */
  readonly shard: { readonly index: number; readonly total: number } | null;
  readonly ndjson: boolean;
  /** Where findings are kept: a folder, `true` for the user's own; `null` for none. */
  readonly cache: string | true | null;
  readonly stats: boolean;
  /** Stacks of mistakes that are ours are shown. */
  readonly debug: boolean;
  /** How registries are asked, for all files or for those whose configuration says so; `null` when none is. */
  readonly registry: (RegistryOptions & { readonly bySettings: boolean }) | null;
}

export function lintArguments(argv: readonly string[]): LintArguments {
  const options = parseOptions(argv, lintOptions);
  const fixRule = options.list("fix-rule");
  const diff = options.flag("diff");
  const fix = options.choice("fix") ?? (fixRule.length > 0 || diff ? "fix" : null);
  if (options.flag("no-config") && options.text("config") !== null) {
    throw new UsageProblem("`--config` and `--no-config` do not go together.");
  }
  if (options.flag("online") && options.flag("offline")) {
    throw new UsageProblem("`--online` and `--offline` do not go together.");
  }
  if (options.flag("staged") && options.text("since") !== null) {
    throw new UsageProblem("`--staged` and `--since` do not go together.");
  }
  if (options.flag("staged") && fix !== null && !diff) {
    throw new UsageProblem("`--staged` lints what is staged, which `--fix` cannot change; `--staged --diff` shows it.");
  }
  if (options.text("write-baseline") !== null) {
    const other = (["baseline", "output", "format", "fix", "fix-rule", "diff", "watch"] as const).find(
      (name) => options.text(name) !== null,
    );
    if (other !== undefined) throw new UsageProblem(`\`--${other}\` and \`--write-baseline\` do not go together.`);
  }
  if (options.text("stdin-filename") !== null && !options.flag("stdin-ndjson") && !options.paths.includes("-")) {
    throw new UsageProblem("`--stdin-filename` names what `-` reads, and `-` is not given.");
  }
  if (options.flag("watch")) refuseWithWatch(options);
  if (options.flag("stdin-ndjson")) refuseWithNdjson(options);
  return {
    paths: options.paths.length > 0 ? options.paths : ["."],
    format: options.choice("format") ?? "text",
    output: options.text("output"),
    quiet: options.flag("quiet"),
    baseline: options.text("baseline"),
    writeBaseline: options.text("write-baseline"),
    color: options.flag("no-color") ? false : options.flag("color") ? true : null,
    sarifLimit: options.choice("sarif-limit") ?? "none",
    preset: options.choice("preset"),
    rule: options.list("rule").map(ruleSwitch),
    config: options.text("config"),
    isolated: options.flag("no-config"),
    buildArgs: readBuildArgs(options.list("build-arg"), process.env),
    printConfig: options.flag("print-config"),
    failOn: options.choice("fail-on"),
    maxWarnings: options.count("max-warnings"),
    fix,
    fixRule,
    diff,
    stdinFilename: options.text("stdin-filename"),
    since: options.text("since"),
    staged: options.flag("staged"),
    watch: options.flag("watch"),
    listFiles: options.flag("list-files"),
    shard: shardOf(options.text("shard")),
    ndjson: options.flag("stdin-ndjson"),
    cache: options.text("cache-location") ?? (options.flag("cache") ? true : null),
    stats: options.flag("stats"),
    debug: options.flag("debug"),
    registry: options.flag("offline")
      ? null
      : { ...readRegistryOptions(options.list), bySettings: !options.flag("online") },
  };
}

function ruleSwitch(text: string): RuleChange {
  const change = parseRuleSwitch(text, rules);
  if (typeof change === "string") throw new UsageProblem(change);
  return change;
}

function shardOf(text: string | null): LintArguments["shard"] {
  if (text === null) return null;
  const [, part, total] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const [index, count] = [Number(part) - 1, Number(total)];
  if (part === undefined || index < 0 || index >= count) {
    throw new UsageProblem(`\`--shard\` takes a part and how many there are, such as \`3/16\`, not \`${text}\`.`);
  }
  return { index, total: count };
}

/** Texts that come with their names are no files. */
function refuseWithNdjson(options: ParsedOptions<typeof lintOptions>): void {
  const others = [
    "fix",
    "fix-rule",
    "diff",
    "output",
    "format",
    "staged",
    "since",
    "list-files",
    "print-config",
    "watch",
    "shard",
    "stdin-filename",
  ] as const;
  const given = others.find((other) => options.text(other) !== null && options.text(other) !== "false");
  const [path] = options.paths;
  const other = given === undefined ? path : `--${given}`;
  if (other !== undefined) throw new UsageProblem(`\`${other}\` and \`--stdin-ndjson\` do not go together.`);
}

/** What a run that does not end cannot do. */
function refuseWithWatch(options: ParsedOptions<typeof lintOptions>): void {
  const given = (["fix", "fix-rule", "diff", "output", "staged", "since", "list-files", "print-config"] as const).find(
    (other) => options.text(other) !== null,
  );
  const other = given === undefined ? (options.paths.includes("-") ? "-" : null) : `--${given}`;
  if (other !== null) throw new UsageProblem(`\`${other}\` and \`--watch\` do not go together.`);
}
