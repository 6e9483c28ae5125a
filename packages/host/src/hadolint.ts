import { rules } from "@stagewright/rules";
import type { FileConfig } from "./config/configs.ts";
import { type HadolintConfig, hadolintLayer } from "./config/hadolint-config.ts";
import { resolveConfig } from "./config/rules.ts";

export { configNames, hadolintFileOfUser, hadolintNames, NearestFile } from "./config/find-config.ts";
export { type CarriedOver, configHead, fromHadolint } from "./config/from-hadolint.ts";
export {
  type HadolintConfig,
  hadolintEnvironment,
  hadolintThresholds,
  labelKinds,
  mergeHadolint,
  readHadolintFile,
} from "./config/hadolint-config.ts";

/** hadolint's own rules under its configuration, for any file. */
export function hadolintFileConfig(config: HadolintConfig): FileConfig {
  const steps = [{ preset: "hadolint", reportUnusedDisableDirectives: "off" } as const, hadolintLayer(config)];
  return { source: null, ignored: false, config: resolveConfig(steps, rules), rules, failOn: null };
}
