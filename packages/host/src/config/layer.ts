import type { Rule, Settings, Severity } from "@stagewright/core";
import type { PresetName } from "@stagewright/rules";
import type { PathTest } from "./globs.ts";
import type { RuleChange } from "./rules.ts";

/** One step of a configuration; later ones are laid over earlier ones. */
export interface Layer {
  readonly preset?: PresetName;
  readonly changes?: readonly RuleChange[];
  readonly settings?: Settings;
  readonly overrides?: readonly Override[];
  readonly ignored?: { readonly base: string; readonly test: PathTest };
  readonly reportUnusedDisableDirectives?: Severity | "off";
  readonly requireReason?: boolean;
  readonly honorPeerComments?: boolean;
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
  /** The file's absolute path. */
  readonly file: string;
  readonly layers: readonly Layer[];
  /** `FILE:LINE: sentence`, with the path as it is. */
  readonly problems: readonly string[];
  /** Configurations that are code and were run. */
  readonly code: readonly string[];
}
