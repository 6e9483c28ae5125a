import type { ResolvedConfig } from "./config.ts";
import type { Rule } from "./rule.ts";

const merged = new WeakMap<ResolvedConfig, Map<Rule, object>>();

/** The options of a rule: its defaults with the configured ones over them, as ESLint merges `meta.defaultOptions`. Merged once for a configuration. */
export function optionsOf(rule: Rule, config: ResolvedConfig): object {
  let known = merged.get(config);
  if (!known) merged.set(config, (known = new Map<Rule, object>()));
  let options = known.get(rule);
  if (!options) {
    const [defaults = {}] = rule.meta.defaultOptions ?? [];
    options = mergeObjects(defaults as Plain, config.rules.get(rule.name)?.options ?? {});
    known.set(rule, options);
  }
  return options;
}

type Plain = Readonly<Record<string, unknown>>;

/** Objects are merged key by key at all depths; lists and everything else are replaced. */
function mergeObjects(first: Plain, second: Plain): Plain {
  const result: Record<string, unknown> = { ...first };
  for (const [key, value] of Object.entries(second)) {
    if (value === undefined) continue;
    const before = first[key];
    result[key] = isPlain(before) && isPlain(value) ? mergeObjects(before, value) : value;
  }
  return result;
}

const isPlain = (value: unknown): value is Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value);
