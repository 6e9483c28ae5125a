import { type Node, visitorKeys } from "@stagewright/ast";
import type { ResolvedConfig } from "./config.ts";
import { createSourceCode } from "./create-source-code.ts";
import { applyDirectives } from "./directives/apply.ts";
import type { Finding } from "./finding.ts";
import { optionsOf } from "./merge-options.ts";
import { internalFinding, toFinding } from "./report.ts";
import { type Answers, noAnswers, type Request } from "./requests.ts";
import type { Listeners, ReportDescriptor, Rule, RuleContext } from "./rule.ts";
import type { SourceCode } from "./source-code.ts";

export interface LintOptions {
  readonly filename: string;
  /** All rules that exist; `config` says which are on. */
  readonly rules: readonly Rule[];
  readonly config: ResolvedConfig;
  readonly answers?: Answers;
}

export interface LintResult {
  /** In the order of the file, then by rule. */
  readonly findings: readonly Finding[];
  readonly sourceCode: SourceCode;
}

/**
 * Lints one text. Never throws: what BuildKit refuses becomes findings of the rule `syntax`, a rule that throws becomes one finding of the rule
 * `internal` that names it, and everything else is still found.
 */
export function lint(text: string, options: LintOptions): LintResult {
  const sourceCode = createSourceCode(text, {
    answers: options.answers ?? noAnswers,
    settings: options.config.settings,
  });
  return { findings: lintSource(sourceCode, options), sourceCode };
}

/** As `lint`, for a text that is parsed already with the settings of the same configuration. */
export function lintSource(sourceCode: SourceCode, { filename, rules, config }: LintOptions): readonly Finding[] {
  const findings: Finding[] = sourceCode.ast.problems.map(({ code, message, range, loc }) => ({
    rule: "syntax",
    codes: ["DL1000", code],
    severity: "error",
    message,
    range,
    loc,
  }));
  const run = new Run(sourceCode, filename, config, findings);
  for (const rule of rules) if (config.rules.has(rule.name)) run.add(rule);
  run.visit();
  return applyDirectives(findings, sourceCode, rules, config).sort(byPlace);
}

/** What the rules that are on would like to know from outside. */
export function collectRequests(sourceCode: SourceCode, rules: readonly Rule[], config: ResolvedConfig): Request[] {
  return rules.flatMap((rule) => {
    if (!rule.meta.requests || !config.rules.has(rule.name)) return [];
    try {
      return rule.meta.requests(sourceCode, optionsOf(rule, config) as never, config.settings);
    } catch {
      // The same mistake shows when the rule runs, as a finding that names it.
      return [];
    }
  });
}

type Listener = (node: Node, parent: Node | null) => void;

interface RuleListener {
  readonly rule: Rule;
  readonly listener: Listener;
}

/** One pass of all rules over one tree. */
class Run {
  readonly #sourceCode: SourceCode;
  readonly #filename: string;
  readonly #config: ResolvedConfig;
  readonly #findings: Finding[];
  readonly #listeners = new Map<string, RuleListener[]>();
  /** Somebody listens to parts of instructions. */
  #deep = false;
  /** Rules that threw: they are not asked again. */
  readonly #broken = new Set<Rule>();

  constructor(sourceCode: SourceCode, filename: string, config: ResolvedConfig, findings: Finding[]) {
    this.#sourceCode = sourceCode;
    this.#filename = filename;
    this.#config = config;
    this.#findings = findings;
  }

  add(rule: Rule): void {
    let listeners: Readonly<Record<string, Listener | undefined>>;
    try {
      listeners = rule.create(this.#context(rule)) as typeof listeners;
    } catch (error) {
      this.#fail(rule, error);
      return;
    }
    for (const key in listeners) {
      const listener = listeners[key];
      if (!listener) continue;
      const known = this.#listeners.get(key);
      if (known) known.push({ rule, listener });
      else this.#listeners.set(key, [{ rule, listener }]);
      this.#deep ||= !shallowKeys.has(key);
    }
  }

  visit(): void {
    if (this.#listeners.size > 0) this.#visit(this.#sourceCode.ast, null);
  }

  #visit(node: Node, parent: Node | null): void {
    this.#tell(this.#listeners.get(node.type), node, parent);
    if (this.#deep || node.type === "Dockerfile") this.#visitChildren(node);
    else if (node.type === "Onbuild" && node.instruction) this.#visit(node.instruction, node);
    this.#tell(this.#listeners.get(`${node.type}:exit` satisfies keyof Listeners), node, parent);
  }

  #visitChildren(node: Node): void {
    for (const key of visitorKeys[node.type]) {
      const value = (node as unknown as Record<string, Node | readonly Node[] | null>)[key];
      if (Array.isArray(value)) for (const child of value as readonly Node[]) this.#visit(child, node);
      else if (value) this.#visit(value as Node, node);
    }
  }

  #tell(listeners: readonly RuleListener[] | undefined, node: Node, parent: Node | null): void {
    if (!listeners) return;
    for (const { rule, listener } of listeners) {
      if (this.#broken.size > 0 && this.#broken.has(rule)) continue;
      try {
        listener(node, parent);
      } catch (error) {
        this.#fail(rule, error);
      }
    }
  }

  #context(rule: Rule): RuleContext<string, never> {
    const { severity = "error" } = this.#config.rules.get(rule.name) ?? {};
    return {
      id: rule.name,
      filename: this.#filename,
      options: [optionsOf(rule, this.#config) as never],
      sourceCode: this.#sourceCode,
      settings: this.#config.settings,
      report: (descriptor: ReportDescriptor<string>) => {
        this.#findings.push(toFinding(descriptor, rule, severity, this.#sourceCode));
      },
    };
  }

  #fail(rule: Rule, error: unknown): void {
    this.#broken.add(rule);
    this.#findings.push(internalFinding(rule.name, error));
  }
}

/** Keys for which the instructions themselves are enough. */
const shallowKeys: ReadonlySet<string> = new Set(
  Object.entries(visitorKeys)
    .filter(
      ([type, keys]) =>
        type === "Dockerfile" || type === "Directive" || (keys as readonly string[]).includes("keyword"),
    )
    .flatMap(([type]) => [type, `${type}:exit`]),
);

const byPlace = (a: Finding, b: Finding): number =>
  a.range[0] - b.range[0] || a.range[1] - b.range[1] || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
