import { resolve } from "node:path";
import {
  collectRequests,
  createSourceCode,
  type Finding,
  lintSource,
  type ResolvedConfig,
  type Rule,
} from "@stagewright/core";
import { type AnswerProvider, answersOf, collectAnswers } from "./answers.ts";
import type { FoundFile, PathProblem } from "./discover.ts";
import { readText, UnreadableFile } from "./read-text.ts";

/** One file with what was found in it, or why it could not be read. */
export interface FileResult {
  readonly path: string;
  /** `null` when the file could not be read. */
  readonly text: string | null;
  readonly findings: readonly Finding[];
  /** One sentence each. */
  readonly errors: readonly string[];
}

export interface LintFilesOptions {
  readonly cwd: string;
  readonly rules: readonly Rule[];
  /** The configuration of a file, or `null` when it says that the file is not to be linted. */
  readonly configure: (path: string) => Promise<ResolvedConfig | null> | ResolvedConfig | null;
  readonly providers: readonly AnswerProvider[];
}

/** Lints files in their order; what fails for one never costs the others theirs. */
export async function* lintFiles(
  files: Iterable<FoundFile | PathProblem>,
  options: LintFilesOptions,
): AsyncGenerator<FileResult> {
  for (const file of files) {
    if ("message" in file) {
      yield { path: file.path, text: null, findings: [], errors: [file.message] };
      continue;
    }
    const result = await lintFile(file.path, options);
    if (result) yield result;
  }
}

async function lintFile(path: string, options: LintFilesOptions): Promise<FileResult | null> {
  const absolute = resolve(options.cwd, path);
  try {
    const config = await options.configure(absolute);
    if (!config) return null;
    const text = readText(absolute);
    return { path, text, findings: await lintText(text, absolute, config, options), errors: [] };
  } catch (error) {
    if (error instanceof UnreadableFile) return { path, text: null, findings: [], errors: [error.message] };
    throw error;
  }
}

/** Lints a text as the file of that name; asks outside only when a rule that is on has something to ask. */
export async function lintText(
  text: string,
  filename: string,
  config: ResolvedConfig,
  { rules, providers }: Pick<LintFilesOptions, "rules" | "providers">,
): Promise<readonly Finding[]> {
  const { settings } = config;
  const sourceCode = createSourceCode(text, { settings });
  const requests = collectRequests(sourceCode, rules, config);
  if (requests.length === 0) return lintSource(sourceCode, { filename, rules, config });
  const answers = answersOf(await collectAnswers(requests, filename, providers));
  return lintSource(createSourceCode(text, { settings, answers }), { filename, rules, config, answers });
}
