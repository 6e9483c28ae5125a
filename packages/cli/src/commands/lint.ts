import { describeConfig, type FileResult, type Stats } from "@stagewright/host";
import { now } from "../clock.ts";
import { complain } from "../complain.ts";
import type { Report } from "../formats/format.ts";
import { loadFormat } from "../formats/index.ts";
import { lintArguments, type LintArguments } from "../lint-arguments.ts";
import { LintRun } from "../lint-run.ts";
import { fileOutput, type Output, standardError, standardOutput } from "../output.ts";
import { Progress } from "../progress.ts";
import { stderr, stdout } from "../standard-streams.ts";
import { lookOf } from "../terminal.ts";
import { Verdict } from "../verdict.ts";

/** Lints files and prints what was found. */
export async function lintCommand(argv: readonly string[], version: string): Promise<number> {
  const started = now();
  const args = lintArguments(argv);
  const run = new LintRun(args, process.cwd());
  try {
    await run.checkNames();
    if (args.listFiles) return await listFiles(run);
    if (args.printConfig) return await printConfigs(run);
    await run.openCache(version);
    if (args.ndjson) return await lintNdjson(run, args);
    if (args.watch) return await watchAndReport(run, args, version);
    const output = outputOf(args);
    try {
      const code = await printReport(run, await run.results(), args, output, version, started);
      if (run.stats) await printStats(run.stats, now() - started);
      return code;
    } catch (error) {
      output.abandon();
      throw error;
    }
  } finally {
    await run.close();
    for (const problem of [...run.problems, ...run.notices]) complain(problem);
  }
}

/** Ends when it is told to, with exit code 0. */
async function watchAndReport(run: LintRun, args: LintArguments, version: string): Promise<number> {
  const { watchRun } = await import("../watch-run.ts");
  await watchRun(run, args.paths, async (results) => {
    // The screen shows the last run only.
    if (stdout.terminal) stdout.write("\u001b[2J\u001b[3J\u001b[H");
    await printReport(run, results, args, standardOutput, version, now());
    for (const problem of run.problems) complain(problem);
    stderr.write("Watching for changes …\n");
  });
  return 0;
}

async function printReport(
  run: LintRun,
  results: AsyncIterable<FileResult>,
  args: LintArguments,
  output: Output,
  version: string,
  started: number,
): Promise<number> {
  const { readBaseline } = args.baseline === null ? { readBaseline: null } : await import("../baseline.ts");
  const baseline = readBaseline && args.baseline !== null ? readBaseline(args.baseline, run.cwd) : null;
  const format = await loadFormat(args.diff ? "diff" : args.writeBaseline !== null ? "json" : args.format);
  const look = () => lookOf(output.terminal, args.color, process.env);
  const report = format({ look, version, cwd: run.cwd, sarifLimit: args.sarifLimit, quiet: args.quiet });
  const progress = new Progress(args.output === null);
  const verdict = new Verdict(args);
  output.write(report.begin());
  for await (const found of results) {
    const result = baseline ? baseline.newIn(found) : found;
    const shown = args.quiet ? withErrorsOnly(result) : result;
    verdict.add(result, shown);
    const text = printed(report, shown);
    if (text !== "") progress.clear();
    await output.write(text);
    progress.show(run.begun, () => `${verdict.tally.files} files, ${verdict.tally.findings} findings`);
  }
  progress.clear();
  const milliseconds = now() - started;
  output.write(report.end({ summary: verdict.tally, errors: run.problems, milliseconds }));
  output.end();
  if (run.problems.length > 0) return 2;
  if (args.writeBaseline === null) return verdict.exitCode;
  stderr.write(`${args.writeBaseline}: ${verdict.tally.findings} findings in ${verdict.tally.files} files.\n`);
  return verdict.tally.failed > 0 ? 2 : 0;
}

/** A result that cannot be printed is our mistake, and must not cost the others theirs. */
function printed(report: Report, result: FileResult): string {
  try {
    return report.file(result);
  } catch (error) {
    const message = `internal error: ${error instanceof Error ? error.message : String(error)}`;
    return report.file({ ...result, findings: [], errors: [message] });
  }
}

const withErrorsOnly = (result: FileResult) => ({
  ...result,
  findings: result.findings.filter(({ severity }) => severity === "error"),
});

function outputOf({ output, writeBaseline, fix, diff, paths }: LintArguments): Output {
  if (writeBaseline !== null) return fileOutput(writeBaseline);
  if (output !== null) return fileOutput(output);
  // The repaired text of standard input goes to standard output.
  return fix !== null && !diff && paths.includes("-") ? standardError : standardOutput;
}

async function printStats(stats: Stats, milliseconds: number): Promise<void> {
  const { describeStats } = await import("../stats-table.ts");
  stderr.write(describeStats(stats, milliseconds));
}

async function lintNdjson(run: LintRun, args: LintArguments): Promise<number> {
  const { ndjsonRun } = await import("../ndjson-run.ts");
  // Who writes the texts may be who reads the answers.
  stdout.queueWrites();
  return ndjsonRun(run, args, process.stdin, standardOutput);
}

async function listFiles(run: LintRun): Promise<number> {
  let code = 0;
  for await (const { path, ignored, message } of run.files()) {
    if (message === null) stdout.write(ignored ? "" : `${path}\n`);
    else {
      complain(`${path}: ${message}`);
      code = 2;
    }
  }
  return run.problems.length > 0 ? 2 : code;
}

async function printConfigs(run: LintRun): Promise<number> {
  let code = 0;
  for await (const { path, message } of run.files()) {
    if (message === null) {
      stdout.write(`${JSON.stringify(describeConfig(path, await run.configOf(path)), null, 2)}\n`);
      continue;
    }
    complain(`${path}: ${message}`);
    code = 2;
  }
  return run.problems.length > 0 ? 2 : code;
}
