import { commands } from "./commands.ts";
import { widthOf } from "./formats/columns.ts";
import { wrapText } from "./formats/wrap.ts";
import { lintOptions } from "./lint-options.ts";
import type { Option, OptionTable } from "./options.ts";
import { stdout } from "./standard-streams.ts";

/** What stands at the left, and what is said of it. */
type Row = readonly [name: string, description: string];

/** Prints the help of a command, or of the program where the first word is none. */
export async function help(word: string): Promise<void> {
  const command = Object.hasOwn(commands, word) ? commands[word] : undefined;
  const width = Math.min(100, stdout.terminal?.columns || 80);
  const sections = command
    ? [
        `stagewright ${command.usage}`,
        `${command.describe}.`,
        ...optionSections((await command.options?.()) ?? {}, width),
      ]
    : programSections(width);
  stdout.write(`${sections.join("\n\n")}\n`);
}

const programSections = (width: number): string[] => [
  "stagewright [paths..]",
  "A linter for Dockerfiles that understands build stages.",
  section("Commands", commandRows, width),
  ...optionSections(lintOptions, width),
  section("Examples", examples, width),
  wrapText("Exit code: 0 nothing to fail on, 1 findings, 2 wrong usage or a file that could not be read.", width).join(
    "\n",
  ),
];

const commandRows: readonly Row[] = [
  ["stagewright [paths..]", "Lint Dockerfiles: files, folders, patterns, `-` for standard input"],
  ...Object.values(commands).map(({ usage, describe }): Row => [`stagewright ${usage}`, describe]),
];

const examples: readonly Row[] = [
  ["stagewright", "Lint all Dockerfiles below this folder"],
  ["stagewright --fix api/Dockerfile", "Repair what can be repaired safely"],
  ["stagewright -f sarif -o report.sarif", "Write a report for code scanning"],
];

/** Options by their groups, in the order in which the groups first come; those without one come last. */
function optionSections(table: OptionTable, width: number): string[] {
  const groups = new Map<string, Row[]>();
  const ungrouped: Row[] = [];
  for (const [name, option] of Object.entries(table)) {
    const rows = option.group === undefined ? ungrouped : (groups.get(option.group) ?? []);
    if (option.group !== undefined) groups.set(option.group, rows);
    rows.push(rowOf(name, option));
  }
  ungrouped.push(["-h, --help", "Show help"], ["-v, --version", "Show the version"]);
  return [...groups, ["Options", ungrouped] as const].map(([title, rows]) => section(title, rows, width));
}

function rowOf(name: string, { type, describe, array, alias, choices, placeholder = "NAME", implied }: Option): Row {
  const short = alias === undefined ? "    " : `-${alias}, `;
  const value = type === "boolean" ? "" : implied === undefined ? ` ${placeholder}` : `[=${placeholder}]`;
  const all = choices ? ` (${choices.join(", ")})` : "";
  return [`${short}--${name}${value}${array ? " ..." : ""}`, describe + all];
}

/** A title over two columns. */
function section(title: string, rows: readonly Row[], width: number): string {
  const indent = "  ";
  const column = Math.max(...rows.map(([name]) => widthOf(name))) + 2 * indent.length;
  const lines = rows.flatMap(([name, description]) =>
    wrapText(description, width - column).map((line, index) =>
      index === 0 ? `${indent}${name}`.padEnd(column) + line : " ".repeat(column) + line,
    ),
  );
  return [`${title}:`, ...lines].join("\n");
}
