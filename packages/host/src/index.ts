export { type AnswerProvider, answersOf, AnswerStore, collectAnswers, settledAnswers } from "./answers.ts";
export { BuildFiles, type KnownBuilds } from "./build-files/build-files.ts";
export { discoverBuilds, type Found } from "./build-files/discover-builds.ts";
export { type ConfigOptions, Configs, type FileConfig } from "./config/configs.ts";
export { describeConfig } from "./config/describe.ts";
export {
  isRuleName,
  type Level,
  levels,
  parseRuleSwitch,
  type RuleChange,
  rulesNamed,
  unknownRule,
} from "./config/rules.ts";
export { discover, type FoundFile, type PathProblem } from "./discover.ts";
export { dockerfileName } from "./file-names.ts";
export { inOrder } from "./in-order.ts";
export { LintPool } from "./lint-pool.ts";
export { parseMirror } from "./registry/mirror.ts";
export { registryProvider, shellCheckProvider } from "./lazy-provider.ts";
export {
  configOf,
  type FileResult,
  lintAs,
  lintFiles,
  type LintFilesOptions,
  type RepairedFile,
} from "./lint-files.ts";
export { lintText, type RepairChoice, repairText } from "./lint-text.ts";
export { hint, nearestName } from "./names.ts";
export { pathHint } from "./path-hint.ts";
export { decodeText, readText, UnreadableFile } from "./read-text.ts";
export { carriesBuildTools } from "./build-tools.ts";
export { type FolderContext, folderContext } from "./folder-context.ts";
export { type Phase, phases, Stats } from "./stats.ts";
export type { ResultCache } from "./result-cache.ts";
export { replaceText } from "./replace-text.ts";
export { UnknownTargets } from "./unknown-targets.ts";
