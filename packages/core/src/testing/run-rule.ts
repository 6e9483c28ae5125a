import Ajv from "ajv";
import { type Dockerfile, parse } from "@stagewright/ast";
import { emptyConfig, type ResolvedConfig } from "../config.ts";
import type { Finding } from "../finding.ts";
import { fix } from "../fix.ts";
import { lint, type LintOptions } from "../lint.ts";
import { noAnswers } from "../requests.ts";
import type { Rule } from "../rule.ts";
import type { MarkedPlace } from "./carets.ts";
import type { Surroundings } from "./cases.ts";

/** A finding with the ids of its messages. */
export interface ReportedFinding extends Finding {
  readonly messageId: string;
  readonly suggestionIds: readonly string[];
}

export interface CaseRun {
  readonly code: string;
  readonly tree: Dockerfile;
  readonly findings: readonly ReportedFinding[];
}

/** Runs a rule over a text; findings of the file's own syntax are left out. Throws where the rule does, and where a message is not filled. */
export function runRule(rule: Rule, code: string, surroundings: Surroundings): CaseRun {
  const { findings, sourceCode } = lint(code, lintOptions(marked(rule), surroundings));
  const failed = findings.find((finding) => finding.rule === "internal");
  if (failed) throw new Error(unmarked(failed.message));
  const own = findings.filter((finding) => finding.rule === rule.name).map(withIds);
  for (const { messageId, message, suggestions = [], suggestionIds } of own) {
    assertFilled(rule, messageId, message);
    for (const [index, each] of suggestions.entries()) assertFilled(rule, suggestionIds[index] ?? "", each.message);
  }
  return { code, tree: sourceCode.ast, findings: own };
}

/** All fixes of a text. Throws when they do not settle or make the text worse. */
export function fixAll(rule: Rule, code: string, surroundings: Surroundings): string {
  const { text, settled, internal } = fix(code, lintOptions(rule, surroundings));
  const [problem] = internal;
  if (problem) throw new Error(problem.message);
  if (!settled) throw new Error(`Fixes do not settle within ten passes:\n\n${text}`);
  assertNoNewProblems(code, text, "its fixes");
  return text;
}

/** Throws when BuildKit refuses more in a text than before. */
export function assertNoNewProblems(before: string, after: string, what: string): void {
  const left = new Map<string, number>();
  for (const { code } of parse(before).problems) left.set(code, (left.get(code) ?? 0) + 1);
  for (const { code, message } of parse(after).problems) {
    const count = (left.get(code) ?? 0) - 1;
    if (count < 0) throw new Error(`BuildKit refuses the text after ${what}: ${message}\n\n${after}`);
    left.set(code, count);
  }
}

/** Throws where ESLint or a configuration file would refuse the options; the validator and its version are ESLint's. */
export function assertOptions({ meta }: Rule, options: Readonly<Record<string, unknown>>, what: string): void {
  const ajv = new Ajv({ schemaId: "auto", meta: true, missingRefs: "ignore", verbose: true });
  const schema = { type: "array", items: [...meta.schema], maxItems: meta.schema.length };
  const given = meta.schema.length === 0 && Object.keys(options).length === 0 ? [] : [options];
  if (!ajv.validate(schema, given)) {
    throw new Error(`The rule's schema refuses ${what} ${JSON.stringify(options)}: ${ajv.errorsText()}`);
  }
}

export function placeOf({ loc: { start, end }, messageId, message }: ReportedFinding): MarkedPlace {
  const { line, column } = start;
  return { line, column, endLine: end.line, endColumn: end.column, messageId, message };
}

function lintOptions(rule: Rule, surroundings: Surroundings): LintOptions {
  const { filename = "Dockerfile", answers = noAnswers } = surroundings;
  return { filename, rules: [rule], config: configFor(rule, surroundings), answers };
}

export const configFor = (rule: Rule, { options = {}, settings = {} }: Surroundings): ResolvedConfig => ({
  ...emptyConfig,
  rules: new Map([[rule.name, { severity: rule.meta.docs.severity, options }]]),
  settings,
});

/** The rule with messages that begin with their ids: findings do not hold the ids. */
function marked(rule: Rule): Rule {
  const messages = Object.entries(rule.meta.messages).map(([id, text]) => [id, `\0${id}\0${text}`]);
  return { ...rule, meta: { ...rule.meta, messages: Object.fromEntries(messages) as Rule["meta"]["messages"] } };
}

const mark = /^\0(\w+)\0/;

const unmarked = (message: string) => message.replace(mark, "");
const idIn = (message: string) => mark.exec(message)?.[1] ?? "";

function withIds({ message, suggestions, ...finding }: Finding): ReportedFinding {
  return {
    ...finding,
    message: unmarked(message),
    messageId: idIn(message),
    suggestionIds: (suggestions ?? []).map((suggestion) => idIn(suggestion.message)),
    ...(suggestions && { suggestions: suggestions.map((each) => ({ ...each, message: unmarked(each.message) })) }),
  };
}

function assertFilled({ meta }: Rule, messageId: string, message: string): void {
  for (const [placeholder] of (meta.messages[messageId] ?? "").matchAll(/\{\{\s*\w+\s*\}\}/g)) {
    if (message.includes(placeholder)) throw new Error(`A placeholder of a message is not filled: ${message}`);
  }
}
