import type { Range } from "@stagewright/ast";
import type { ResolvedConfig } from "../config.ts";
import type { Edit, Finding, Suggestion } from "../finding.ts";
import { requestsOf } from "../collect-requests.ts";
import type { Rule } from "../rule.ts";
import type { SourceCode } from "../source-code.ts";
import type { CollectedComments } from "./collect.ts";
import type { IgnoreComment, IgnoreName } from "./ignore-comment.ts";
import { KnownNames } from "./known-names.ts";

/** Names of findings about ignore comments. */
export const commentRules = { unknown: "unknown-ignore", unused: "unused-ignore", reason: "ignore-reason" } as const;

/** What a reason stands behind; BuildKit's comments have no place for one. */
const reasonSigns: Readonly<Record<IgnoreComment["syntax"], string | null>> = {
  stagewright: "--",
  hadolint: "#",
  buildkit: null,
};

/**
 * Findings about ignore comments: names that mean nothing, names of our own comments that silence nothing, and reasons that are missing. Comments of
 * other tools may silence what only these find, so they are not called unused.
 */
export function commentFindings(
  { comments, mistakes }: CollectedComments,
  used: ReadonlySet<IgnoreName>,
  sourceCode: SourceCode,
  rules: readonly Rule[],
  config: ResolvedConfig,
): Finding[] {
  const finding = (rule: string, severity: Finding["severity"], message: string, range: Range): Finding => ({
    rule,
    codes: [],
    severity,
    message,
    range,
    loc: sourceCode.locate(range),
  });
  const wrong = mistakes.map(({ message, range, replacement }) => ({
    ...finding(commentRules.unknown, "warning", message, range),
    ...(replacement !== undefined && {
      suggestions: [{ message: `Write \`${replacement}\`.`, edits: [{ range, text: replacement }] }],
    }),
  }));
  const level = config.reportUnusedDisableDirectives;
  const unused = level === "off" ? [] : unusedNames(comments, used, sourceCode, rules, config);
  return [
    ...wrong,
    ...unused.map(([comment, name]) => {
      const what = name.text === "" ? "This comment" : `\`${name.text}\``;
      const verb = comment.reach.kind === "enable" ? "switches on nothing that was off" : "silences nothing";
      const suggestions = removal(comment, name, sourceCode);
      return {
        ...finding(commentRules.unused, level as Finding["severity"], `${what} ${verb} here; remove it.`, name.range),
        ...(suggestions.length > 0 && { suggestions }),
      };
    }),
    ...comments.flatMap(({ syntax, reason, reach, range }) => {
      const sign = reasonSigns[syntax];
      if (!config.requireReason || sign === null || reason !== null || reach.kind === "enable") return [];
      return [finding(commentRules.reason, "warning", `Say why behind \` ${sign} \`.`, range)];
    }),
  ];
}

function unusedNames(
  comments: readonly IgnoreComment[],
  used: ReadonlySet<IgnoreName>,
  sourceCode: SourceCode,
  rules: readonly Rule[],
  config: ResolvedConfig,
): (readonly [IgnoreComment, IgnoreName])[] {
  const known = KnownNames.of(rules);
  const silent = new Map<Rule, boolean>();
  /** The rule cannot speak, since the host has no answer for it: then its comments may be needed elsewhere. */
  const isSilent = (rule: Rule) => {
    let result = silent.get(rule);
    if (result === undefined) {
      const asked = config.rules.has(rule.name) ? requestsOf(rule, sourceCode, config) : [];
      result = asked.some((request) => sourceCode.answers.get(request) === undefined);
      silent.set(rule, result);
    }
    return result;
  };
  const disabled: string[] = [];
  return comments.flatMap((comment) => {
    if (comment.syntax !== "stagewright") return [];
    const { reach, names } = comment;
    const found = names.filter((name) => {
      const [key] = name.keys;
      if (key === undefined) return false;
      if (reach.kind === "enable") return !disabled.some((other) => overlap(key, other, known));
      return !used.has(name) && !(key === "*" ? rules : known.rulesOf(key)).some(isSilent);
    });
    if (reach.kind === "disable") disabled.push(...names.flatMap(({ keys }) => keys));
    return found.map((name) => [comment, name] as const);
  });
}

function overlap(a: string, b: string, known: KnownNames): boolean {
  if (a === b || a === "*" || b === "*") return true;
  const rules = known.rulesOf(a);
  return known.rulesOf(b).some((rule) => rules.includes(rule));
}

/** Takes a name out of a comment, or the whole comment with its last name. */
function removal(comment: IgnoreComment, name: IgnoreName, sourceCode: SourceCode): Suggestion[] {
  const { names } = comment;
  const index = names.indexOf(name);
  if (names.length > 1) {
    const before = names[index - 1];
    const after = names[index + 1];
    const range: Range = before ? [before.range[1], name.range[1]] : [name.range[0], after?.range[0] ?? name.range[1]];
    return [{ message: `Remove \`${name.text}\` from the comment.`, edits: [{ range, text: "" }] }];
  }
  const edit = lineRemoval(comment, sourceCode);
  return edit ? [{ message: "Remove the comment.", edits: [edit] }] : [];
}

/** The comment's line with its end; `null` where a comment below it would become a parser directive. */
function lineRemoval({ range }: IgnoreComment, { text, ast, comments }: SourceCode): Edit | null {
  const firstInstruction = ast.instructions[0]?.range[0] ?? text.length;
  const mayBecomeDirective = comments.some(
    (other) => other.range[0] > range[0] && other.range[0] < firstInstruction && /^\s*\w+\s*=/.test(other.value),
  );
  if (range[0] < firstInstruction && mayBecomeDirective) return null;
  const start = Math.max(text.lastIndexOf("\n", range[0] - 1) + 1, text.startsWith("\ufeff") ? 1 : 0);
  const lineFeed = text.indexOf("\n", range[1]);
  return { range: [start, lineFeed === -1 ? text.length : lineFeed + 1], text: "" };
}
