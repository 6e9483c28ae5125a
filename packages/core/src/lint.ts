import { isInstruction, type Node, type NodeType, visitorKeys } from "@stagewright/ast";
import type { ResolvedConfig } from "./config.ts";
import { createSourceCode } from "./create-source-code.ts";
import { applyDirectives } from "./directives/apply.ts";
import { withExperimental } from "./directives/experimental.ts";
import { type EnabledRule, enabledRules } from "./enabled-rules.ts";
import type { Finding } from "./finding.ts";
import { failedRequests } from "./collect-requests.ts";
import { internalFinding, toFinding } from "./report.ts";
import { syntaxProblems } from "./refusals/index.ts";
import { type Answers, noAnswers } from "./requests.ts";
import type { Place, ReportDescriptor, Rule, RuleContext, Settings } from "./rule.ts";
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
  const enabled = enabledRules(rules, config);
  const findings = syntaxFindings(sourceCode, enabled);
  const run = new Run(sourceCode, filename, config, findings, timings ?? null);
  for (const each of enabled) run.add(each);
  run.visit();
  return applyDirectives(findings, sourceCode, rules, config).sort(byPlace);
}

/** What BuildKit refuses, without what a rule that is on tells in its own name. */
function syntaxFindings(sourceCode: SourceCode, enabled: readonly EnabledRule[]): Finding[] {
  const isTold = (code: string) => enabled.some(({ rule }) => rule.meta.tells?.includes(code));
  return syntaxProblems(sourceCode).flatMap(({ code, message, range, loc }): Finding[] =>
    isTold(code) ? [] : [{ rule: "syntax", codes: ["DL1000", code], severity: "error", message, range, loc }],
  );
}

type Listener = (node: Node, parent: Node | null) => void;

/** Who listens to one type of node: the rule of each listener stands at the same index. */
interface Audience {
  readonly rules: Rule[];
  readonly listeners: Listener[];
}

/** One pass of all rules over one tree. */
class Run {
  readonly sourceCode: SourceCode;
  readonly filename: string;
  readonly settings: Settings;
  readonly #config: ResolvedConfig;
  readonly #findings: Finding[];
  readonly #enter = new Map<NodeType, Audience>();
  readonly #exit = new Map<NodeType, Audience>();
  /** Somebody listens to parts of instructions. */
  #deep = false;
  /** Rules that threw: they are not asked again. */
  readonly #broken = new Set<Rule>();
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
    this.sourceCode = sourceCode;
    this.filename = filename;
    this.settings = config.settings;
    this.#config = config;
    this.#findings = findings;
  }

  add(enabled: EnabledRule): void {
    const { rule } = enabled;
    const timings = this.#timings;
    try {
      const context = new Context(this, enabled);
      const listeners = (timings
        ? timed(rule, timings, () => rule.create(context))()
        : rule.create(context)) as unknown as Readonly<Record<string, Listener | undefined>>;
      for (const key in listeners) {
        const listener = listeners[key];
        if (listener) this.#listen(rule, key, timings ? timed(rule, timings, listener) : listener);
      }
    } catch (error) {
      this.#fail(rule, error, null);
    }
  }

  visit(): void {
    if (this.#enter.size > 0 || this.#exit.size > 0) this.#visit(this.sourceCode.ast, null);
    for (const [rule, error] of failedRequests(this.sourceCode)) {
      if (this.#config.rules.has(rule.name) && !this.#broken.has(rule)) this.#fail(rule, error, null);
    }
  }

  /** Adds what a rule reports. */
  report(descriptor: ReportDescriptor<string>, { rule, severity }: EnabledRule): void {
    const finding = toFinding(descriptor, rule, severity, this.sourceCode, (error, place) => {
      if (!this.#unrepaired.has(rule.name)) this.#findings.push(internalFinding(rule.name, error, place));
      this.#unrepaired.add(rule.name);
    });
    this.#findings.push(finding);
  }

  #listen(rule: Rule, key: string, listener: Listener): void {
    const target = listenerKeys.get(key);
    if (!target) throw new Error(`It listens to \`${key}\`, which is no type of node.`);
    const audiences = target.exit ? this.#exit : this.#enter;
    let audience = audiences.get(target.type);
    if (!audience) audiences.set(target.type, (audience = { rules: [], listeners: [] }));
    audience.rules.push(rule);
    audience.listeners.push(listener);
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

  #tell(audience: Audience | undefined, node: Node, parent: Node | null): void {
    if (!audience) return;
    const { rules, listeners } = audience;
    const broken = this.#broken.size > 0 ? this.#broken : null;
    for (let index = 0; index < listeners.length; index++) {
      const rule = rules[index] as Rule;
      if (broken?.has(rule)) continue;
      try {
        (listeners[index] as Listener)(node, parent);
      } catch (error) {
        this.#fail(rule, error, isInstruction(node) ? node.keyword : node.type === "Dockerfile" ? null : node);
      }
    }
  }

  #fail(rule: Rule, error: unknown, place: Place | null): void {
    this.#broken.add(rule);
    if (!this.#unrepaired.has(rule.name)) this.#findings.push(internalFinding(rule.name, error, place));
  }
}

/** What a rule gets to know of a file. */
class Context implements RuleContext<string, never> {
  readonly id: string;
  readonly filename: string;
  readonly options: readonly [never];
  readonly sourceCode: SourceCode;
  readonly settings: Settings;
  readonly #run: Run;
  readonly #enabled: EnabledRule;

  constructor(run: Run, enabled: EnabledRule) {
    this.id = enabled.rule.name;
    this.filename = run.filename;
    this.options = enabled.options;
    this.sourceCode = run.sourceCode;
    this.settings = run.settings;
    this.#run = run;
    this.#enabled = enabled;
  }

  /** A function of its own, as rules may take it out of their context. */
  readonly report = (descriptor: ReportDescriptor<string>): void => this.#run.report(descriptor, this.#enabled);
}

/** The same function, which adds the milliseconds that it takes to those of its rule. */
function timed<Arguments extends readonly unknown[], Result>(
  { name }: Rule,
  timings: Map<string, number>,
  work: (...given: Arguments) => Result,
): (...given: Arguments) => Result {
  return (...given) => {
    const started = performance.now();
    try {
      return work(...given);
    } finally {
      timings.set(name, (timings.get(name) ?? 0) + performance.now() - started);
    }
  };
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
