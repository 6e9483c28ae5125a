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
  const options = parseOptions(argv, lspOptions);
  const [path] = options.paths;
  if (path !== undefined) throw new UsageProblem(`\`lsp\` takes no files, and \`${path}\` is given.`);
  const port = options.count("socket");
  if (port !== null && port > 65_535) throw new UsageProblem(`\`--socket\` takes a port up to 65535, not \`${port}\`.`);
  const address = port ?? options.text("pipe");
  const { connectTo, startServer } = await import("@stagewright/server");
  if (address === null) startServer();
  else {
    try {
      startServer(await connectTo(address));
    } catch (error) {
      const { code = String(error) } = error as NodeJS.ErrnoException;
      throw new UsageProblem(`No client listens at ${port === null ? "" : "port "}\`${address}\`: ${code}.`);
    }
  }
  return 0;
}
