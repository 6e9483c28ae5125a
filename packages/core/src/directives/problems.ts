import type { Range } from "@stagewright/ast";
import { distance } from "fastest-levenshtein";
import type { ResolvedConfig } from "../config.ts";
import type { Finding, Severity } from "../finding.ts";
import type { Rule } from "../rule.ts";
import type { SourceCode } from "../source-code.ts";
import type { IgnoreDirective } from "./collect.ts";

type Name = IgnoreDirective["names"][number];

/** Findings about ignore comments: names that mean nothing, names that silence nothing, and reasons that are missing. */
export function reportDirectives(
  directives: readonly IgnoreDirective[],
  used: ReadonlySet<Name>,
  sourceCode: SourceCode,
  rules: readonly Rule[],
  config: ResolvedConfig,
): Finding[] {
  const known = namesOf(rules);
  const findings: Finding[] = [];
  const add = (rule: string, severity: Severity, message: string, range: Range) => {
    findings.push({ rule, codes: [], severity, message, range, loc: sourceCode.locate(range) });
  };
  for (const directive of directives) {
    for (const name of directive.names) {
      if (!isKnown(name.text, known)) {
        const near = nearest(name.text, known);
        const hint = near === null ? "." : `; did you mean \`${near}\`?`;
        add("unknown-ignore", "warning", `No rule and no code is called \`${name.text}\`${hint}`, name.range);
      } else if (
        config.reportUnusedDisableDirectives !== "off" &&
        directive.syntax === "stagewright" &&
        !used.has(name)
      ) {
        const what = name.text === "*" ? "This comment" : `\`${name.text}\``;
        const message = `${what} silences nothing here; remove it.`;
        add("unused-ignore", config.reportUnusedDisableDirectives, message, name.range);
      }
    }
    if (config.requireReason && directive.syntax === "stagewright" && directive.reason === null) {
      add("ignore-reason", "warning", "Say why after ` -- `.", directive.range);
    }
  }
  return findings;
}

const caches = new WeakMap<readonly Rule[], ReadonlySet<string>>();

function namesOf(rules: readonly Rule[]): ReadonlySet<string> {
  let names = caches.get(rules);
  if (!names) {
    names = new Set(rules.flatMap((rule) => [rule.name, ...rule.meta.docs.sources.map(({ id }) => id)]));
    caches.set(rules, names);
  }
  return names;
}

const isKnown = (name: string, known: ReadonlySet<string>) =>
  name === "*" || known.has(name) || /^(SC|DL)\d{4}$/.test(name) || /^tally\//.test(name);

function nearest(name: string, known: ReadonlySet<string>): string | null {
  let best: string | null = null;
  let smallest = Math.max(3, Math.ceil(name.length / 3));
  for (const candidate of known) {
    const far = distance(name.toLowerCase(), candidate.toLowerCase());
    if (far >= smallest) continue;
    best = candidate;
    smallest = far;
  }
  return best;
}
