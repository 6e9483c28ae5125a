import type { Dockerfile } from "@stagewright/ast";
import { parse } from "@stagewright/ast";
import type { Finding } from "../finding.ts";
import { emptyConfig, type ResolvedConfig } from "../config.ts";
import { applyEdits } from "../fixer.ts";
import { lint } from "../lint.ts";
import { noAnswers } from "../requests.ts";
import type { Rule } from "../rule.ts";
import type { RuleCase } from "./cases.ts";

/** What one run of a rule over a case gave. */
export interface CaseRun {
  readonly code: string;
  readonly tree: Dockerfile;
  readonly findings: readonly Finding[];
}

export function configFor(
  rule: Rule,
  { options = {}, settings = {} }: Pick<RuleCase, "options" | "settings">,
): ResolvedConfig {
  return { ...emptyConfig, rules: new Map([[rule.name, { severity: rule.meta.docs.severity, options }]]), settings };
}

/** Runs a rule over a text; findings of the file's own syntax are left out. Throws where the rule does. */
export function runRule(rule: Rule, code: string, surroundings: Omit<RuleCase, "code">): CaseRun {
  const { filename = "Dockerfile", answers = noAnswers } = surroundings;
  const config = configFor(rule, surroundings);
  const { findings, sourceCode } = lint(code, { filename, rules: [rule], config, answers });
  const failed = findings.find((finding) => finding.rule === "internal");
  if (failed) throw new Error(failed.message);
  const unfilled = findings.find(({ message }) => /\{\{/.test(message));
  if (unfilled) throw new Error(`A placeholder of a message is not filled: ${unfilled.message}`);
  return { code, tree: sourceCode.ast, findings: findings.filter((finding) => finding.rule === rule.name) };
}

/** All fixes of a text, pass by pass until nothing is left to fix. Throws when ten passes are not enough or when a text gets worse. */
export function fixAll(rule: Rule, code: string, surroundings: Omit<RuleCase, "code">): string {
  let text = code;
  for (let pass = 0; pass < 10; pass++) {
    const { findings } = runRule(rule, text, surroundings);
    const edits = withoutConflicts(findings.flatMap(({ fix }) => (fix ? [fix] : [])));
    if (edits.length === 0) return text;
    const fixed = applyEdits(text, edits);
    assertNoNewProblems(text, fixed, "a fix");
    if (fixed === text) throw new Error("A fix changes nothing, so it would be offered for ever.");
    text = fixed;
  }
  throw new Error("Fixes do not settle within ten passes.");
}

/** Groups of edits in the order of the file, those that overlap an earlier one left for the next pass. */
function withoutConflicts(groups: readonly NonNullable<Finding["fix"]>[]) {
  const taken: NonNullable<Finding["fix"]>[number][] = [];
  for (const group of groups) {
    const free = group.every(({ range }) =>
      taken.every((other) => range[1] < other.range[0] || other.range[1] < range[0]),
    );
    if (free) taken.push(...group);
  }
  return taken.sort((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1]);
}

export function assertNoNewProblems(before: string, after: string, what: string): void {
  const known = new Set(parse(before).problems.map(({ code }) => code));
  const added = parse(after).problems.find(({ code }) => !known.has(code));
  if (added) throw new Error(`BuildKit refuses the text after ${what}: ${added.message}\n\n${after}`);
}
