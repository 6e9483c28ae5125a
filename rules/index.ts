// Written by `npm run generate` from the folders beside it.
import type { Rule } from "@stagewright/core";
import absoluteWorkdir from "./absolute-workdir/rule.ts";
import aptGetYes from "./apt-get-yes/rule.ts";
import consistentAsCase from "./consistent-as-case/rule.ts";
import consistentKeywordCase from "./consistent-keyword-case/rule.ts";
import copyDirectorySlash from "./copy-directory-slash/rule.ts";
import dnfYes from "./dnf-yes/rule.ts";
import endOfLifeBase from "./end-of-life-base/rule.ts";
import fromFirst from "./from-first/rule.ts";
import imageExists from "./image-exists/rule.ts";
import lowercaseExposeProtocol from "./lowercase-expose-protocol/rule.ts";
import lowercaseStageName from "./lowercase-stage-name/rule.ts";
import noCd from "./no-cd/rule.ts";
import noConstantPlatform from "./no-constant-platform/rule.ts";
import noCopyFromSelf from "./no-copy-from-self/rule.ts";
import noCopyRoot from "./no-copy-root/rule.ts";
import noCurlAndWget from "./no-curl-and-wget/rule.ts";
import noEmptyContinuation from "./no-empty-continuation/rule.ts";
import noEnvSelfReference from "./no-env-self-reference/rule.ts";
import noHostPort from "./no-host-port/rule.ts";
import noIgnoredCopy from "./no-ignored-copy/rule.ts";
import noImpracticalCommand from "./no-impractical-command/rule.ts";
import noInstallRecommends from "./no-install-recommends/rule.ts";
import noLatestTag from "./no-latest-tag/rule.ts";
import noLinkToSh from "./no-link-to-sh/rule.ts";
import noMaintainer from "./no-maintainer/rule.ts";
import noRedundantTargetPlatform from "./no-redundant-target-platform/rule.ts";
import noRelativeCopyDestination from "./no-relative-copy-destination/rule.ts";
import noReservedStageName from "./no-reserved-stage-name/rule.ts";
import noRootUser from "./no-root-user/rule.ts";
import noSecretsInEnv from "./no-secrets-in-env/rule.ts";
import noSudo from "./no-sudo/rule.ts";
import noUndefinedArgInFrom from "./no-undefined-arg-in-from/rule.ts";
import noUndefinedVariable from "./no-undefined-variable/rule.ts";
import noUnknownStage from "./no-unknown-stage/rule.ts";
import noUnusedStage from "./no-unused-stage/rule.ts";
import noUseraddLog from "./no-useradd-log/rule.ts";
import noZypperDistUpgrade from "./no-zypper-dist-upgrade/rule.ts";
import pinApkPackages from "./pin-apk-packages/rule.ts";
import pinAptPackages from "./pin-apt-packages/rule.ts";
import pinGemPackages from "./pin-gem-packages/rule.ts";
import pinNpmPackages from "./pin-npm-packages/rule.ts";
import pinZypperPackages from "./pin-zypper-packages/rule.ts";
import pipefail from "./pipefail/rule.ts";
import preferAptGet from "./prefer-apt-get/rule.ts";
import preferCopy from "./prefer-copy/rule.ts";
import preferExecForm from "./prefer-exec-form/rule.ts";
import preferKeyValue from "./prefer-key-value/rule.ts";
import preferNumericUser from "./prefer-numeric-user/rule.ts";
import preferStageName from "./prefer-stage-name/rule.ts";
import requireDigest from "./require-digest/rule.ts";
import requireHealthcheck from "./require-healthcheck/rule.ts";
import requireImageTag from "./require-image-tag/rule.ts";
import singleCmd from "./single-cmd/rule.ts";
import singleEntrypoint from "./single-entrypoint/rule.ts";
import singleHealthcheck from "./single-healthcheck/rule.ts";
import trustedRegistries from "./trusted-registries/rule.ts";
import uniqueStageName from "./unique-stage-name/rule.ts";
import validDefaultImage from "./valid-default-image/rule.ts";
import validDefinitionDescription from "./valid-definition-description/rule.ts";
import validOnbuild from "./valid-onbuild/rule.ts";
import validPort from "./valid-port/rule.ts";
import yumYes from "./yum-yes/rule.ts";
import zypperNonInteractive from "./zypper-non-interactive/rule.ts";

export * from "./presets.ts";

/** All rules, by name. */
export const rules: readonly Rule[] = [
  absoluteWorkdir,
  aptGetYes,
  consistentAsCase,
  consistentKeywordCase,
  copyDirectorySlash,
  dnfYes,
  endOfLifeBase,
  fromFirst,
  imageExists,
  lowercaseExposeProtocol,
  lowercaseStageName,
  noCd,
  noConstantPlatform,
  noCopyFromSelf,
  noCopyRoot,
  noCurlAndWget,
  noEmptyContinuation,
  noEnvSelfReference,
  noHostPort,
  noIgnoredCopy,
  noImpracticalCommand,
  noInstallRecommends,
  noLatestTag,
  noLinkToSh,
  noMaintainer,
  noRedundantTargetPlatform,
  noRelativeCopyDestination,
  noReservedStageName,
  noRootUser,
  noSecretsInEnv,
  noSudo,
  noUndefinedArgInFrom,
  noUndefinedVariable,
  noUnknownStage,
  noUnusedStage,
  noUseraddLog,
  noZypperDistUpgrade,
  pinApkPackages,
  pinAptPackages,
  pinGemPackages,
  pinNpmPackages,
  pinZypperPackages,
  pipefail,
  preferAptGet,
  preferCopy,
  preferExecForm,
  preferKeyValue,
  preferNumericUser,
  preferStageName,
  requireDigest,
  requireHealthcheck,
  requireImageTag,
  singleCmd,
  singleEntrypoint,
  singleHealthcheck,
  trustedRegistries,
  uniqueStageName,
  validDefaultImage,
  validDefinitionDescription,
  validOnbuild,
  validPort,
  yumYes,
  zypperNonInteractive,
];
