import { parse } from "@stagewright/ast";
import type { Edit, Finding } from "./finding.ts";
import { applyEdits } from "./fixer.ts";
import { lint, type LintOptions } from "./lint.ts";
import type { Rule } from "./rule.ts";

export interface FixOptions extends LintOptions {
  /** `suggest` takes the first suggestion of each finding that has no fix. Default `fix`. */
  readonly kind?: "fix" | "suggest";
  /** Only findings of these rules; all when absent. */
  readonly only?: ReadonlySet<string>;
}

export interface FixResult {
  readonly text: string;
  /** How many findings were repaired, by rule. */
  readonly fixed: ReadonlyMap<string, number>;
  /** What is still found in `text`. */
  readonly remaining: readonly Finding[];
  /** Rules whose repairs were dropped since they would have made the file worse, with the reason. */
  readonly dropped: ReadonlyMap<string, string>;
}

const maxPasses = 10;

/**
 * Repairs a text: edits of all rules together, pass by pass until nothing is left to do. After each pass the text is parsed again and checked: no new
 * syntax problem, the same instructions unless the rule says otherwise, no new finding of another rule that is an error or a warning. The repairs of a
 * rule that fails the check are dropped, the others stay.
 */
export function fix(text: string, options: FixOptions): FixResult {
  const fixed = new Map<string, number>();
  const dropped = new Map<string, string>();
  let current = text;
  let findings = lint(current, options).findings;
  for (let pass = 0; pass < maxPasses; pass++) {
    const repairs = choose(findings, options, dropped);
    if (repairs.length === 0) break;
    const next = applyChecked(current, findings, repairs, options, dropped);
    if (!next) continue;
    for (const { rule } of next.repairs) fixed.set(rule, (fixed.get(rule) ?? 0) + 1);
    current = next.text;
    findings = next.findings;
  }
  return { text: current, fixed, remaining: findings, dropped };
}

/** One finding's repair. */
interface Repair {
  readonly rule: string;
  readonly edits: readonly Edit[];
}

/** Repairs that do not touch each other; those that would wait for the next pass. */
function choose(
  findings: readonly Finding[],
  { kind = "fix", only }: FixOptions,
  dropped: ReadonlyMap<string, string>,
): Repair[] {
  const chosen: Repair[] = [];
  const taken: Edit[] = [];
  for (const finding of findings) {
    if (dropped.has(finding.rule) || (only && !only.has(finding.rule))) continue;
    const edits = finding.fix ?? (kind === "suggest" ? finding.suggestions?.[0]?.edits : undefined);
    if (!edits || edits.length === 0) continue;
    const free = edits.every(({ range }) =>
      taken.every((other) => range[1] < other.range[0] || other.range[1] < range[0]),
    );
    if (!free) continue;
    chosen.push({ rule: finding.rule, edits });
    taken.push(...edits);
  }
  return chosen;
}

interface Applied {
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly repairs: readonly Repair[];
}

/** Applies repairs together; when the result is worse, finds the rules to blame and goes on without them. `null` when none is left. */
function applyChecked(
  text: string,
  before: readonly Finding[],
  repairs: readonly Repair[],
  options: FixOptions,
  dropped: Map<string, string>,
): Applied | null {
  const attempt = apply(text, before, repairs, options);
  if (typeof attempt !== "string") return attempt;
  const rules = [...new Set(repairs.map(({ rule }) => rule))];
  for (const rule of rules) {
    const alone = apply(
      text,
      before,
      repairs.filter((repair) => repair.rule === rule),
      options,
    );
    if (typeof alone === "string") dropped.set(rule, alone);
  }
  // Each is harmless alone: then they go one rule a pass.
  const rest = rules.some((rule) => dropped.has(rule))
    ? repairs.filter(({ rule }) => !dropped.has(rule))
    : repairs.filter(({ rule }) => rule === rules[0]);
  if (rest.length === 0) return null;
  const again = apply(text, before, rest, options);
  if (typeof again !== "string") return again;
  const [first] = rest;
  if (first && rest.length < repairs.length) {
    const single = apply(
      text,
      before,
      rest.filter(({ rule }) => rule === first.rule),
      options,
    );
    if (typeof single !== "string") return single;
  }
  return null;
}

/** The text after repairs, or why it would be worse. */
function apply(
  text: string,
  before: readonly Finding[],
  repairs: readonly Repair[],
  options: FixOptions,
): Applied | string {
  const edits = repairs
    .flatMap((repair) => repair.edits)
    .sort((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1]);
  const changed = applyEdits(text, edits);
  if (changed === text) return "The repair changes nothing.";
  const mayChange = repairs.some(({ rule }) => changesInstructions(options.rules, rule));
  const structure = mayChange ? null : differentStructure(text, changed);
  if (structure !== null) return structure;
  const { findings } = lint(changed, options);
  const worse = newTrouble(before, findings);
  return worse === null ? { text: changed, findings, repairs } : worse;
}

const changesInstructions = (rules: readonly Rule[], name: string): boolean =>
  rules.find((rule) => rule.name === name)?.meta.docs.fix?.changes === "instructions" ||
  rules.find((rule) => rule.name === name)?.meta.docs.fix === undefined;

function differentStructure(before: string, after: string): string | null {
  const kinds = (text: string) =>
    parse(text)
      .instructions.map(({ type }) => (type === "Maintainer" ? "Label" : type))
      .join(" ");
  return kinds(before) === kinds(after) ? null : "The repair changes which instructions there are.";
}

/** A kind of finding that was rarer before: syntax problems always, those of rules when they are errors or warnings. */
function newTrouble(before: readonly Finding[], after: readonly Finding[]): string | null {
  const key = ({ rule, codes }: Finding) => (rule === "syntax" ? `${rule} ${codes.join(" ")}` : rule);
  const counts = new Map<string, number>();
  for (const finding of before) counts.set(key(finding), (counts.get(key(finding)) ?? 0) + 1);
  const grave = after.filter(
    ({ rule, severity }) => rule === "syntax" || rule === "internal" || severity === "error" || severity === "warning",
  );
  const now = new Map<string, number>();
  for (const finding of grave) {
    const count = (now.get(key(finding)) ?? 0) + 1;
    now.set(key(finding), count);
    if (count > (counts.get(key(finding)) ?? 0)) return `The repair leads to another finding: ${finding.message}`;
  }
  return null;
}
