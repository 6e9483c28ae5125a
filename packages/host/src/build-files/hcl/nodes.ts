import type { Range } from "@stagewright/ast";

/** The part of HCL's expressions that values of build files are made of; all ranges are offsets of the text that was read. */
export type Expression =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null; readonly range: Range }
  | { readonly kind: "template"; readonly parts: readonly TemplatePart[]; readonly range: Range }
  | { readonly kind: "variable"; readonly name: string; readonly range: Range }
  | { readonly kind: "member"; readonly object: Expression; readonly key: Expression; readonly range: Range }
  | { readonly kind: "list"; readonly items: readonly Expression[]; readonly range: Range }
  | { readonly kind: "object"; readonly entries: readonly (readonly [Expression, Expression])[]; readonly range: Range }
  | {
      readonly kind: "conditional";
      readonly test: Expression;
      readonly yes: Expression;
      readonly no: Expression;
      readonly range: Range;
    }
  | {
      readonly kind: "binary";
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
      readonly range: Range;
    }
  | { readonly kind: "not"; readonly value: Expression; readonly range: Range }
  /** Calls of functions, `for`, splats, directives: read, but not worked out. */
  | { readonly kind: "opaque"; readonly range: Range };

export type TemplatePart =
  | { readonly kind: "text"; readonly text: string; readonly range: Range; readonly isEscape: boolean }
  | { readonly kind: "value"; readonly value: Expression; readonly written: string; readonly range: Range };

export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: Body;
  readonly range: Range;
}

export interface Body {
  readonly attributes: ReadonlyMap<string, Expression>;
  readonly blocks: readonly Block[];
}

/** Why a text is no HCL. */
export class HclProblem extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}
