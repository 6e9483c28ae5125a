import { parseArgs } from "node:util";
import { hint } from "@stagewright/host";
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
  const paths: string[] = [];
  const values = new Map<string, string[]>();
  for (const token of tokensOf(argv, table)) {
    if (token.kind === "positional") paths.push(token.value);
    if (token.kind !== "option") continue;
    const { name } = token;
    const option = Object.hasOwn(table, name) ? table[name] : undefined;
    if (!option) throw new UsageProblem(unknownOption(name, table));
    const value = option.type === "boolean" ? String((token.value ?? "true") === "true") : givenValue(token);
    const before = values.get(name);
    if (before) before.push(value);
    else values.set(name, [value]);
  }
  const all = (name: string) => values.get(name) ?? [];
  const problems: string[] = [];
  const text = (name: string) => all(name).at(-1) ?? null;
  return {
    paths,
    problems,
    text,
    list: all,
    flag: (name) => text(name) === "true",
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

type Token = ReturnType<typeof tokensOf>[number];

function tokensOf(argv: readonly string[], table: OptionTable) {
  const entries = Object.entries(table);
  const options = entries.map(([name, { type, alias }]) => {
    // Numbers are read as texts, so that a wrong one can be shown.
    const config = { type: type === "boolean" ? type : "string" } as const;
    return [name, alias === undefined ? config : { ...config, short: alias }] as const;
  });
  return parseArgs({
    args: withImplied(argv, entries),
    options: Object.fromEntries(options),
    // The errors of the strict mode have no nearest word.
    strict: false,
    allowPositionals: true,
    tokens: true,
  }).tokens;
}

function unknownOption(name: string, table: OptionTable): string {
  const near =
    choiceHint(name, Object.entries(table)) ||
    hint(name, [...Object.keys(table), "help", "version"]).replace("`", "`--");
  return `There is no option \`${name.length === 1 ? "-" : "--"}${name}\`${near || "."}`;
}

/** What stands behind an option that takes a value; a word that looks like an option is none. */
function givenValue({ name, rawName, value, inlineValue }: Extract<Token, { kind: "option" }>): string {
  // `-f=json`
  const given = inlineValue === true && !rawName.startsWith("--") ? value.replace(/^=/, "") : (value ?? "");
  const isOption = inlineValue !== true && /^-[^\d]/.test(given);
  if (given === "" || isOption) throw new UsageProblem(`The option \`--${name}\` needs a value.`);
  return given;
}

/** `--json` for what is `--format json`. */
function choiceHint(name: string, entries: readonly (readonly [string, Option])[]): string {
  const found = entries.find(([, { choices = [] }]) => choices.includes(name));
  return found ? `; did you mean \`--${found[0]} ${name}\`?` : "";
}

/** With the values of options that are given without one: a path behind `--fix` would be taken for its value. */
function withImplied(argv: readonly string[], entries: readonly (readonly [string, Option])[]): string[] {
  const implied = new Map<string, string>(
    entries.flatMap(([name, option]) =>
      option.implied === undefined ? [] : [[`--${name}`, `--${name}=${option.implied}`] as const],
    ),
  );
  const end = argv.indexOf("--");
  const words = end === -1 ? argv : argv.slice(0, end);
  return [...words.map((word) => implied.get(word) ?? word), ...argv.slice(words.length)];
}
