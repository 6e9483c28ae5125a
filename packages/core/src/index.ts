export * from "./config.ts";
export type * from "./finding.ts";
export { severities } from "./finding.ts";
export { isTarget } from "./targets.ts";
export { applyEdits } from "./fixer.ts";
export { fix, type FixOptions, type FixResult } from "./fix.ts";
export { createSourceCode, type SourceCodeOptions } from "./create-source-code.ts";
export type * from "./facts/types.ts";
export type * from "./facts/effects/types.ts";
export * from "./facts/command-helpers.ts";
export { defaultPath } from "./facts/states.ts";
export { formatImage, parseImage } from "./facts/image-reference.ts";
export { baseRequests, collectRequests } from "./collect-requests.ts";
export { lint, lintSource, type LintOptions, type LintResult } from "./lint.ts";
export { syntaxProblems } from "./refusals/index.ts";
export * from "./requests.ts";
export * from "./rule.ts";
export type { SourceCode } from "./source-code.ts";
export { baseImage, type BaseImage, type Distribution } from "./knowledge/base-images.ts";
export * from "./knowledge/end-of-life.ts";
export * from "./knowledge/platforms.ts";
export {
  type BaseKind,
  baseKind,
  hasCompilers,
  isApplication,
  isInteractive,
  isService,
} from "./knowledge/build-bases.ts";
export { type Build, buildOf } from "./knowledge/build-commands.ts";
export { bringsToolchain, compilesAlone, type PackageKind, packageKind } from "./knowledge/build-packages.ts";
export {
  type PackageAction,
  type PackageFamily,
  type PackageManager,
  packageManager,
} from "./knowledge/package-managers.ts";
export { type WorkKind, workKind } from "./knowledge/work-packages.ts";
export { compilesAtRuntime, isNativePackage, isSourcePackage } from "./knowledge/native-packages.ts";
