import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { severities } from "@stagewright/core";
import {
  type AnswerProvider,
  decodeText,
  type FileConfig,
  lintText,
  pathHint,
  readText,
  UnreadableFile,
} from "@stagewright/host";
import {
  type HadolintConfig,
  hadolintEnvironment,
  hadolintFileConfig,
  hadolintFileOfUser,
  hadolintNames,
  mergeHadolint,
  readHadolintFile,
} from "@stagewright/host/hadolint";
import { UsageProblem } from "../usage-problem.ts";
import { type HadolintArguments, parseHadolintArguments } from "./arguments.ts";
import { type HadolintFormat, hadolintFormats, report } from "./formats.ts";
import type { Reported } from "./issue.ts";
import { issuesOf } from "./issues.ts";

/** What a run is given of the world. */
export interface HadolintWorld {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly providers: readonly AnswerProvider[];
  readonly standardInput: () => Promise<Buffer>;
  /** Hears one sentence for each thing that went wrong, and what `--verbose` says. */
  readonly tell: (message: string) => void;
}

/** Reports with where they go (`-` is standard output), and the exit code. */
export interface HadolintRun {
  readonly reports: readonly { readonly path: string; readonly text: string }[];
  readonly exitCode: 0 | 1;
}

/** Does what hadolint does for a command line; files that cannot be read cost the others nothing. Throws `UsageProblem`. */
export async function runHadolint(argv: readonly string[], world: HadolintWorld): Promise<HadolintRun> {
  const args = parseHadolintArguments(argv);
  if (args.paths.length === 0) {
    return { reports: [{ path: "-", text: "Please provide a Dockerfile\n" }], exitCode: 1 };
  }
  const config = effectiveConfig(args, world);
  const fileConfig = hadolintFileConfig(config);
  const results = await Promise.all(args.paths.map((path) => lintPath(path, fileConfig, args, world)));
  const files = results.filter((result) => result !== null);
  const formats = formatsOf(config);
  return {
    reports: pairs(formats, args.outputs).map(({ format, path }) => ({
      path,
      text: report(format, files, {
        color: config["no-color"] !== true,
        path: args.pathInReport,
        now: new Date(),
      }),
    })),
    exitCode: files.length < results.length || fails(files, config, formats) ? 1 : 0,
  };
}

function effectiveConfig(args: HadolintArguments, { cwd, env, tell }: HadolintWorld): HadolintConfig {
  const file = args.configFile === null ? foundFile(cwd, env) : resolve(cwd, args.configFile);
  if (args.configFile !== null && file !== null && !existsSync(file)) {
    throw new UsageProblem(`There is no configuration \`${args.configFile}\`${pathHint(args.configFile, cwd)}`);
  }
  const { config, problems } = file === null ? { config: {}, problems: [] } : readHadolintFile(file);
  problems.forEach(tell);
  const merged = mergeHadolint([hadolintEnvironment(env), config, args.config]);
  if (merged.verbose === true) {
    tell(JSON.stringify(file ?? "No configuration was found"));
    tell(JSON.stringify(merged));
  }
  return merged;
}

const foundFile = (cwd: string, env: NodeJS.ProcessEnv): string | null =>
  hadolintNames.map((name) => resolve(cwd, name)).find((path) => existsSync(path)) ?? hadolintFileOfUser(env);

/** `null` where there is nothing to lint. */
async function lintPath(
  path: string,
  fileConfig: FileConfig,
  { exactLines }: HadolintArguments,
  { cwd, providers, standardInput, tell }: HadolintWorld,
): Promise<Reported | null> {
  const absolute = resolve(cwd, path);
  if (path !== "-" && !existsSync(absolute)) {
    tell(`${path}: There is no such file${pathHint(path, cwd)}`);
    return null;
  }
  try {
    const text = path === "-" ? decodeText(await standardInput()) : readText(absolute);
    const findings = await lintText(text, absolute, fileConfig, providers);
    for (const { rule, message } of findings) if (rule === "internal") tell(`${path}: ${message}`);
    return { name: path, issues: issuesOf(findings, text, exactLines) };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    tell(`${path}: ${error.message}`);
    return null;
  }
}

/** Names that are no formats are passed over: they stand in a variable or a file. */
function formatsOf({ formats }: HadolintConfig): readonly HadolintFormat[] {
  const known = (formats ?? []).flatMap((name) => hadolintFormats.find((each) => each === name) ?? []);
  return known.length === 0 ? ["tty"] : known;
}

/** Formats with outputs by their position. */
function pairs(formats: readonly HadolintFormat[], outputs: readonly string[]) {
  const all = [...formats, ...outputs.slice(formats.length).map(() => "tty" as const)];
  return all.map((format, index) => ({ format, path: outputs[index] ?? "-" }));
}

/** hadolint leaves it to Code Climate and Codacy to judge. */
const judgedElsewhere: ReadonlySet<HadolintFormat> = new Set(["codeclimate", "codacy"]);

function fails(files: readonly Reported[], config: HadolintConfig, formats: readonly HadolintFormat[]): boolean {
  if (config["no-fail"] === true || formats.some((format) => judgedElsewhere.has(format))) return false;
  const threshold = config["failure-threshold"] ?? "info";
  const slightest = threshold === "none" || threshold === "ignore" ? "style" : threshold;
  const limit = severities.indexOf(slightest);
  return files.some(({ issues }) => issues.some(({ level, broken }) => broken || severities.indexOf(level) <= limit));
}
