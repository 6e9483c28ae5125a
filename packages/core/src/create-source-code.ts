import { children, type Dockerfile, LineTable, type Node, parse, type Range } from "@stagewright/ast";
import { createFacts } from "./facts/index.ts";
import type { Facts } from "./facts/types.ts";
import { type Answers, noAnswers } from "./requests.ts";
import type { Settings } from "./rule.ts";
import type { SourceCode } from "./source-code.ts";

export interface SourceCodeOptions {
  readonly answers?: Answers;
  readonly settings?: Settings;
}

/** Parses a text and wraps it for rules; facts are computed when they are asked for. */
export function createSourceCode(
  text: string,
  { answers = noAnswers, settings = {} }: SourceCodeOptions = {},
): SourceCode {
  return new ParsedSource(parse(text), new LineTable(text), text, answers, settings);
}

class ParsedSource implements SourceCode {
  readonly text: string;
  readonly ast: Dockerfile;
  readonly answers: Answers;
  readonly #settings: Settings;
  readonly #table: LineTable;
  #lines: readonly string[] | null = null;
  #facts: Facts | null = null;
  #parents: Map<Node, Node> | null = null;

  constructor(ast: Dockerfile, table: LineTable, text: string, answers: Answers, settings: Settings) {
    this.text = text;
    this.ast = ast;
    this.answers = answers;
    this.#settings = settings;
    this.#table = table;
  }

  withAnswers(answers: Answers): SourceCode {
    return new ParsedSource(this.ast, this.#table, this.text, answers, this.#settings);
  }

  get lines() {
    return (this.#lines ??= this.#table.lines());
  }

  get comments() {
    return this.ast.comments;
  }

  get facts(): Facts {
    return (this.#facts ??= createFacts(this, this.#settings));
  }

  getText(node?: { readonly range: Range } | null, before = 0, after = 0): string {
    return node ? this.text.slice(Math.max(0, node.range[0] - before), node.range[1] + after) : this.text;
  }

  getParent(node: Node): Node | null {
    this.#parents ??= parentsOf(this.ast);
    return this.#parents.get(node) ?? null;
  }

  getAncestors(node: Node): Node[] {
    const ancestors: Node[] = [];
    for (let parent = this.getParent(node); parent; parent = this.getParent(parent)) ancestors.unshift(parent);
    return ancestors;
  }

  getRange(node: { readonly range: Range }): Range {
    return node.range;
  }

  getLoc<Loc>(node: { readonly loc: Loc }): Loc {
    return node.loc;
  }

  locate(range: Range) {
    return this.#table.location(range);
  }

  getIndexFromLoc(position: { line: number; column: number }): number {
    return this.#table.offset(position);
  }

  getLocFromIndex(index: number) {
    return this.#table.position(index);
  }
}

function parentsOf(root: Node): Map<Node, Node> {
  const parents = new Map<Node, Node>();
  const visit = (node: Node) => {
    for (const child of children(node)) {
      parents.set(child, node);
      visit(child);
    }
  };
  visit(root);
  return parents;
}
