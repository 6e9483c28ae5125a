import type { Rule, RuleSource, Settings, Severity } from "@stagewright/core";
import { rules } from "./index.ts";

export const presetNames = ["recommended", "strict", "hadolint", "buildkit"] as const;

export type PresetName = (typeof presetNames)[number];

/** A rule that is switched on: its severity, and options over the rule's defaults. */
export interface RuleSetting {
  readonly severity: Severity;
  readonly options: Readonly<Record<string, unknown>>;
}

/** The rules of a preset by name; a rule that is not there is off. Made from what each rule's docs say. */
export function preset(name: PresetName): ReadonlyMap<string, RuleSetting> {
  const entries = rules.flatMap((rule) => {
    const setting = settingIn(name, rule);
    return setting ? [[rule.name, setting] as const] : [];
  });
  return new Map(entries);
}

function settingIn(name: PresetName, { meta: { docs } }: Rule): RuleSetting | null {
  if (name === "hadolint" || name === "buildkit") return settingOfPeer(name, docs.sources, docs.severity);
  const included = docs.recommended || (name === "strict" && docs.strict === true);
  return included ? { severity: docs.severity, options: {} } : null;
}

function settingOfPeer(tool: string, sources: readonly RuleSource[], fallback: Severity): RuleSetting | null {
  const own = sources.filter((source) => source.tool === tool && source.severity !== "off");
  const [first] = own;
  if (!first) return null;
  const severity = first.severity ?? fallback;
  return {
    severity: severity === "off" ? fallback : severity,
    options: Object.assign({}, ...own.map((source) => source.options ?? {})) as Record<string, unknown>,
  };
}

/** Settings that a peer's preset takes along: it does not know base images, nor does hadolint look behind `sudo`. */
export const presetSettings = (name: PresetName): Settings =>
  name === "hadolint"
    ? { baseImageKnowledge: false, lookThrough: false }
    : name === "buildkit"
      ? { baseImageKnowledge: false }
      : {};

/** Rules by the id that another tool gives their check, `DL3006` or `StageNameCasing`; several rules may share one. */
export function rulesByCode(): ReadonlyMap<string, readonly Rule[]> {
  const map = new Map<string, Rule[]>();
  for (const rule of rules) {
    for (const { id } of rule.meta.docs.sources) {
      const known = map.get(id);
      if (known) known.push(rule);
      else map.set(id, [rule]);
    }
  }
  return map;
}
