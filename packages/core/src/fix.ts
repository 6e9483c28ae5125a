import { type Dockerfile, type Instruction, parse } from "@stagewright/ast";
import { commentRules } from "./directives/problems.ts";
import type { Edit, Finding } from "./finding.ts";
import { applyEdits, byStart } from "./fixer.ts";
import { lint, type LintOptions } from "./lint.ts";
import type { SourceCode } from "./source-code.ts";

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
  /** Rules with a repair that was left out since it would have made the file worse, with one sentence that says so. */
  readonly dropped: ReadonlyMap<string, string>;
  /** The same as findings of the rule `internal`, at the places of the repairs that were left out. */
  readonly internal: readonly Finding[];
  /** Nothing is left to repair; `false` when the passes ran out. */
  readonly settled: boolean;
}

const maxPasses = 10;

/** A rule with so many repairs that failed the check is not asked for more. */
const maxDropped = 10;

/**
 * Repairs a text: edits of all rules together, pass by pass until nothing is left to do. Of repairs that touch each other the later one waits for
 * the next pass. After each pass the text is parsed again and checked: no new syntax problem, the same instructions unless the rule says otherwise (a
 * suggestion says so in words), no finding more of any rule and code that is an error or a warning. A repair that fails the check is dropped, and
 * the others stay.
 */
export function fix(text: string, options: FixOptions): FixResult {
  return new Fixing(text, options).run();
}

/** The repair of one finding. */
interface Repair {
  readonly finding: Finding;
  readonly edits: readonly Edit[];
  readonly suggested: boolean;
}

/** A repair that failed the check; `start` moves along with the text. */
interface Dropped {
  readonly finding: Finding;
  readonly reason: string;
  start: number;
}

interface State {
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly sourceCode: SourceCode;
}

class Fixing {
  readonly #options: FixOptions;
  #state: State;
  readonly #fixed = new Map<string, number>();
  readonly #dropped: Dropped[] = [];
  /** All texts so far: a repair that brings one of them back would go round in circles. */
  readonly #texts = new Set<string>();

  constructor(text: string, options: FixOptions) {
    this.#options = options;
    this.#texts.add(text);
    this.#state = { text, ...lint(text, options) };
  }

  run(): FixResult {
    let passes = 0;
    let repairs = this.#choose();
    while (repairs.length > 0 && passes < maxPasses) {
      if (this.#apply(repairs)) passes++;
      repairs = this.#choose();
    }
    const { text, findings } = this.#state;
    const internal = this.#dropped.map((dropped) => this.#report(dropped));
    return {
      text,
      fixed: this.#fixed,
      remaining: findings,
      dropped: new Map(this.#dropped.map(({ finding }, index) => [finding.rule, internal[index]?.message ?? ""])),
      internal,
      settled: repairs.length === 0,
    };
  }

  /** Repairs that do not touch each other, in the order of the findings. */
  #choose(): Repair[] {
    const { kind = "fix", only } = this.#options;
    const taken = new Places();
    return this.#state.findings.flatMap((finding): Repair[] => {
      if (only && !only.has(finding.rule)) return [];
      const suggestion = kind === "suggest" ? finding.suggestions?.[0]?.edits : undefined;
      const edits = finding.fix ?? suggestion;
      if (!edits || this.#isDropped(finding)) return [];
      if (edits.every(({ range, text }) => text === this.#state.text.slice(...range))) {
        this.#drop(finding, "it changes nothing.");
        return [];
      }
      if (!taken.add(edits)) return [];
      return [{ finding, edits, suggested: !finding.fix }];
    });
  }

  #isDropped({ rule, message, range }: Finding): boolean {
    const own = this.#dropped.filter(({ finding }) => finding.rule === rule);
    return (
      own.length >= maxDropped || own.some(({ finding, start }) => start === range[0] && finding.message === message)
    );
  }

  /** Applies what passes the check; `false` when that is nothing. */
  #apply(repairs: readonly Repair[]): boolean {
    const { next, applied } = this.#salvage(repairs);
    if (!next) return false;
    const edits = applied.flatMap((repair) => repair.edits);
    for (const dropped of this.#dropped) dropped.start = moved(dropped.start, edits);
    for (const { finding } of applied) this.#fixed.set(finding.rule, (this.#fixed.get(finding.rule) ?? 0) + 1);
    this.#texts.add(next.text);
    this.#state = next;
    return true;
  }

  /** The repairs that pass the check together. Where all together do not, halves are tried, and a repair that fails alone is dropped. */
  #salvage(offered: readonly Repair[]): { readonly next: State | null; readonly applied: readonly Repair[] } {
    const repairs = offered.filter(({ finding }) => !this.#isDropped(finding));
    const [first] = repairs;
    if (!first) return { next: null, applied: [] };
    const attempt = this.#attempt(repairs);
    if (typeof attempt !== "string") return { next: attempt, applied: repairs };
    if (repairs.length === 1) {
      this.#drop(first.finding, attempt);
      return { next: null, applied: [] };
    }
    const [some, others] = halves(repairs);
    const left = this.#salvage(some);
    const right = this.#salvage(others);
    if (!left.next || !right.next) return left.next ? left : right;
    const applied = [...left.applied, ...right.applied];
    const together = applied.length < repairs.length ? this.#attempt(applied) : attempt;
    // Each half is harmless alone: then the other one has its turn in the next pass.
    return typeof together === "string" ? left : { next: together, applied };
  }

  #drop(finding: Finding, reason: string): void {
    this.#dropped.push({ finding, reason, start: finding.range[0] });
  }

  /** The text after repairs, or why it would be worse. */
  #attempt(repairs: readonly Repair[]): State | string {
    const before = this.#state;
    const text = applyEdits(before.text, editsOf(repairs));
    if (this.#texts.has(text)) return "it brings an earlier text back.";
    const strict = repairs.filter((repair) => !this.#mayChangeInstructions(repair));
    if (strict.length > 0) {
      const tree = parse(strict.length === repairs.length ? text : applyEdits(before.text, editsOf(strict)));
      if (kindsOf(tree) !== kindsOf(before.sourceCode.ast)) return "it changes which instructions there are.";
    }
    const after = lint(text, this.#options);
    return newTrouble(before.findings, after.findings) ?? { text, ...after };
  }

  #mayChangeInstructions({ finding, suggested }: Repair): boolean {
    if (suggested) return true;
    const rule = this.#options.rules.find(({ name }) => name === finding.rule);
    return rule?.meta.docs.fix?.changes === "instructions";
  }

  #report({ finding, reason, start }: Dropped): Finding {
    const { sourceCode, text } = this.#state;
    const end = Math.min(start + finding.range[1] - finding.range[0], text.length);
    return {
      rule: "internal",
      codes: [],
      severity: "error",
      message: `A repair of the rule \`${finding.rule}\` was left out, since ${reason}`,
      range: [start, end],
      loc: sourceCode.locate([start, end]),
    };
  }
}

const editsOf = (repairs: readonly Repair[]) => repairs.flatMap(({ edits }) => edits);

/** By rule where there are several, since mostly one of them is to blame. */
function halves(repairs: readonly Repair[]): readonly [some: readonly Repair[], others: readonly Repair[]] {
  const rules = [...new Set(repairs.map(({ finding }) => finding.rule))];
  if (rules.length === 1) {
    const middle = repairs.length >> 1;
    return [repairs.slice(0, middle), repairs.slice(middle)];
  }
  const first = new Set(rules.slice(0, rules.length >> 1));
  return [
    repairs.filter(({ finding }) => first.has(finding.rule)),
    repairs.filter(({ finding }) => !first.has(finding.rule)),
  ];
}

/** Where an offset lies after edits. */
function moved(offset: number, edits: readonly Edit[]): number {
  let by = 0;
  for (const { range, text } of edits) if (range[1] <= offset) by += text.length - (range[1] - range[0]);
  return offset + by;
}

/** Places that are taken by edits. */
class Places {
  /** In order, apart from each other. */
  readonly #taken: Edit[] = [];

  /** Takes the places of edits, unless one of them touches a place that is taken. */
  add(edits: readonly Edit[]): boolean {
    if (!edits.every((edit) => this.#isFree(edit))) return false;
    for (const edit of edits) this.#taken.splice(this.#indexFor(edit), 0, edit);
    return true;
  }

  #isFree(edit: Edit): boolean {
    const index = this.#indexFor(edit);
    const before = this.#taken[index - 1];
    const after = this.#taken[index];
    return (!before || before.range[1] < edit.range[0]) && (!after || edit.range[1] < after.range[0]);
  }

  #indexFor(edit: Edit): number {
    let low = 0;
    let high = this.#taken.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (byStart(this.#taken[middle] as Edit, edit) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Instructions that do the same count as one kind: MAINTAINER is an old way of LABEL, and of ADD and COPY a repair may choose the better one. */
const kinds: Partial<Record<Instruction["type"], string>> = { Maintainer: "Label", Add: "Copy" };

const kindOf = (instruction: Instruction): string =>
  instruction.type === "Onbuild" && instruction.instruction
    ? `Onbuild ${kindOf(instruction.instruction)}`
    : (kinds[instruction.type] ?? instruction.type);

const kindsOf = ({ instructions }: Dockerfile): string => instructions.map(kindOf).join("\n");

/** Findings that a repair may bring about: comments that are of no use any more can be told afterwards. */
const harmless: readonly string[] = Object.values(commentRules);

/** Why findings are worse than before: more of one rule and code, syntax problems and failures always, others when they are errors or warnings. */
function newTrouble(before: readonly Finding[], after: readonly Finding[]): string | null {
  const counts = new Map<string, number>();
  for (const finding of before) counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1);
  for (const finding of after) {
    const { rule, severity, message } = finding;
    if (harmless.includes(rule) || (severity !== "error" && severity !== "warning")) continue;
    const left = (counts.get(keyOf(finding)) ?? 0) - 1;
    if (left < 0) return `it leads to another finding: ${message}`;
    counts.set(keyOf(finding), left);
  }
  return null;
}

const keyOf = ({ rule, codes, message }: Finding): string =>
  rule === "internal" ? `${rule} ${message}` : `${rule} ${codes.join(" ")}`;
