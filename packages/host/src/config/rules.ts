import { type ResolvedConfig, type Rule, type Severity, severities, type Settings } from "@stagewright/core";
import { preset, type PresetName, rulesByCode } from "@stagewright/rules";
import { hint } from "../names.ts";

/** A mistake in a configuration or on the command line, in one sentence. */
export class ConfigProblem extends Error {}

export type Level = Severity | "on" | "off";

export const levels: readonly Level[] = ["off", "on", ...severities];

/** What is laid over the rules of a preset, in this order: later ones win. */
export interface RuleChange {
  /** A rule's name, a code of another tool, or `rule/CODE`. */
  readonly name: string;
  readonly level: Level;
  readonly options?: Readonly<Record<string, unknown>>;
}

export interface ConfigParts {
  readonly preset: PresetName | null;
  readonly changes: readonly RuleChange[];
  readonly settings?: Settings;
  readonly reportUnusedDisableDirectives?: Severity | "off";
  readonly requireReason?: boolean;
}

/** Settings that a peer's preset takes along: it does not know base images, nor look behind `sudo`. */
const peerSettings: { readonly [Name in PresetName]?: Settings } = {
  hadolint: { baseImageKnowledge: false, lookThrough: false },
  buildkit: { baseImageKnowledge: false },
};

/** Puts a preset, changes and settings together. Throws `ConfigProblem` for a name that is no rule and no code. */
export function resolveConfig(parts: ConfigParts, rules: readonly Rule[]): ResolvedConfig {
  const enabled = new Map(parts.preset === null ? [] : preset(parts.preset));
  const codeLevels = new Map<string, Severity | "off">();
  for (const change of parts.changes) applyChange(change, rules, enabled, codeLevels);
  return {
    rules: enabled,
    settings: { ...(parts.preset && peerSettings[parts.preset]), ...parts.settings },
    codeLevels,
    reportUnusedDisableDirectives: parts.reportUnusedDisableDirectives ?? "warning",
    requireReason: parts.requireReason ?? false,
    honorPeerComments: true,
  };
}

type Enabled = Map<string, { readonly severity: Severity; readonly options: Readonly<Record<string, unknown>> }>;

function applyChange(
  { name, level, options = {} }: RuleChange,
  rules: readonly Rule[],
  enabled: Enabled,
  codeLevels: Map<string, Severity | "off">,
): void {
  const rule = rules.find((candidate) => candidate.name === name);
  if (rule) {
    if (level === "off") enabled.delete(rule.name);
    else
      enabled.set(rule.name, {
        severity: severityOf(level, rule),
        options: { ...enabled.get(rule.name)?.options, ...options },
      });
    return;
  }
  const code = name.slice(name.indexOf("/") + 1);
  const coded =
    rulesByCode().get(code) ??
    (/^SC\d{4}$/.test(code) ? rules.filter((each) => each.name === "shellcheck") : undefined);
  if (!coded) throw new ConfigProblem(unknownRule(name, rules));
  if (level !== "on") codeLevels.set(code, level);
  if (level === "off") return;
  for (const each of coded) {
    if (!enabled.has(each.name)) enabled.set(each.name, { severity: severityOf(level, each), options });
  }
}

const severityOf = (level: Exclude<Level, "off">, rule: Rule): Severity =>
  level === "on" ? rule.meta.docs.severity : level;

export function unknownRule(name: string, rules: readonly Rule[]): string {
  const names = [...rules.map((rule) => rule.name), ...rulesByCode().keys()];
  return `There is no rule \`${name}\`${hint(name, names) || "."}`;
}

/** `NAME=LEVEL` of the command line. */
export function parseRuleSwitch(text: string): RuleChange {
  const sign = text.lastIndexOf("=");
  const name = sign === -1 ? text : text.slice(0, sign);
  const level = sign === -1 ? "on" : text.slice(sign + 1);
  if (!(levels as readonly string[]).includes(level)) {
    throw new ConfigProblem(
      `\`${level}\` is no level of a rule${hint(level, levels) || `; it is one of ${levels.join(", ")}.`}`,
    );
  }
  return { name, level: level as Level };
}
