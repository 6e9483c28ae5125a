import type { Rule, Settings, Severity } from "@stagewright/core";
import type { PathTest } from "./globs.ts";
import type { ConfigStep, RuleChange } from "./rules.ts";

/** One part of a configuration; later ones are laid over earlier ones. */
export interface Layer extends ConfigStep {
  readonly overrides?: readonly Override[];
  /** Files that are not linted, by patterns relative to a folder. */
  readonly ignores?: { readonly base: string; readonly test: PathTest };
  readonly failOn?: Severity | "never";
  /** Rules that a configuration in JavaScript brings along. */
  readonly plugins?: readonly Rule[];
}

/** What else holds for some files. */
export interface Override {
  /** The folder that the patterns are relative to. */
  readonly base: string;
  readonly test: PathTest;
  readonly changes: readonly RuleChange[];
  readonly settings: Settings;
}

/** A configuration that was read: what is right of it, and what is wrong with it. */
export interface LoadedConfig {
  readonly layers: readonly Layer[];
  /** `FILE:LINE: sentence`, with absolute paths. */
  readonly problems: readonly string[];
  /** Configurations that are code and were run. */
  readonly code: readonly string[];
  /** All files that were read for it, as absolute paths. */
  readonly files: readonly string[];
}
