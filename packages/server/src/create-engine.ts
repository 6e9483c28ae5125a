import { collectRequests, createSourceCode, emptyConfig, lintSource, noAnswers, type ResolvedConfig } from "@stagewright/core";
import { preset, rules } from "@stagewright/rules";
import type { Configured, Engine } from "./engine.ts";
import { filenameOf } from "./documents.ts";

/** The linter with the built-in rules. */
export function createEngine(): Engine {
  const byName = new Map(rules.map((rule) => [rule.name, rule]));
  const config: ResolvedConfig = { ...emptyConfig, rules: preset("recommended") };
  const configured: Configured = {
    problems: [],
    ignored: false,
    shown: {},
    rules: byName,
    lint: (source) => lintSource(source, { filename: "Dockerfile", rules, config }),
    requests: (source) => collectRequests(source, rules, config),
    fixed: () => null,
  };
  return {
    rules,
    answers: noAnswers,
    read: (text, answers) => createSourceCode(text, { answers }),
    configure: async () => configured,
    forget: () => undefined,
    answer: async () => false,
    dispose: async () => undefined,
  };
}
