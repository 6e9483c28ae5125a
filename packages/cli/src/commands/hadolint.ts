import { shellCheckProvider } from "@stagewright/host";
import { complain } from "../complain.ts";
import { separateOptions } from "../hadolint/arguments.ts";
import { hadolintVersion } from "../hadolint/formats.ts";
import { hadolintHelp } from "../hadolint/options.ts";
import { runHadolint } from "../hadolint/run.ts";
import { fileOutput, standardOutput } from "../output.ts";
import { UsageProblem } from "../usage-problem.ts";

/** `stagewright hadolint`: hadolint's command line, formats and exit codes, which are 0 and 1 only. */
export async function hadolintCommand(argv: readonly string[], version: string): Promise<number> {
  const end = argv.indexOf("--");
  const words = separateOptions(end === -1 ? argv : argv.slice(0, end));
  if (words.includes("--help") || words.includes("-h")) return say(hadolintHelp());
  if (words.includes("--version") || words.includes("-v")) {
    return say(`Haskell Dockerfile Linter ${hadolintVersion} (Stagewright ${version})\n`);
  }
  const provider = shellCheckProvider({}, complain);
  try {
    const { reports, exitCode } = await runHadolint(argv, {
      cwd: process.cwd(),
      env: process.env,
      providers: [provider],
      standardInput: readStandardInput,
      tell: complain,
    });
    for (const { path, text } of reports) write(path, text);
    return exitCode;
  } catch (error) {
    if (!(error instanceof UsageProblem)) throw error;
    complain(error.message);
    return 1;
  } finally {
    await provider.close?.();
  }
}

function say(text: string): number {
  standardOutput.write(text);
  return 0;
}

function write(path: string, text: string): void {
  const output = path === "-" ? standardOutput : fileOutput(path);
  output.write(text);
  output.end();
}

let read: Promise<Buffer> | null = null;

/** All of it, however often it is asked for. */
const readStandardInput = (): Promise<Buffer> => (read ??= collect());

async function collect(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
