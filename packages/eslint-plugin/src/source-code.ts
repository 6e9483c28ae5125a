import { ConfigCommentParser, Directive, VisitNodeStep } from "@eslint/plugin-kit";
import { type Comment, type Dockerfile, type Location, type Node, type Range, visitorKeys } from "@stagewright/ast";
import { createSourceCode, type Settings, type SourceCode } from "@stagewright/core";

const comments = new ConfigCommentParser();

const kinds = {
  "eslint-disable": "disable",
  "eslint-enable": "enable",
  "eslint-disable-line": "disable-line",
  "eslint-disable-next-line": "disable-next-line",
} as const;

/** What ESLint asks of a parsed file. Lines, columns and ranges are those of the tree: lines and columns from 1, offsets in UTF-16. */
export class DockerfileSourceCode {
  readonly ast: Dockerfile;
  readonly text: string;
  readonly visitorKeys = visitorKeys;
  /** Codes of problems of `syntax` that a rule which is on tells. */
  readonly told = new Set<string>();
  readonly #plain: SourceCode;
  readonly #analysed = new Map<string, SourceCode>();
  #steps: VisitNodeStep[] | null = null;

  constructor(source: SourceCode) {
    this.#plain = source;
    this.ast = source.ast;
    this.text = source.text;
  }

  /** The file with facts under these settings, which all rules share. */
  under(settings: Settings): SourceCode {
    const key = JSON.stringify(settings);
    let known = this.#analysed.get(key);
    if (!known) this.#analysed.set(key, (known = createSourceCode(this.text, { settings })));
    return known;
  }

  get lines(): readonly string[] {
    return this.#plain.lines;
  }

  get comments(): readonly Comment[] {
    return this.#plain.comments;
  }

  getText(node?: { readonly range: Range } | null, before?: number, after?: number): string {
    return this.#plain.getText(node, before, after);
  }

  getLoc({ loc }: { readonly loc: Location }): Location {
    return loc;
  }

  getRange({ range }: { readonly range: Range }): Range {
    return range;
  }

  getParent(node: Node): Node | null {
    return this.#plain.getParent(node);
  }

  getAncestors(node: Node): Node[] {
    return this.#plain.getAncestors(node);
  }

  getLocFromIndex(index: number): { line: number; column: number } {
    return this.#plain.getLocFromIndex(index);
  }

  getIndexFromLoc(place: { line: number; column: number }): number {
    return this.#plain.getIndexFromLoc(place);
  }

  /** Every node, entered and left. */
  traverse(): Iterable<VisitNodeStep> {
    if (this.#steps) return this.#steps;
    const steps: VisitNodeStep[] = [];
    const visit = (node: Node, parent: Node | null): void => {
      steps.push(new VisitNodeStep({ target: node, phase: 1, args: [node, parent] }));
      for (const key of visitorKeys[node.type]) {
        const value = (node as unknown as Record<string, Node | readonly Node[] | null>)[key];
        if (Array.isArray(value)) for (const child of value as readonly Node[]) visit(child, node);
        else if (value) visit(value as Node, node);
      }
      steps.push(new VisitNodeStep({ target: node, phase: 2, args: [node, parent] }));
    };
    visit(this.ast, null);
    return (this.#steps = steps);
  }

  /** Comments that configure ESLint: `# eslint-disable-next-line stagewright/no-sudo -- why`. */
  getInlineConfigNodes(): readonly Comment[] {
    return this.comments.filter(({ value }) => /^\s*eslint-(?:disable|enable)/.test(value));
  }

  getDisableDirectives() {
    const directives = this.getInlineConfigNodes().flatMap((comment) => {
      const { label, value, justification } = comments.parseDirective(comment.value) ?? {};
      if (label === undefined || !(label in kinds)) return [];
      const type = kinds[label as keyof typeof kinds];
      return [new Directive({ type, node: comment, value: value ?? "", justification: justification ?? "" })];
    });
    return { directives, problems: [] };
  }
}
