import type { Severity } from "@stagewright/core";
import { severities } from "@stagewright/core";

/** The client's section `stagewright`, per folder. */
export interface Settings {
  readonly enable: boolean;
  /** When to lint: while typing, or when a file is opened and saved. */
  readonly run: "onType" | "onSave";
  /** A configuration to use for all files; relative to the workspace folder. */
  readonly configFile: string | null;
  /** Other severities for the editor alone; `*` stands for any text in a rule's name. The last match counts. */
  readonly customizations: readonly { readonly rule: string; readonly severity: Severity | "off" }[];
  readonly format: boolean;
  readonly inlayHints: boolean;
  readonly shellcheck: boolean;
  /** Ask registries about the images of a trusted workspace. */
  readonly registry: boolean;
}

export const defaultSettings: Settings = {
  enable: true,
  run: "onType",
  configFile: null,
  customizations: [],
  format: true,
  inlayHints: true,
  shellcheck: true,
  registry: false,
};

/** Reads what a client sent; what is missing or of a wrong type has its default. */
export function readSettings(raw: unknown): Settings {
  const enabled = (key: string, fallback: boolean): boolean => {
    const value = at(at(raw, key), "enable");
    return typeof value === "boolean" ? value : fallback;
  };
  const { enable, run, configFile } = isRecord(raw) ? raw : {};
  return {
    enable: typeof enable === "boolean" ? enable : defaultSettings.enable,
    run: run === "onSave" ? "onSave" : "onType",
    configFile: typeof configFile === "string" && configFile !== "" ? configFile : null,
    customizations: customizations(at(at(raw, "rules"), "customizations")),
    format: enabled("format", defaultSettings.format),
    inlayHints: enabled("inlayHints", defaultSettings.inlayHints),
    shellcheck: enabled("shellcheck", defaultSettings.shellcheck),
    registry: enabled("registry", defaultSettings.registry),
  };
}

function customizations(raw: unknown): Settings["customizations"] {
  if (!Array.isArray(raw)) return [];
  return raw.flatMap((entry: unknown) => {
    const rule = at(entry, "rule");
    const severity = at(entry, "severity");
    return typeof rule === "string" && isLevel(severity) ? [{ rule, severity }] : [];
  });
}

const isLevel = (value: unknown): value is Severity | "off" =>
  value === "off" || severities.some((severity) => severity === value);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

const at = (value: unknown, key: string): unknown => (isRecord(value) ? value[key] : undefined);

/** The severity that the editor shows for a rule, `null` for none. */
export function customized(rule: string, severity: Severity, { customizations: all }: Settings): Severity | null {
  const level = all.findLast((entry) => matches(entry.rule, rule))?.severity ?? severity;
  return level === "off" ? null : level;
}

const matches = (pattern: string, name: string): boolean =>
  new RegExp(`^${pattern.split("*").map(escapeForPattern).join(".*")}$`).test(name);

const escapeForPattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
