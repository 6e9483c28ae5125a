import type { Rule } from "@stagewright/core";
import { hint } from "@stagewright/host";
import { preset, presetNames, rules } from "@stagewright/rules";
import { widthOf } from "../formats/columns.ts";
import { createStyles } from "../formats/styles.ts";
import type { OptionTable } from "../options.ts";
import { parseOptions } from "../parse-options.ts";
import { stdout } from "../standard-streams.ts";
import { lookOf } from "../terminal.ts";

const formats = ["text", "json"] as const;

/** What `stagewright rules` understands. */
export const rulesOptions = {
  preset: { type: "string", choices: presetNames, describe: "Only the rules of this preset, at its levels" },
  format: { type: "string", alias: "f", choices: formats, describe: "How the list is printed" },
} as const satisfies OptionTable;

interface Entry {
  readonly name: string;
  readonly severity: string;
  readonly category: string;
  readonly presets: readonly string[];
  readonly repair: "fix" | "suggestion" | null;
  readonly codes: readonly string[];
  readonly description: string;
  readonly docs: string;
}

/** Lists the rules that hold each word of `argv` in their name, category, description or codes. Exit code 1 when there is none. */
export function rulesCommand(argv: readonly string[]): number {
  const options = parseOptions(argv, rulesOptions);
  const chosen = options.choice("preset");
  const format = options.choice("format") ?? "text";
  const settings = chosen === null ? null : preset(chosen);
  const words = options.paths.map((word) => word.toLowerCase());
  const found = rules
    .filter(({ name }) => settings === null || settings.has(name))
    .map((rule) => entryOf(rule, settings?.get(rule.name)?.severity))
    .filter((entry) => words.every((word) => searched(entry).includes(word)));
  if (format === "json") stdout.write(`${JSON.stringify(found, null, 2)}\n`);
  else stdout.write(found.length > 0 ? table(found) : noneFor(options.paths));
  return found.length > 0 ? 0 : 1;
}

function entryOf({ name, meta }: Rule, severity: string | undefined): Entry {
  const { docs } = meta;
  return {
    name,
    severity: severity ?? docs.severity,
    category: docs.category,
    presets: presetNames.filter((each) => preset(each).has(name)),
    repair: meta.fixable ? "fix" : meta.hasSuggestions ? "suggestion" : null,
    codes: docs.sources.map(({ id }) => id),
    description: docs.description,
    docs: docs.url,
  };
}

const searched = ({ name, category, description, codes }: Entry): string =>
  [name, category, description, ...codes].join(" ").toLowerCase();

function noneFor(words: readonly string[]): string {
  const [word = "", ...others] = words;
  const names = rules.flatMap(({ name, meta }) => [name, ...meta.docs.sources.map(({ id }) => id)]);
  return `No rule holds these words${(others.length === 0 && hint(word, names)) || "."}\n`;
}

function table(entries: readonly Entry[]): string {
  const styles = createStyles(lookOf(stdout.terminal, null, process.env));
  const heads = ["Rule", "Level", "Repair", "Codes", "What it asks for"];
  const rows = entries.map(({ name, severity, repair, codes, description }) => [
    name,
    severity,
    repair ?? "",
    codes.join(", "),
    description,
  ]);
  const widths = heads.map((head, column) => Math.max(...[head, ...rows.map((row) => row[column]!)].map(widthOf)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell + " ".repeat(widths[column]! - widthOf(cell)))
      .join("  ")
      .trimEnd();
  return [
    styles.bold(line(heads)),
    ...rows.map(line),
    "",
    entries.length === 1 ? "1 rule" : `${entries.length} rules`,
    "",
  ].join("\n");
}
