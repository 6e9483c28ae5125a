import { hint } from "@stagewright/host";
import yargsParser from "yargs-parser";
import type { Option, OptionTable } from "./options.ts";
import { UsageProblem } from "./usage-problem.ts";

/** A command line as a table of options reads it. Where a single option is given twice, the last one counts. */
export interface ParsedOptions<Table extends OptionTable> {
  readonly paths: readonly string[];
  /** One sentence for each value that its option does not take; such values count as not given. */
  readonly problems: readonly string[];
  text(name: keyof Table & string): string | null;
  list(name: keyof Table & string): readonly string[];
  flag(name: keyof Table & string): boolean;
  /** A number from 0, or `null`. */
  count(name: keyof Table & string): number | null;
  /** One of the table's choices. */
  choice<Choice extends string>(name: keyof Table & string, choices: readonly Choice[]): Choice | null;
}

/** Reads the command line. Throws `UsageProblem` for options that do not exist and for values that are missing, with the nearest right word. */
export function parseOptions<Table extends OptionTable>(argv: readonly string[], table: Table): ParsedOptions<Table> {
  const entries = Object.entries<Option>(table);
  const ofType = (type: Option["type"]) => entries.filter(([, option]) => option.type === type).map(([name]) => name);
  const { argv: values, error } = yargsParser.detailed(prepare(argv, entries), {
    alias: Object.fromEntries(entries.flatMap(([name, { alias }]) => (alias === undefined ? [] : [[name, [alias]]]))),
    // Numbers are read as texts, so that a wrong one can be shown.
    string: [...ofType("string"), ...ofType("number"), "_"],
    boolean: ofType("boolean"),
    configuration: {
      "boolean-negation": false,
      "camel-case-expansion": false,
      "strip-aliased": true,
      "dot-notation": false,
      "greedy-arrays": false,
      "parse-numbers": false,
      "parse-positional-numbers": false,
      "duplicate-arguments-array": true,
      "populate--": true,
    },
  }) as { readonly argv: Readonly<Record<string, unknown>>; readonly error: Error | null };
  if (error) throw new UsageProblem(error.message);
  const all = (name: string) => [values[name] ?? []].flat().map(String);
  for (const name of Object.keys(values)) {
    if (name === "_" || name === "--" || Object.hasOwn(table, name)) continue;
    const near =
      choiceHint(name, entries) || hint(name, [...Object.keys(table), "help", "version"]).replace("`", "`--");
    throw new UsageProblem(`There is no option \`${name.length === 1 ? "-" : "--"}${name}\`${near || "."}`);
  }
  for (const [name, { type, implied }] of entries) {
    if (type !== "boolean" && implied === undefined && all(name).includes("")) {
      throw new UsageProblem(`The option \`--${name}\` needs a value.`);
    }
  }
  const problems: string[] = [];
  const text = (name: string) => all(name).at(-1) ?? null;
  return {
    paths: [...all("_"), ...all("--")],
    problems,
    text,
    list: all,
    flag: (name) => [values[name]].flat().at(-1) === true,
    count(name) {
      const value = text(name);
      if (value === null || /^\d+$/.test(value)) return value === null ? null : Number(value);
      problems.push(`\`--${name}\` takes a number from 0, not \`${value}\`.`);
      return null;
    },
    choice<Choice extends string>(name: string, choices: readonly Choice[]) {
      const value = text(name);
      const found = choices.find((choice) => choice === value) ?? null;
      if (value !== null && found === null) {
        const known = hint(value, choices) || `; it is one of ${choices.join(", ")}.`;
        problems.push(`\`--${name}\` does not take \`${value}\`${known}`);
      }
      return found;
    },
  };
}

/** `--json` for what is `--format json`. */
function choiceHint(name: string, entries: readonly (readonly [string, Option])[]): string {
  const found = entries.find(([, { choices = [] }]) => choices.includes(name));
  return found ? `; did you mean \`--${found[0]} ${name}\`?` : "";
}

/** `--no-x` and options with an implied value, as `yargs-parser` can read them: it would take a path behind `--fix` for its value. */
function prepare(argv: readonly string[], entries: readonly (readonly [string, Option])[]): string[] {
  const implied = new Map<string, string>(
    entries.flatMap(([name, option]) =>
      option.implied === undefined ? [] : [[`--${name}`, `--${name}=${option.implied}`] as const],
    ),
  );
  const end = argv.indexOf("--");
  const words = end === -1 ? argv : argv.slice(0, end);
  return [...words.map((word) => implied.get(word) ?? word), ...argv.slice(words.length)];
}
