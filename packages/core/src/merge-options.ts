import type { ResolvedConfig } from "./config.ts";
import type { Rule } from "./rule.ts";

const merged = new WeakMap<ResolvedConfig, Map<string, object>>();

/** The options of a rule: its defaults with the configured ones over them. Merged once for a configuration. */
export function optionsOf(rule: Rule, config: ResolvedConfig): object {
  let known = merged.get(config);
  if (!known) merged.set(config, (known = new Map()));
  let options = known.get(rule.name);
  if (!options) {
    const [defaults = {}] = rule.meta.defaultOptions ?? [];
    options = { ...defaults, ...config.rules.get(rule.name)?.options };
    known.set(rule.name, options);
  }
  return options;
}
