import { resolve } from "node:path";
import type { Finding } from "@stagewright/core";
import { type AnswerProvider, providersFor } from "./answers.ts";
import { type BuildFiles, parseBuildFile } from "./build-files/build-files.ts";
import type { Found, FoundBuildFile } from "./build-files/discover-builds.ts";
import { isBuildFile } from "./build-files/names.ts";
import type { Configs, FileConfig } from "./config/configs.ts";
import { inOrder } from "./in-order.ts";
import type { LintPool } from "./lint-pool.ts";
import { lintText, type RepairChoice, type RepairedText, repairText } from "./lint-text.ts";
import { readText, UnreadableFile } from "./read-text.ts";
import type { ResultCache } from "./result-cache.ts";
import type { Stats } from "./stats.ts";
import { replaceText } from "./replace-text.ts";

/** One file with what was found in it, or why it could not be linted. */
export interface FileResult {
  /** As the user would write it. */
  readonly path: string;
  /** What the findings' places are about; `null` when the file could not be read. */
  readonly text: string | null;
  /** What remains, where repairs were asked for. */
  readonly findings: readonly Finding[];
  /** One sentence each. */
  readonly errors: readonly string[];
  /** `null` when the path gave no file. */
  readonly config: FileConfig | null;
  readonly repaired?: RepairedFile;
}

/** What repairs did to a file. */
export interface RepairedFile extends Pick<RepairedText, "fixed" | "dropped"> {
  readonly before: string;
}

export interface LintFilesOptions {
  readonly cwd: string;
  readonly configs: Configs;
  /** What Compose and Bake files say about Dockerfiles counts. */
  readonly builds?: BuildFiles;
  readonly providers: readonly AnswerProvider[];
  /** Findings of earlier runs. */
  readonly cache?: ResultCache | null;
  /** Other threads that may lint, too. */
  readonly pool?: LintPool | null;
  /** Hears where the time goes. */
  readonly stats?: Stats | null;
  /** Puts a mistake of ours into one sentence, which is then all that is said of its file; without it, the run ends there. */
  readonly failed?: (error: unknown) => string;
  /** `write`: into the files. Without it they stay as they are. */
  readonly repair?: (RepairChoice & { readonly write: boolean }) | null;
}

/**
 * How many files may wait for answers at a time. Results come in order, so one script that takes long holds up what is behind it: with 256 files, two cores were
 * idle for a sixth of the time; each one costs about 0.2 MB.
 */
const ahead = 512;

/**
 * Lints files and gives the results in the order of the files; what fails for one never costs the others theirs. `known` gives results that still hold, by path.
 */
export async function* lintFiles(
  files: AsyncIterable<Found>,
  options: LintFilesOptions,
  known: ReadonlyMap<string, FileResult> = new Map(),
): AsyncGenerator<FileResult> {
  const work = async (file: Found) => known.get(file.path) ?? lintFound(file, options);
  for await (const result of inOrder(files, work, ahead)) if (result) yield result;
}

async function lintFound(file: Found, options: LintFilesOptions): Promise<FileResult | null> {
  const { path } = file;
  if ("message" in file) return { path, text: null, findings: [], errors: [file.message], config: null };
  const { configs, stats = null } = options;
  const absolute = resolve(options.cwd, path);
  const config = await configs.of(absolute);
  if (config.ignored) return null;
  if ("buildFile" in file) return lintFoundBuilds(file, await withBuildsOf(absolute, config, options), options);
  try {
    const read = () => file.text ?? readText(absolute);
    const text = stats ? stats.time("read", read) : read();
    return await lintOne(path, absolute, text, await withBuildsOf(absolute, config, options, text), options);
  } catch (error) {
    const message = error instanceof UnreadableFile ? error.message : options.failed?.(error);
    if (message === undefined) throw error;
    return { path, text: null, findings: [], errors: [message], config };
  }
}

/** A Compose or Bake file counts where it holds Dockerfiles or has something wrong. */
async function lintFoundBuilds(
  { path, buildFile }: FoundBuildFile,
  config: FileConfig,
  { providers }: LintFilesOptions,
): Promise<FileResult | null> {
  const { text, builds, problems } = buildFile;
  if (problems.length === 0 && !builds.some(({ inline }) => inline)) return null;
  const { lintBuildFile } = await import("./build-files/lint-build-file.ts");
  const findings = await lintBuildFile(buildFile, config, providers);
  return { path, text, findings, errors: problems.map(({ line, message }) => `line ${line}: ${message}`), config };
}

/** What holds for a file, given by its absolute path, and by its text where that is at hand. */
export async function configOf(path: string, options: LintFilesOptions, text?: string): Promise<FileConfig> {
  return withBuildsOf(path, await options.configs.of(path), options, text);
}

const withBuildsOf = (path: string, config: FileConfig, { builds }: LintFilesOptions, text?: string) =>
  !builds || config.ignored ? config : builds.of(path, config, text);

/** Lints a text that comes from elsewhere, under a name that its configuration is looked up by; `null` when that says not to. */
export async function lintAs(path: string, text: string, options: LintFilesOptions): Promise<FileResult | null> {
  const absolute = resolve(options.cwd, path);
  const config = await configOf(absolute, options, text);
  if (options.builds && isBuildFile(path)) {
    const buildFile = await parseBuildFile(absolute, text);
    return config.ignored ? null : lintFoundBuilds({ path, named: true, buildFile }, config, options);
  }
  return config.ignored ? null : lintOne(path, absolute, text, config, options);
}

async function lintOne(
  path: string,
  absolute: string,
  text: string,
  config: FileConfig,
  { providers, cache = null, stats = null, repair = null, pool = null }: LintFilesOptions,
): Promise<FileResult> {
  if (!repair) {
    const lint = async () =>
      (pool && (await pool.lint(text, absolute, config))) ?? lintText(text, absolute, config, providers, stats);
    // What a registry says changes without the file.
    const isKept = cache && !providersFor(config.config.settings, providers).some(({ kind }) => kind === "image");
    const findings = await (isKept ? cache.findings(absolute, text, config, lint) : lint());
    return { path, text, findings, errors: [], config };
  }
  const { fixed, dropped, remaining, text: after } = await repairText(text, absolute, config, providers, repair);
  const result = { path, text: after, findings: remaining, config, repaired: { before: text, fixed, dropped } };
  if (after === text || !repair.write) return { ...result, errors: [] };
  const problem = replaceText(absolute, text, after);
  if (problem === null) return { ...result, errors: [] };
  return { path, text, findings: await lintText(text, absolute, config, providers), errors: [problem], config };
}
