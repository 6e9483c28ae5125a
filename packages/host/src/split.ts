import { dirname } from "node:path";
import type { SourceCode } from "@stagewright/core";
import { type Context, type Plan, planSplit, type Refusal, type SplitOptions } from "@stagewright/split";
import type { BuildFiles } from "./build-files/build-files.ts";
import { carriesBuildTools } from "./build-tools.ts";
import type { FileConfig } from "./config/configs.ts";
import { folderContext } from "./folder-context.ts";

/** How a Dockerfile is built, as far as it matters for its rewriting. */
export interface Built extends Required<Pick<SplitOptions, "targets" | "settings">> {
  /** The folder that it is built with; `null` where nothing says so. */
  readonly context: string | null;
}

/** Where nothing is known of it. */
export const builtAnyhow: Built = { targets: [], settings: {}, context: null };

/** What the configuration, Compose and Bake files say of a Dockerfile, given by its absolute path. `config` is what `builds` makes of its configuration. */
export async function builtOf(path: string, config: FileConfig, builds: BuildFiles): Promise<Built> {
  const { targets } = await builds.buildsOf(path);
  return { targets, settings: config.config.settings, context: config.context ?? null };
}

export interface SplitFileOptions extends Pick<SplitOptions, "keepSources"> {
  /** The build context in place of the one that is known, or of the folder of the file; `null` to read nothing. */
  readonly context?: string | null;
}

/** Plans a Dockerfile as a multi-stage build; `path` is the absolute one that it has or is to have, `null` for none. `source` was made with the settings of `built`. */
export function splitFile(
  source: SourceCode,
  path: string | null,
  { targets, settings, context }: Built,
  { context: given, keepSources = false }: SplitFileOptions = {},
): Plan | Refusal {
  const known = context ?? (path === null ? null : dirname(path));
  const folder = given === undefined ? known : given;
  const files: Context | null = folder === null ? null : folderContext(folder, path);
  return planSplit(source, files, { detect: carriesBuildTools, keepSources, targets, settings });
}
