import type { Dockerfile } from "@stagewright/ast";
import type { ResolvedConfig } from "./config.ts";
import { optionsOf } from "./merge-options.ts";
import type { Request } from "./requests.ts";
import type { Rule } from "./rule.ts";
import type { SourceCode } from "./source-code.ts";

const failed = new WeakMap<Dockerfile, Map<Rule, unknown>>();

/** What the rules that are on would like to know from outside. Never throws: a rule that does becomes a finding of `lintSource`. */
export function collectRequests(sourceCode: SourceCode, rules: readonly Rule[], config: ResolvedConfig): Request[] {
  return rules.flatMap((rule) => (config.rules.has(rule.name) ? requestsOf(rule, sourceCode, config) : []));
}

/**
 * What a host asks registries beforehand, where it may: the base images whose ENV, SHELL, USER, WORKDIR, ONBUILD and HEALTHCHECK make facts
 * exact. Source code made anew with the answers may have other requests of its rules.
 */
export const baseRequests = ({ facts }: SourceCode): Request[] =>
  facts.images.flatMap(({ where, request }) => (where === "from" && request ? [request] : []));

/** What one rule would like to know. */
export function requestsOf(rule: Rule, sourceCode: SourceCode, config: ResolvedConfig): readonly Request[] {
  if (!rule.meta.requests) return [];
  try {
    return rule.meta.requests(sourceCode, optionsOf(rule, config) as never, config.settings);
  } catch (error) {
    let rules = failed.get(sourceCode.ast);
    if (!rules) failed.set(sourceCode.ast, (rules = new Map<Rule, unknown>()));
    rules.set(rule, error);
    return [];
  }
}

const none: ReadonlyMap<Rule, unknown> = new Map();

/** The rules whose requests could not be collected for a tree, with what they threw. */
export const failedRequests = ({ ast }: SourceCode): ReadonlyMap<Rule, unknown> => failed.get(ast) ?? none;
