import type { ResolvedConfig } from "./config.ts";
import type { Severity } from "./finding.ts";
import { optionsOf } from "./merge-options.ts";
import type { Rule } from "./rule.ts";

/** A rule that is on, with what is the same for all files of a configuration. */
export interface EnabledRule {
  readonly rule: Rule;
  readonly severity: Severity;
  /** Merged with the defaults; only the rule knows their type. */
  readonly options: readonly [never];
}

interface Known {
  readonly rules: readonly Rule[];
  readonly enabled: readonly EnabledRule[];
}

const known = new WeakMap<ResolvedConfig, Known>();

/** Those of the rules that a configuration has on, in their order. Made once for a configuration and its last list of rules. */
export function enabledRules(rules: readonly Rule[], config: ResolvedConfig): readonly EnabledRule[] {
  const before = known.get(config);
  if (before?.rules === rules) return before.enabled;
  const enabled = rules.flatMap((rule): EnabledRule[] => {
    const setting = config.rules.get(rule.name);
    return setting ? [{ rule, severity: setting.severity, options: [optionsOf(rule, config) as never] }] : [];
  });
  known.set(config, { rules, enabled });
  return enabled;
}
