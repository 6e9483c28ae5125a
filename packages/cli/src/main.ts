import { UsageProblem } from "./usage-problem.ts";

/**
 * Runs the command line. Gives the exit code: 0 nothing to fail on, 1 findings, 2 wrong usage or a file that could not be read. Loads only what the command at
 * hand needs.
 */
export async function main(argv: readonly string[], version: string): Promise<number> {
  const [command] = argv;
  if (argv.length === 1 && (command === "--version" || command === "-v")) {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  const end = argv.indexOf("--");
  const words = end === -1 ? argv : argv.slice(0, end);
  if (
    words.includes("--help") ||
    words.includes("-h") ||
    words.includes("--get-yargs-completions") ||
    command === "completion"
  ) {
    return help(argv, version);
  }
  try {
    switch (command) {
      case "lsp": {
        const { startServer } = await import("@stagewright/server");
        await startServer();
        return 0;
      }
      default: {
        const { lintCommand } = await import("./commands/lint.ts");
        return await lintCommand(argv, version);
      }
    }
  } catch (error) {
    return failed(error, words.includes("--debug"));
  }
}

async function help(argv: readonly string[], version: string): Promise<number> {
  const { program } = await import("./help.ts");
  await program(version).parseAsync([...argv]);
  return 0;
}

/** Mistakes in one line; anything else is ours, and says so. */
function failed(error: unknown, debug: boolean): number {
  const expected =
    error instanceof UsageProblem || (error instanceof Error && error.constructor.name === "ConfigProblem");
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(expected ? `stagewright: ${message}\n` : `stagewright: internal error: ${message}\n`);
  if (debug && error instanceof Error) process.stderr.write(`${error.stack ?? ""}\n`);
  else if (!expected) process.stderr.write("Run again with --debug for the stack trace.\n");
  return 2;
}
