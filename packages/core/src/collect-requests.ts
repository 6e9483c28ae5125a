import type { Dockerfile } from "@stagewright/ast";
import type { ResolvedConfig } from "./config.ts";
import { optionsOf } from "./merge-options.ts";
import type { Request } from "./requests.ts";
import type { Rule } from "./rule.ts";
import type { SourceCode } from "./source-code.ts";

const failed = new WeakMap<Dockerfile, Map<string, unknown>>();

/** What the rules that are on would like to know from outside. Never throws: a rule that does becomes a finding of `lintSource`. */
export function collectRequests(sourceCode: SourceCode, rules: readonly Rule[], config: ResolvedConfig): Request[] {
  return rules.flatMap((rule) => (config.rules.has(rule.name) ? requestsOf(rule, sourceCode, config) : []));
}

/** What one rule would like to know. */
export function requestsOf(rule: Rule, sourceCode: SourceCode, config: ResolvedConfig): readonly Request[] {
  if (!rule.meta.requests) return [];
  try {
    return rule.meta.requests(sourceCode, optionsOf(rule, config) as never, config.settings);
  } catch (error) {
    let rules = failed.get(sourceCode.ast);
    if (!rules) failed.set(sourceCode.ast, (rules = new Map<string, unknown>()));
    rules.set(rule.name, error);
    return [];
  }
}

/** The rules whose requests could not be collected for a tree, with what they threw. */
export const failedRequests = ({ ast }: SourceCode): ReadonlyMap<string, unknown> => failed.get(ast) ?? new Map();
