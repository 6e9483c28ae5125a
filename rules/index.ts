// Written by `npm run generate` from the folders beside it.
import type { Rule } from "@stagewright/core";
import absoluteWorkdir from "./absolute-workdir/rule.ts";
import aptGetYes from "./apt-get-yes/rule.ts";
import cleanAptLists from "./clean-apt-lists/rule.ts";
import cleanDnfCache from "./clean-dnf-cache/rule.ts";
import cleanYarnCache from "./clean-yarn-cache/rule.ts";
import cleanYumCache from "./clean-yum-cache/rule.ts";
import cleanZypperCache from "./clean-zypper-cache/rule.ts";
import consistentAsCase from "./consistent-as-case/rule.ts";
import consistentKeywordCase from "./consistent-keyword-case/rule.ts";
import copyDirectorySlash from "./copy-directory-slash/rule.ts";
import dnfYes from "./dnf-yes/rule.ts";
import endOfLifeBase from "./end-of-life-base/rule.ts";
import fromFirst from "./from-first/rule.ts";
import imageExists from "./image-exists/rule.ts";
import imagePlatform from "./image-platform/rule.ts";
import lowercaseExposeProtocol from "./lowercase-expose-protocol/rule.ts";
import lowercaseStageName from "./lowercase-stage-name/rule.ts";
import newerTag from "./newer-tag/rule.ts";
import noApkCache from "./no-apk-cache/rule.ts";
import noBuildToolsInImage from "./no-build-tools-in-image/rule.ts";
import noCd from "./no-cd/rule.ts";
import noConsecutiveRun from "./no-consecutive-run/rule.ts";
import noConstantPlatform from "./no-constant-platform/rule.ts";
import noCopyFromSelf from "./no-copy-from-self/rule.ts";
import noCopyRoot from "./no-copy-root/rule.ts";
import noCurlAndWget from "./no-curl-and-wget/rule.ts";
import noDevDependencies from "./no-dev-dependencies/rule.ts";
import noEmptyContinuation from "./no-empty-continuation/rule.ts";
import noEnvSelfReference from "./no-env-self-reference/rule.ts";
import noFetchTools from "./no-fetch-tools/rule.ts";
import noHostPort from "./no-host-port/rule.ts";
import noIgnorePragma from "./no-ignore-pragma/rule.ts";
import noIgnoredCopy from "./no-ignored-copy/rule.ts";
import noImpracticalCommand from "./no-impractical-command/rule.ts";
import noInstallRecommends from "./no-install-recommends/rule.ts";
import noJsSources from "./no-js-sources/rule.ts";
import noLatePurge from "./no-late-purge/rule.ts";
import noLatestTag from "./no-latest-tag/rule.ts";
import noLinkToSh from "./no-link-to-sh/rule.ts";
import noMaintainer from "./no-maintainer/rule.ts";
import noPartialPurge from "./no-partial-purge/rule.ts";
import noPipCache from "./no-pip-cache/rule.ts";
import noRedundantTargetPlatform from "./no-redundant-target-platform/rule.ts";
import noRelativeCopyDestination from "./no-relative-copy-destination/rule.ts";
import noRepeatedWork from "./no-repeated-work/rule.ts";
import noReservedStageName from "./no-reserved-stage-name/rule.ts";
import noRootUser from "./no-root-user/rule.ts";
import noSecretsInEnv from "./no-secrets-in-env/rule.ts";
import noSudo from "./no-sudo/rule.ts";
import noUndefinedArgInFrom from "./no-undefined-arg-in-from/rule.ts";
import noUndefinedVariable from "./no-undefined-variable/rule.ts";
import noUnknownLabels from "./no-unknown-labels/rule.ts";
import noUnknownStage from "./no-unknown-stage/rule.ts";
import noUnusedStage from "./no-unused-stage/rule.ts";
import noUseraddLog from "./no-useradd-log/rule.ts";
import noZypperDistUpgrade from "./no-zypper-dist-upgrade/rule.ts";
import pinApkPackages from "./pin-apk-packages/rule.ts";
import pinAptPackages from "./pin-apt-packages/rule.ts";
import pinDnfPackages from "./pin-dnf-packages/rule.ts";
import pinGemPackages from "./pin-gem-packages/rule.ts";
import pinGoPackages from "./pin-go-packages/rule.ts";
import pinNpmPackages from "./pin-npm-packages/rule.ts";
import pinPipPackages from "./pin-pip-packages/rule.ts";
import pinYumPackages from "./pin-yum-packages/rule.ts";
import pinZypperPackages from "./pin-zypper-packages/rule.ts";
import pipefail from "./pipefail/rule.ts";
import preferAddForArchives from "./prefer-add-for-archives/rule.ts";
import preferAptGet from "./prefer-apt-get/rule.ts";
import preferBuilderStage from "./prefer-builder-stage/rule.ts";
import preferBuiltFiles from "./prefer-built-files/rule.ts";
import preferCommonStage from "./prefer-common-stage/rule.ts";
import preferCopy from "./prefer-copy/rule.ts";
import preferExecForm from "./prefer-exec-form/rule.ts";
import preferKeyValue from "./prefer-key-value/rule.ts";
import preferNumericUser from "./prefer-numeric-user/rule.ts";
import preferSourceStage from "./prefer-source-stage/rule.ts";
import preferStageName from "./prefer-stage-name/rule.ts";
import preferToolImage from "./prefer-tool-image/rule.ts";
import preferVenvStage from "./prefer-venv-stage/rule.ts";
import requireDigest from "./require-digest/rule.ts";
import requireHealthcheck from "./require-healthcheck/rule.ts";
import requireImageTag from "./require-image-tag/rule.ts";
import requireLabels from "./require-labels/rule.ts";
import shellcheck from "./shellcheck/rule.ts";
import singleCmd from "./single-cmd/rule.ts";
import singleEntrypoint from "./single-entrypoint/rule.ts";
import singleHealthcheck from "./single-healthcheck/rule.ts";
import trustedRegistries from "./trusted-registries/rule.ts";
import uniqueStageName from "./unique-stage-name/rule.ts";
import validDefaultImage from "./valid-default-image/rule.ts";
import validDefinitionDescription from "./valid-definition-description/rule.ts";
import validLabelKey from "./valid-label-key/rule.ts";
import validLabelValue from "./valid-label-value/rule.ts";
import validNpmOmit from "./valid-npm-omit/rule.ts";
import validOnbuild from "./valid-onbuild/rule.ts";
import validPort from "./valid-port/rule.ts";
import wgetProgress from "./wget-progress/rule.ts";
import yumYes from "./yum-yes/rule.ts";
import zypperNonInteractive from "./zypper-non-interactive/rule.ts";

export * from "./presets.ts";

/** All rules, by name. */
export const rules: readonly Rule[] = [
  absoluteWorkdir,
  aptGetYes,
  cleanAptLists,
  cleanDnfCache,
  cleanYarnCache,
  cleanYumCache,
  cleanZypperCache,
  consistentAsCase,
  consistentKeywordCase,
  copyDirectorySlash,
  dnfYes,
  endOfLifeBase,
  fromFirst,
  imageExists,
  imagePlatform,
  lowercaseExposeProtocol,
  lowercaseStageName,
  newerTag,
  noApkCache,
  noBuildToolsInImage,
  noCd,
  noConsecutiveRun,
  noConstantPlatform,
  noCopyFromSelf,
  noCopyRoot,
  noCurlAndWget,
  noDevDependencies,
  noEmptyContinuation,
  noEnvSelfReference,
  noFetchTools,
  noHostPort,
  noIgnorePragma,
  noIgnoredCopy,
  noImpracticalCommand,
  noInstallRecommends,
  noJsSources,
  noLatePurge,
  noLatestTag,
  noLinkToSh,
  noMaintainer,
  noPartialPurge,
  noPipCache,
  noRedundantTargetPlatform,
  noRelativeCopyDestination,
  noRepeatedWork,
  noReservedStageName,
  noRootUser,
  noSecretsInEnv,
  noSudo,
  noUndefinedArgInFrom,
  noUndefinedVariable,
  noUnknownLabels,
  noUnknownStage,
  noUnusedStage,
  noUseraddLog,
  noZypperDistUpgrade,
  pinApkPackages,
  pinAptPackages,
  pinDnfPackages,
  pinGemPackages,
  pinGoPackages,
  pinNpmPackages,
  pinPipPackages,
  pinYumPackages,
  pinZypperPackages,
  pipefail,
  preferAddForArchives,
  preferAptGet,
  preferBuilderStage,
  preferBuiltFiles,
  preferCommonStage,
  preferCopy,
  preferExecForm,
  preferKeyValue,
  preferNumericUser,
  preferSourceStage,
  preferStageName,
  preferToolImage,
  preferVenvStage,
  requireDigest,
  requireHealthcheck,
  requireImageTag,
  requireLabels,
  shellcheck,
  singleCmd,
  singleEntrypoint,
  singleHealthcheck,
  trustedRegistries,
  uniqueStageName,
  validDefaultImage,
  validDefinitionDescription,
  validLabelKey,
  validLabelValue,
  validNpmOmit,
  validOnbuild,
  validPort,
  wgetProgress,
  yumYes,
  zypperNonInteractive,
];
