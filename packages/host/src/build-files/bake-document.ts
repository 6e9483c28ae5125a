import { LineTable } from "@stagewright/ast";
import type { BuildProblem } from "./build.ts";
import type { EmbeddedText } from "./embedded-text.ts";
import { type Body, type Expression, HclProblem } from "./hcl/nodes.ts";
import { parseHcl, parseTemplate } from "./hcl/parse.ts";
import { recordOf } from "./records.ts";
import { scalarText } from "./scalar-text.ts";
import { parseYaml, type YamlDocument } from "./yaml-file.ts";

/** A Bake file before its expressions are worked out. */
export interface BakeDocument {
  /** Defaults; `null` for a variable that has none. */
  readonly variables: ReadonlyMap<string, Expression | null>;
  /** The members of groups. */
  readonly groups: readonly Expression[];
  readonly targets: readonly BakeTarget[];
}

export interface BakeTarget {
  readonly name: string;
  /** From 1. */
  readonly line: number;
  readonly attributes: ReadonlyMap<string, Expression>;
  /** What the ranges in `dockerfile-inline` are about, and its place in the file. */
  readonly inline: EmbeddedText | null;
}

export interface ReadDocument {
  /** `null` for a text that cannot be read. */
  readonly document: BakeDocument | null;
  readonly problems: readonly BuildProblem[];
}

export function readBakeHcl(text: string): ReadDocument {
  const lines = new LineTable(text);
  try {
    return { document: fromHcl(parseHcl(text), text, lines), problems: [] };
  } catch (error) {
    if (!(error instanceof HclProblem)) throw error;
    return { document: null, problems: [{ line: lines.line(error.offset), message: error.message }] };
  }
}

function fromHcl({ attributes, blocks }: Body, text: string, lines: LineTable): BakeDocument {
  const variables = new Map<string, Expression | null>(attributes);
  const groups: Expression[] = [];
  const targets: BakeTarget[] = [];
  for (const { type, labels, body, range } of blocks) {
    const [name = ""] = labels;
    if (type === "variable") variables.set(name, body.attributes.get("default") ?? null);
    if (type === "group") groups.push(...[body.attributes.get("targets") ?? []].flat());
    if (type !== "target") continue;
    const place = body.attributes.get("dockerfile-inline")?.range;
    targets.push({
      name,
      line: lines.line(range[0]),
      attributes: body.attributes,
      inline: place
        ? { value: text, map: { value: text, pieces: [{ index: 0, offset: 0 }] }, range: place, replaced: [] }
        : null,
    });
  }
  return { variables, groups, targets };
}

export function readBakeJson(text: string): ReadDocument {
  const { documents, problems } = parseYaml(text);
  const [first] = documents;
  if (!first) return { document: null, problems };
  try {
    return { document: fromJson(first, text), problems };
  } catch (error) {
    if (!(error instanceof HclProblem)) throw error;
    return { document: null, problems: [{ line: 1, message: `In one of its texts: ${error.message}` }] };
  }
}

function fromJson({ value, lineOf, textAt }: YamlDocument, text: string): BakeDocument {
  const { variable, group, target, function: _functions, ...others } = recordOf(value);
  const variables = new Map<string, Expression | null>(
    Object.entries(others).map(([name, each]) => [name, expressionOf(each)]),
  );
  for (const [name, each] of Object.entries(recordOf(variable))) {
    const { default: given } = recordOf(each);
    variables.set(name, given === undefined ? null : expressionOf(given));
  }
  return {
    variables,
    groups: Object.values(recordOf(group)).map((each) => expressionOf(recordOf(each)["targets"])),
    targets: Object.entries(recordOf(target)).map(([name, each]): BakeTarget => {
      const scalar = textAt(["target", name, "dockerfile-inline"]);
      return {
        name,
        line: lineOf(["target", name]),
        attributes: new Map(Object.entries(recordOf(each)).map(([key, entry]) => [key, expressionOf(entry)])),
        inline: scalar && scalarText(scalar, text),
      };
    }),
  };
}

/** JSON as HCL reads it: texts are templates. */
function expressionOf(value: unknown): Expression {
  const range = [0, 0] as const;
  if (typeof value === "string") return { kind: "template", parts: parseTemplate(value), range };
  if (Array.isArray(value)) return { kind: "list", items: value.map(expressionOf), range };
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(
      ([key, entry]) => [{ kind: "literal", value: key, range }, expressionOf(entry)] as const,
    );
    return { kind: "object", entries, range };
  }
  return { kind: "literal", value: typeof value === "number" || typeof value === "boolean" ? value : null, range };
}
