import { collectRequests, emptyConfig, lintSource, type ResolvedConfig } from "@stagewright/core";
import { preset, rules } from "@stagewright/rules";
import type { Configured, Engine } from "./engine.ts";

/** The linter with the built-in rules. */
export function createEngine(): Engine {
  const byName = new Map(rules.map((rule) => [rule.name, rule]));
  const config: ResolvedConfig = { ...emptyConfig, rules: preset("recommended") };
  const configured: Configured = {
    problems: [],
    ignored: false,
    shown: {},
    settings: config.settings,
    rules: byName,
    lint: (source) => lintSource(source, { filename: "Dockerfile", rules, config }),
    requests: (source) => collectRequests(source, rules, config),
    fixed: () => null,
  };
  return {
    configure: async () => configured,
    forget: () => undefined,
    answer: async () => undefined,
    splitter: null,
    dispose: async () => undefined,
  };
}
