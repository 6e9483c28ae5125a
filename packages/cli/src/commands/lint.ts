import { writeFileSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { type Finding, severities } from "@stagewright/core";
import {
  type AnswerProvider,
  decodeText,
  discover,
  type FileResult,
  lintFiles,
  lintText,
  parseRuleSwitch,
  resolveConfig,
  UnreadableFile,
} from "@stagewright/host";
import { rules } from "@stagewright/rules";
import { type FormatContext } from "../formats/format.ts";
import { loadFormat } from "../formats/index.ts";
import type { Arguments } from "../options.ts";
import { parseArguments } from "../parse-arguments.ts";
import { Progress } from "../progress.ts";
import { type Summary, summarize } from "../summary.ts";
import { UsageProblem } from "../usage-problem.ts";

/** Lints files and prints what was found. */
export async function lintCommand(argv: readonly string[], version: string): Promise<number> {
  const started = performance.now();
  const args = parseArguments(argv);
  const cwd = process.cwd();
  const paths = args.paths.length > 0 ? args.paths : ["."];
  if (args.listFiles) return listFiles(paths, cwd);
  const format = await loadFormat(args.format ?? "text");
  const context = contextOf(args, cwd, version);
  const printer = new Printer(args.output);
  const results: FileResult[] = [];
  const progress = new Progress(args.output === null && args.format === null);
  for await (const result of runOn(paths, args, cwd)) {
    const shown = args.quiet
      ? { ...result, findings: result.findings.filter(({ severity }) => severity === "error") }
      : result;
    results.push(shown);
    progress.advance(results.length, shown.findings.length, () => {
      if (format.file) printer.print(format.file(shown, context));
    });
  }
  progress.end();
  const summary = summarize(results, started);
  printer.print(format.end(results, summary, context));
  printer.end();
  return exitCode(results, summary, args);
}

async function* runOn(paths: readonly string[], args: Arguments, cwd: string): AsyncGenerator<FileResult> {
  const config = resolveConfig(
    { preset: args.preset ?? "recommended", changes: args.rule.map(parseRuleSwitch) },
    rules,
  );
  const providers: readonly AnswerProvider[] = [];
  const files = paths.filter((path) => path !== "-");
  if (files.length < paths.length) {
    const filename = args.stdinFilename ?? "-";
    yield await fromStandardInput(filename, (text) =>
      lintText(text, resolve(cwd, filename), config, { rules, providers }),
    );
  }
  if (files.length > 0) yield* lintFiles(discover(files, cwd), { cwd, rules, configure: () => config, providers });
}

async function fromStandardInput(
  path: string,
  findings: (text: string) => Promise<readonly Finding[]>,
): Promise<FileResult> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  try {
    const text = decodeText(Buffer.concat(chunks));
    return { path, text, findings: await findings(text), errors: [] };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { path, text: null, findings: [], errors: [error.message] };
  }
}

function listFiles(paths: readonly string[], cwd: string): number {
  let code = 0;
  for (const file of discover(paths, cwd)) {
    if (!("message" in file)) process.stdout.write(`${file.path}\n`);
    else {
      process.stderr.write(`${file.path}: ${file.message}\n`);
      code = 2;
    }
  }
  return code;
}

function contextOf(args: Arguments, cwd: string, version: string): FormatContext {
  const terminal = args.output === null && process.stdout.isTTY === true;
  const { env } = process;
  const forced = env["FORCE_COLOR"] !== undefined && env["FORCE_COLOR"] !== "0" && env["FORCE_COLOR"] !== "false";
  const forbidden = (env["NO_COLOR"] ?? "") !== "" || env["TERM"] === "dumb";
  return {
    version,
    rules,
    cwd,
    colors: args.color ?? (forced || (terminal && !forbidden)),
    width: process.stdout.columns || 80,
    links: terminal && !forbidden && supportsLinks(env),
    sarifLimit: args.sarifLimit,
    errors: [],
  };
}

/** Terminals known to show OSC 8 hyperlinks. */
function supportsLinks(env: NodeJS.ProcessEnv): boolean {
  if (env["CI"]) return false;
  return (
    ["iTerm.app", "WezTerm", "vscode", "ghostty"].includes(env["TERM_PROGRAM"] ?? "") ||
    Number(env["VTE_VERSION"] ?? 0) >= 5000 ||
    /kitty|alacritty/.test(env["TERM"] ?? "") ||
    env["WT_SESSION"] !== undefined
  );
}

function exitCode(
  results: readonly FileResult[],
  { failed, bySeverity }: Summary,
  { failOn, maxWarnings }: Arguments,
): number {
  if (failed > 0) return 2;
  if (maxWarnings !== null && bySeverity.warning > maxWarnings) return 1;
  const worst = failOn === "never" ? -1 : severities.indexOf(failOn);
  const fails = results.some(({ findings }) => findings.some(({ severity }) => severities.indexOf(severity) <= worst));
  return fails ? 1 : 0;
}

/** Standard output, or a file that appears only when all of it is there. */
class Printer {
  readonly #path: string | null;
  readonly #parts: string[] = [];

  constructor(path: string | null) {
    this.#path = path;
  }

  print(text: string): void {
    if (text === "") return;
    if (this.#path === null) process.stdout.write(text);
    else this.#parts.push(text);
  }

  end(): void {
    if (this.#path === null) return;
    const temporary = join(dirname(this.#path), `.${basename(this.#path)}.${process.pid}.tmp`);
    try {
      writeFileSync(temporary, this.#parts.join(""));
      renameSync(temporary, this.#path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw new UsageProblem(
        `\`${this.#path}\` cannot be written: ${(error as NodeJS.ErrnoException).code ?? String(error)}.`,
      );
    }
  }
}
