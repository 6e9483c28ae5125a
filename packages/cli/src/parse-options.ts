import { parseArgs } from "node:util";
import { hint } from "@stagewright/host";
import type { Option, OptionTable } from "./options.ts";
import { UsageProblem } from "./usage-problem.ts";

/** A command line as a table of options reads it. Where a single option is given twice, the last one counts. */
export interface ParsedOptions<Table extends OptionTable> {
  readonly paths: readonly string[];
  text(name: keyof Table & string): string | null;
  list(name: keyof Table & string): readonly string[];
  flag(name: keyof Table & string): boolean;
  /** A number from 0, or `null`. */
  count(name: keyof Table & string): number | null;
  /** One of the table's choices, the last one that is given. */
  choice<Name extends keyof Table & string>(name: Name): ChoiceOf<Table[Name]> | null;
  choices<Name extends keyof Table & string>(name: Name): readonly ChoiceOf<Table[Name]>[];
}

type ChoiceOf<Given extends Option> = Given extends { readonly choices: readonly (infer Choice)[] } ? Choice : never;

/** Reads the command line. Throws `UsageProblem` for options that do not exist, for values that are missing and for those that an option does not take, with the nearest right word. */
export function parseOptions<Table extends OptionTable>(argv: readonly string[], table: Table): ParsedOptions<Table> {
  const paths: string[] = [];
  const values = new Map<string, string[]>();
  for (const token of tokensOf(argv, table)) {
    if (token.kind === "positional") paths.push(token.value);
    if (token.kind !== "option") continue;
    const { name } = token;
    const option = Object.hasOwn(table, name) ? table[name] : undefined;
    if (!option) throw new UsageProblem(unknownOption(name, table));
    const value = option.type === "boolean" ? (token.value ?? "true") : givenValue(token);
    const problem = valueProblem(name, option, value);
    if (problem !== null) throw new UsageProblem(problem);
    const before = values.get(name);
    if (before) before.push(value);
    else values.set(name, [value]);
  }
  const all = (name: string) => values.get(name) ?? [];
  const text = (name: string) => all(name).at(-1) ?? null;
  const choices = <Name extends keyof Table & string>(name: Name) =>
    all(name).map((value) => value as ChoiceOf<Table[Name]>);
  return {
    paths,
    text,
    list: all,
    flag: (name) => text(name) === "true",
    count(name) {
      const value = text(name);
      return value === null ? null : Number(value);
    },
    choice: (name) => choices(name).at(-1) ?? null,
    choices,
  };
}

function valueProblem(name: string, { type, choices }: Option, value: string): string | null {
  if (type === "boolean") return isBoolean(value) ? null : `\`--${name}\` takes no value, and \`${value}\` is given.`;
  if (type === "number") return /^\d+$/.test(value) ? null : `\`--${name}\` takes a number from 0, not \`${value}\`.`;
  if (!choices || choices.includes(value)) return null;
  return `\`--${name}\` does not take \`${value}\`${hint(value, choices) || `; it is one of ${choices.join(", ")}.`}`;
}

const isBoolean = (value: string): boolean => value === "true" || value === "false";

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
