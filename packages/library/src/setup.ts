import { resolve } from "node:path";
import {
  type AnswerProvider,
  BuildFiles,
  configOf,
  Configs,
  type FileConfig,
  shellCheckProvider,
} from "@stagewright/host";
import { rules } from "@stagewright/rules";
import { ConfigurationProblem, type Options } from "./options.ts";

/** Everything that a text is linted with. */
export interface Setup {
  /** Absolute. */
  readonly filename: string;
  readonly config: FileConfig;
  readonly providers: readonly AnswerProvider[];
  /** Grows while answers are asked for. */
  readonly notices: string[];
}

/** Rejects with `ConfigurationProblem`. The providers are to be closed. */
export async function setUp({ filename = "Dockerfile", config, shellcheck = true }: Options): Promise<Setup> {
  const cwd = process.cwd();
  const configs = new Configs({
    rules,
    cwd,
    trusted: true,
    env: config === undefined ? process.env : {},
    isolated: config === null,
    file: typeof config === "string" ? config : null,
    ...(typeof config === "object" && config !== null && { object: config }),
  });
  const notices: string[] = [];
  const providers = shellcheck ? [shellCheckProvider({}, (message) => notices.push(message))] : [];
  const absolute = resolve(cwd, filename);
  const builds = new BuildFiles();
  const found = await configOf(absolute, { cwd, configs, providers, ...(config === undefined && { builds }) });
  if (configs.problems.length > 0) throw new ConfigurationProblem(configs.problems);
  return { filename: absolute, config: found, providers, notices };
}

export async function close({ providers }: Setup): Promise<void> {
  await Promise.all(providers.map((provider) => provider.close?.()));
}
