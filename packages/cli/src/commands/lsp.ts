import type { OptionTable } from "../options.ts";
import { parseOptions } from "../parse-options.ts";
import { UsageProblem } from "../usage-problem.ts";

/** What the server itself reads from the command line: the ways in which clients start it. */
export const lspOptions = {
  stdio: { type: "boolean", describe: "Speak over standard input and output; the default" },
  "node-ipc": { type: "boolean", describe: "Speak with the Node.js process that started it" },
  socket: { type: "number", placeholder: "PORT", describe: "Connect to a client that listens there" },
  pipe: { type: "string", placeholder: "NAME", describe: "Connect to a client's pipe or socket file" },
  clientProcessId: { type: "number", placeholder: "PID", describe: "End when this process ends" },
} as const satisfies OptionTable;

/** Starts the language server, which ends the process when its client goes away. */
export async function lspCommand(argv: readonly string[]): Promise<number> {
  const [path] = parseOptions(argv, lspOptions).paths;
  if (path !== undefined) throw new UsageProblem(`\`lsp\` takes no files, and \`${path}\` is given.`);
  const { startServer } = await import("@stagewright/server");
  await startServer();
  return 0;
}
