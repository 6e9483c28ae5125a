import yargs from "yargs";
import { type Option, options } from "./options.ts";

const commands = [
  ["$0 [paths..]", "Lint Dockerfiles: files, folders, patterns, `-` for standard input"],
  ["lsp --stdio", "Start the language server"],
] as const;

/** The program as yargs knows it, for help and completion. */
export function program(version: string) {
  const entries = Object.entries(options) as [string, Option][];
  const cli = yargs()
    .scriptName("stagewright")
    .usage("$0 [paths..]\n\nA linter for Dockerfiles that understands build stages.")
    .version(version)
    .help()
    .alias("h", "help")
    .alias("v", "version")
    .completion("completion", "Print a completion script for the shell")
    .wrap(Math.min(100, process.stdout.columns || 80))
    .epilogue("Exit code: 0 nothing to fail on, 1 findings, 2 wrong usage or a file that could not be read.")
    .parserConfiguration({ "boolean-negation": false })
    .exitProcess(false);
  for (const [command, describe] of commands) cli.command(command, describe);
  for (const [name, { type, array, alias, choices, describe, group, placeholder }] of entries) {
    cli.option(name, {
      type,
      describe,
      group,
      ...(array && { array }),
      ...(alias !== undefined && { alias }),
      ...(choices && { choices }),
      ...(placeholder !== undefined && { requiresArg: name !== "fix" }),
    });
  }
  return cli;
}
