import { resolve } from "node:path";
import { createSourceCode } from "@stagewright/core";
import { BuildFiles, Configs } from "@stagewright/host";
import { builtAnyhow, builtOf, splitFile } from "@stagewright/host/split";
import { rules } from "@stagewright/rules";
import type { Plan, Refusal } from "@stagewright/split";
import { ConfigurationProblem } from "./options.ts";

export interface SplitOptions {
  /** The file that the text is or will be: what configurations, Compose and Bake files say of it counts, such as the stage that is built. Default `null`. */
  readonly filename?: string | null;
  /** The folder that the file is built with, which the plan may read; `null` to work from the text alone. By default the one that is known, or the file's own. */
  readonly context?: string | null;
  /** Keeps COPYs of sources in the last stage, as the program may read them. Default `false`. */
  readonly keepSources?: boolean;
}

/**
 * Plans a single-stage Dockerfile as a multi-stage build, or says why not. Deterministic; never rejects for what the text holds. Rejects with
 * `ConfigurationProblem` for a configuration with mistakes.
 */
export async function split(
  text: string,
  { filename = null, context, keepSources = false }: SplitOptions = {},
): Promise<Plan | Refusal> {
  const path = filename === null ? null : resolve(filename);
  const built = path === null ? builtAnyhow : await known(path);
  const source = createSourceCode(text, { settings: built.settings });
  return splitFile(source, path, built, { keepSources, ...(context !== undefined && { context }) });
}

async function known(path: string) {
  const configs = new Configs({ rules, cwd: process.cwd(), trusted: true, env: process.env });
  const config = await configs.of(path);
  if (configs.problems.length > 0) throw new ConfigurationProblem(configs.problems);
  const builds = new BuildFiles();
  return builtOf(path, await builds.of(path, config), builds);
}
