import type { ResolvedConfig } from "../config.ts";
import type { Finding } from "../finding.ts";
import type { Rule } from "../rule.ts";
import type { SourceCode } from "../source-code.ts";
import { collectComments } from "./collect.ts";
import { commentFindings } from "./problems.ts";
import { Silencer } from "./silencer.ts";

/** Leaves out what comments and levels of single codes silence, and adds what is wrong with the comments themselves. */
export function applyDirectives(
  findings: readonly Finding[],
  sourceCode: SourceCode,
  rules: readonly Rule[],
  config: ResolvedConfig,
): Finding[] {
  const wanted = config.codeLevels.size === 0 ? findings : findings.filter((finding) => isWanted(finding, config));
  const coded = config.codesOf === null ? wanted : wanted.map((finding) => withCodesOf(finding, config.codesOf));
  const levelled = config.codeLevels.size === 0 ? coded : coded.flatMap((finding) => withCodeLevel(finding, config));
  const collected = collectComments(sourceCode, rules, config);
  if (collected.comments.length === 0 && collected.mistakes.length === 0) return [...levelled];
  const silencer = new Silencer(collected.comments);
  const kept = levelled.filter((finding) => !silencer.silences(finding));
  return [...kept, ...commentFindings(collected, silencer.used, sourceCode, rules, config)];
}

const codeForms = { hadolint: /^(DL|SC)\d{4}$/, buildkit: /^[A-Z][A-Za-z]+$/ } as const;

function withCodesOf(finding: Finding, tool: ResolvedConfig["codesOf"]): Finding {
  return tool === null ? finding : { ...finding, codes: finding.codes.filter((code) => codeForms[tool].test(code)) };
}

function withCodeLevel(finding: Finding, { codeLevels }: ResolvedConfig): Finding[] {
  for (const code of finding.codes) {
    const level = codeLevels.get(`${finding.rule}/${code}`) ?? codeLevels.get(code);
    if (level === "off") return [];
    if (level === "on") return [finding];
    if (level !== undefined) return [{ ...finding, severity: level }];
  }
  return [finding];
}

/** Of a rule that is on for some of its codes alone, only their findings are wanted. */
const isWanted = ({ rule, codes }: Finding, { codeLevels }: ResolvedConfig): boolean =>
  codeLevels.get(`${rule}/*`) !== "off" ||
  codes.some((code) => codeLevels.has(`${rule}/${code}`) || codeLevels.has(code));
