import type { ResolvedConfig } from "../config.ts";
import type { Finding } from "../finding.ts";
import type { Rule } from "../rule.ts";
import type { SourceCode } from "../source-code.ts";
import { collectDirectives, type IgnoreDirective } from "./collect.ts";
import { reportDirectives } from "./problems.ts";

/** Leaves out what comments and levels of single codes silence, and adds what is wrong with the comments themselves. */
export function applyDirectives(
  findings: readonly Finding[],
  sourceCode: SourceCode,
  rules: readonly Rule[],
  config: ResolvedConfig,
): Finding[] {
  const levelled =
    config.codeLevels.size === 0 ? findings : findings.flatMap((finding) => withCodeLevel(finding, config));
  const directives = collectDirectives(sourceCode, config);
  if (directives.length === 0) return [...levelled];
  const used = new Set<IgnoreDirective["names"][number]>();
  const kept = levelled.filter((finding) => {
    let silenced = false;
    for (const directive of directives) {
      const name = matching(directive, finding);
      if (!name) continue;
      used.add(name);
      silenced = true;
    }
    return !silenced;
  });
  return [...kept, ...reportDirectives(directives, used, sourceCode, rules, config)];
}

/** The name in a comment that silences a finding; problems of the file's syntax and of rules cannot be silenced. */
function matching({ covers, names }: IgnoreDirective, finding: Finding) {
  if (finding.rule === "syntax" || finding.rule === "internal") return null;
  const { line } = finding.loc.start;
  if (!covers.some(([first, last]) => first <= line && line <= last)) return null;
  return names.find(({ text }) => text === "*" || text === finding.rule || finding.codes.includes(text)) ?? null;
}

function withCodeLevel(finding: Finding, { codeLevels }: ResolvedConfig): Finding[] {
  for (const code of finding.codes) {
    const level = codeLevels.get(code);
    if (level === "off") return [];
    if (level !== undefined) return [{ ...finding, severity: level }];
  }
  return [finding];
}
