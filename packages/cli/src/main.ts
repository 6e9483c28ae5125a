import { commands } from "./commands.ts";
import { complain } from "./complain.ts";
import { internalError } from "./internal-error.ts";
import { stdout } from "./standard-streams.ts";
import { UsageProblem } from "./usage-problem.ts";

/**
 * Runs the command line. Gives the exit code: 0 nothing to fail on, 1 findings, 2 wrong usage or a file that could not be read. Loads only what the command at
 * hand needs.
 */
export async function main(argv: readonly string[], version: string): Promise<number> {
  const end = argv.indexOf("--");
  const words = end === -1 ? argv : argv.slice(0, end);
  const [first = ""] = words;
  try {
    const command = Object.hasOwn(commands, first) ? commands[first] : undefined;
    if (command?.readsAll) return await command.run(argv.slice(1), version);
    if (words.includes("--version") || words.includes("-v")) {
      stdout.write(`${version}\n`);
      return 0;
    }
    if (words.some((word) => helpWords.has(word))) {
      const { help } = await import("./help.ts");
      await help(first);
      return 0;
    }
    if (command) return await command.run(argv.slice(1), version);
    const { lintCommand } = await import("./commands/lint.ts");
    return await lintCommand(argv, version);
  } catch (error) {
    return failed(error, words.includes("--debug"));
  }
}

const helpWords: ReadonlySet<string> = new Set(["--help", "-h"]);

/** Mistakes in one line; anything else is ours, and says so. */
function failed(error: unknown, debug: boolean): number {
  complain(error instanceof UsageProblem ? error.message : internalError(error, debug));
  return 2;
}
