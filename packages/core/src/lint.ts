import { isInstruction, type Node, type NodeType, visitorKeys } from "@stagewright/ast";
import type { ResolvedConfig } from "./config.ts";
import { createSourceCode } from "./create-source-code.ts";
import { applyDirectives } from "./directives/apply.ts";
import { withExperimental } from "./directives/experimental.ts";
import type { Finding } from "./finding.ts";
import { failedRequests } from "./collect-requests.ts";
import { optionsOf } from "./merge-options.ts";
import { internalFinding, toFinding } from "./report.ts";
import { type Answers, noAnswers } from "./requests.ts";
import type { Place, ReportDescriptor, Rule, RuleContext } from "./rule.ts";
import type { SourceCode } from "./source-code.ts";

export interface LintOptions {
  readonly filename: string;
  /** All rules that exist; `config` says which are on. */
  readonly rules: readonly Rule[];
  readonly config: ResolvedConfig;
  readonly answers?: Answers;
  /** Gets the milliseconds that each rule took, by its name, added to what is there. */
  readonly timings?: Map<string, number>;
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
export function lintSource(
  sourceCode: SourceCode,
  { filename, rules, config: given, timings }: LintOptions,
): readonly Finding[] {
  const config = withExperimental(sourceCode, rules, given);
  const findings: Finding[] = sourceCode.ast.problems.map(({ code, message, range, loc }) => ({
    rule: "syntax",
    codes: ["DL1000", code],
    severity: "error",
    message,
    range,
    loc,
  }));
  const run = new Run(sourceCode, filename, config, findings, timings ?? null);
  for (const rule of rules) if (config.rules.has(rule.name)) run.add(rule);
  run.visit();
  return applyDirectives(findings, sourceCode, rules, config).sort(byPlace);
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
  readonly #enter = new Map<NodeType, RuleListener[]>();
  readonly #exit = new Map<NodeType, RuleListener[]>();
  /** Somebody listens to parts of instructions. */
  #deep = false;
  /** Rules that threw: they are not asked again. */
  readonly #broken = new Set<string>();
  /** Rules with a fix that threw: their findings stand, and one more says so. */
  readonly #unrepaired = new Set<string>();

  readonly #timings: Map<string, number> | null;

  constructor(
    sourceCode: SourceCode,
    filename: string,
    config: ResolvedConfig,
    findings: Finding[],
    timings: Map<string, number> | null,
  ) {
    this.#timings = timings;
    this.#sourceCode = sourceCode;
    this.#filename = filename;
    this.#config = config;
    this.#findings = findings;
  }

  add(rule: Rule): void {
    try {
      const create = () => rule.create(this.#context(rule)) as Readonly<Record<string, Listener | undefined>>;
      const listeners = this.#timed(rule, create)();
      for (const key in listeners) {
        const listener = listeners[key];
        if (listener) this.#listen(rule, key, this.#timed(rule, listener));
      }
    } catch (error) {
      this.#fail(rule.name, error, null);
    }
  }

  /** The same function, measured where that is wanted. */
  #timed<Arguments extends readonly unknown[], Result>(
    { name }: Rule,
    work: (...given: Arguments) => Result,
  ): (...given: Arguments) => Result {
    const timings = this.#timings;
    if (!timings) return work;
    return (...given) => {
      const started = performance.now();
      try {
        return work(...given);
      } finally {
        timings.set(name, (timings.get(name) ?? 0) + performance.now() - started);
      }
    };
  }

  visit(): void {
    if (this.#enter.size > 0 || this.#exit.size > 0) this.#visit(this.#sourceCode.ast, null);
    for (const [rule, error] of failedRequests(this.#sourceCode)) {
      if (this.#config.rules.has(rule) && !this.#broken.has(rule)) this.#fail(rule, error, null);
    }
  }

  #listen(rule: Rule, key: string, listener: Listener): void {
    const target = listenerKeys.get(key);
    if (!target) throw new Error(`It listens to \`${key}\`, which is no type of node.`);
    const listeners = target.exit ? this.#exit : this.#enter;
    const known = listeners.get(target.type);
    if (known) known.push({ rule, listener });
    else listeners.set(target.type, [{ rule, listener }]);
    this.#deep ||= target.deep;
  }

  #visit(node: Node, parent: Node | null): void {
    this.#tell(this.#enter.get(node.type), node, parent);
    if (this.#deep || node.type === "Dockerfile") this.#visitChildren(node);
    else if (node.type === "Onbuild" && node.instruction) this.#visit(node.instruction, node);
    this.#tell(this.#exit.get(node.type), node, parent);
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
      if (this.#broken.size > 0 && this.#broken.has(rule.name)) continue;
      try {
        listener(node, parent);
      } catch (error) {
        this.#fail(rule.name, error, isInstruction(node) ? node.keyword : node.type === "Dockerfile" ? null : node);
      }
    }
  }

  #context(rule: Rule): RuleContext<string, never> {
    const severity = this.#config.rules.get(rule.name)?.severity ?? rule.meta.docs.severity;
    return {
      id: rule.name,
      filename: this.#filename,
      options: [optionsOf(rule, this.#config) as never],
      sourceCode: this.#sourceCode,
      settings: this.#config.settings,
      report: (descriptor: ReportDescriptor<string>) => {
        this.#findings.push(
          toFinding(descriptor, rule, severity, this.#sourceCode, (error, place) => {
            if (!this.#unrepaired.has(rule.name)) this.#findings.push(internalFinding(rule.name, error, place));
            this.#unrepaired.add(rule.name);
          }),
        );
      },
    };
  }

  #fail(rule: string, error: unknown, place: Place | null): void {
    this.#broken.add(rule);
    if (!this.#unrepaired.has(rule)) this.#findings.push(internalFinding(rule, error, place));
  }
}

interface ListenerKey {
  readonly type: NodeType;
  readonly exit: boolean;
  /** The instructions themselves are not enough. */
  readonly deep: boolean;
}

/** What rules may listen to. */
const listenerKeys: ReadonlyMap<string, ListenerKey> = new Map(
  (Object.keys(visitorKeys) as NodeType[]).flatMap((type): [string, ListenerKey][] => {
    const keys: readonly string[] = visitorKeys[type];
    const deep = type !== "Dockerfile" && type !== "Directive" && !keys.includes("keyword");
    return [
      [type, { type, exit: false, deep }],
      [`${type}:exit`, { type, exit: true, deep }],
    ];
  }),
);

const byPlace = (a: Finding, b: Finding): number =>
  a.range[0] - b.range[0] || a.range[1] - b.range[1] || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
