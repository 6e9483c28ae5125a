import { hint } from "@stagewright/host";
import yargsParser from "yargs-parser";
import { type Arguments, type Option, options } from "./options.ts";
import { UsageProblem } from "./usage-problem.ts";

const entries = Object.entries(options) as [string, Option][];
const ofType = (type: Option["type"]) =>
  entries.filter(([, option]) => option.type === type && !option.array).map(([name]) => name);

/** Reads the command line. Throws `UsageProblem` with the nearest right word for what it does not know. */
export function parseArguments(argv: readonly string[]): Arguments {
  // `--fix` has an optional value, which a path behind it is not; `--no-x` is read here, since some options are called so.
  const prepared = argv.map((word) =>
    word === "--fix" ? "--fix=fix" : word === "--no-color" ? "--color=false" : word,
  );
  const parsed = yargsParser.detailed(prepared, {
    alias: Object.fromEntries(entries.flatMap(([name, { alias }]) => (alias === undefined ? [] : [[name, [alias]]]))),
    array: entries.filter(([, { array }]) => array).map(([name]) => name),
    string: [...ofType("string"), ...entries.filter(([, { array }]) => array).map(([name]) => name), "_"],
    boolean: ofType("boolean"),
    number: ofType("number"),
    configuration: {
      "boolean-negation": false,
      "camel-case-expansion": false,
      "strip-aliased": true,
      "dot-notation": false,
      "greedy-arrays": false,
      "parse-numbers": false,
      "parse-positional-numbers": false,
      "duplicate-arguments-array": false,
      "populate--": true,
    },
  });
  if (parsed.error) throw new UsageProblem(parsed.error.message);
  const values = parsed.argv as Record<string, unknown>;
  const fromDashes = Array.isArray(values["--"]) ? values["--"].map(String) : [];
  for (const name of Object.keys(values)) {
    if (name === "_" || name === "--" || name in options) continue;
    throw new UsageProblem(
      `There is no option \`${name.length === 1 ? "-" : "--"}${name}\`${hint(name, Object.keys(options)) || "."}`,
    );
  }
  const text = (name: keyof typeof options): string | null => {
    const value = values[name];
    if (value === undefined) return null;
    if (value === "") throw new UsageProblem(`The option \`--${name}\` needs a value.`);
    return checkChoice(name, String(value));
  };
  const list = (name: keyof typeof options) => {
    const value = values[name];
    return (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String);
  };
  const flag = (name: keyof typeof options) => values[name] === true;
  const fix = text("fix");
  if (fix !== null && fix !== "fix" && fix !== "suggest") throw new UsageProblem("`--fix` takes nothing or `suggest`.");
  const { color } = values;
  return {
    paths: [...(values["_"] as unknown[]).map(String), ...fromDashes],
    format: text("format") as Arguments["format"],
    output: text("output"),
    quiet: flag("quiet"),
    color: typeof color === "boolean" ? color : null,
    sarifLimit: (text("sarif-limit") ?? "none") as Arguments["sarifLimit"],
    preset: text("preset") as Arguments["preset"],
    rule: list("rule"),
    config: text("config"),
    noConfig: flag("no-config"),
    failOn: (text("fail-on") ?? "warning") as Arguments["failOn"],
    maxWarnings: countOf(values["max-warnings"]),
    fix: fix ?? (list("fix-rule").length > 0 || flag("diff") ? "fix" : null),
    fixRule: list("fix-rule"),
    diff: flag("diff"),
    stdinFilename: text("stdin-filename"),
    listFiles: flag("list-files"),
    debug: flag("debug"),
  };
}

function checkChoice(name: keyof typeof options, value: string): string {
  const { choices }: Option = options[name];
  if (!choices || choices.includes(value)) return value;
  throw new UsageProblem(
    `\`${value}\` is no ${name.replace("-", " ")}${hint(value, choices) || `: it is one of ${choices.join(", ")}.`}`,
  );
}

function countOf(value: unknown): number | null {
  if (value === undefined) return null;
  const count = Number(value);
  if (!Number.isInteger(count) || count < 0) throw new UsageProblem("`--max-warnings` takes a number from 0.");
  return count;
}
