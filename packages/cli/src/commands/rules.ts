import type { Rule } from "@stagewright/core";
import { hint } from "@stagewright/host";
import { preset, presetNames, rules } from "@stagewright/rules";
import { widthOf } from "../formats/columns.ts";
import { createStyles } from "../formats/styles.ts";
import { wrapText } from "../formats/wrap.ts";
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

/** A row for each rule; what it asks for stands in the last column where that is wide enough, and below the row where it is not. */
function table(entries: readonly Entry[]): string {
  const look = lookOf(stdout.terminal, null, process.env);
  const styles = createStyles(look);
  const heads = ["Rule", "Level", "Repair"];
  const rows = entries.map(({ name, severity, repair }) => [name, severity, repair ?? ""]);
  const widths = heads.map((head, column) => Math.max(...[head, ...rows.map((row) => row[column]!)].map(widthOf)));
  const line = (cells: readonly string[]) => cells.map((cell, column) => `${cell.padEnd(widths[column]!)}  `).join("");
  const beside = line(["", "", ""]);
  const isWide = look.width - beside.length >= 50;
  const indent = isWide ? beside : "    ";
  return [
    styles.bold(isWide ? `${line(heads)}What it asks for` : line(heads).trimEnd()),
    ...entries.flatMap((entry, index) => {
      const [first = "", ...others] = wrapText(described(entry), look.width - indent.length);
      const row = line(rows[index]!);
      const head = isWide ? [row + first] : [row.trimEnd(), indent + first];
      return [...head, ...others.map((text) => indent + text)];
    }),
    "",
    entries.length === 1 ? "1 rule" : `${entries.length} rules`,
    "",
  ].join("\n");
}

/** With the codes, of which one stands for very many. */
function described({ description, codes }: Entry): string {
  const shown = codes.length > 8 ? `${codes.at(-1)} and ${codes.length - 1} more` : codes.join(", ");
  return shown === "" ? description : `${description} (${shown})`;
}
