import type { Finding, Rule, Severity } from "@stagewright/core";
import { DiagnosticSeverity, DiagnosticTag, type Diagnostic } from "vscode-languageserver";
import { toRange, type View } from "./view.ts";

export const sourceName = "stagewright";

/** What the client can show. */
export interface DiagnosticAbilities {
  readonly related: boolean;
  readonly links: boolean;
  readonly tags: readonly DiagnosticTag[];
}

/** What a diagnostic carries along to the code actions. */
export interface DiagnosticData {
  readonly codes: readonly string[];
  readonly fixable: boolean;
}

/** A finding in the words of the protocol. */
export function diagnostic(
  view: View,
  finding: Finding,
  rules: ReadonlyMap<string, Rule>,
  can: DiagnosticAbilities,
): Diagnostic {
  const rule = rules.get(finding.rule);
  const tags = rule ? tagsOf(rule).filter((tag) => can.tags.includes(tag)) : [];
  const data: DiagnosticData = { codes: finding.codes, fixable: finding.fix !== undefined };
  return {
    range: toRange(view, finding.range),
    severity: severities[finding.severity],
    code: finding.rule,
    source: sourceName,
    message: finding.message,
    data,
    ...(rule && can.links && { codeDescription: { href: rule.meta.docs.url } }),
    ...(tags.length > 0 && { tags }),
    ...(can.related &&
      finding.related &&
      finding.related.length > 0 && {
        relatedInformation: finding.related.map(({ range, message }) => ({
          location: { uri: view.uri, range: toRange(view, range) },
          message,
        })),
      }),
  };
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  style: DiagnosticSeverity.Hint,
};

/** Struck through for what is deprecated, faded for what has no effect. */
function tagsOf({ name, meta: { docs } }: Rule): DiagnosticTag[] {
  if (docs.category === "deprecated") return [DiagnosticTag.Deprecated];
  return /^no-(?:unused|redundant|empty|unreachable|overridden)-/.test(name) ? [DiagnosticTag.Unnecessary] : [];
}
