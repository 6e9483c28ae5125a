import yargs from "yargs";
import { commands } from "./commands.ts";
import { lintOptions } from "./lint-options.ts";
import type { Option, OptionTable } from "./options.ts";
import { stdout } from "./standard-streams.ts";

/** Prints the help of a command, or of the program where the first word is none. */
export async function help(argv: readonly string[], version: string): Promise<void> {
  const [word = ""] = argv;
  const command = commands[word];
  const program = command
    ? describe(`$0 ${command.usage}\n\n${command.describe}.`, (await command.options?.()) ?? {})
    : withCommands(describe("$0 [paths..]\n\nA linter for Dockerfiles that understands build stages.", lintOptions));
  await program.version(version).parseAsync([...argv]);
}

function describe(usage: string, table: OptionTable) {
  const program = yargs()
    .scriptName("stagewright")
    .usage(usage)
    .help()
    .alias("h", "help")
    .alias("v", "version")
    .wrap(Math.min(100, stdout.terminal?.columns || 80))
    .parserConfiguration({ "boolean-negation": false })
    .exitProcess(false);
  for (const [name, option] of Object.entries(table)) program.option(name, optionFor(name, option));
  return program;
}

function withCommands(program: ReturnType<typeof describe>) {
  program
    .command("$0 [paths..]", "Lint Dockerfiles: files, folders, patterns, `-` for standard input")
    .example("$0", "Lint all Dockerfiles below this folder")
    .example("$0 --fix api/Dockerfile", "Repair what can be repaired safely")
    .example("$0 --format sarif -o report.sarif", "Write a report for code scanning")
    .epilogue("Exit code: 0 nothing to fail on, 1 findings, 2 wrong usage or a file that could not be read.");
  for (const { usage, describe: text } of Object.values(commands)) program.command(usage, text);
  return program;
}

function optionFor(name: string, { type, describe: text, array, alias, choices, group, placeholder, implied }: Option) {
  return {
    type,
    describe: placeholder === undefined ? text : `${text} (${placeholder})`,
    ...(array && { array }),
    ...(alias !== undefined && { alias }),
    ...(choices && { choices }),
    ...(group !== undefined && { group }),
    ...(type !== "boolean" && implied === undefined && { requiresArg: true }),
    // Without this, yargs shows `[boolean]` twice for `--no-x`.
    ...(name.startsWith("no-") && { default: undefined }),
  };
}
