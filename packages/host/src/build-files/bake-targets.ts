import type { BakeDocument, BakeTarget } from "./bake-document.ts";
import type { Build } from "./build.ts";
import type { EmbeddedText } from "./embedded-text.ts";
import { withParts } from "./embedded-text.ts";
import { evaluate, fillTemplate, type Scope, toText, unknown, type Value } from "./hcl/evaluate.ts";
import type { Expression } from "./hcl/nodes.ts";
import { type BuildSection, contextFolder, emptySection, type Known, overlaid, toBuild } from "./section.ts";

/** More combinations of a matrix than this are one of unknown values. */
const maxCombinations = 256;

/** A target after its matrix was laid out. */
interface PlainTarget {
  readonly name: string;
  readonly source: BakeTarget;
  readonly scope: Scope;
}

/**
 * The builds of the targets of some documents, later ones over earlier ones; paths are relative to `folder`. A target that others inherit and no group
 * names is a part of those others, and no build.
 */
export function evaluateTargets(
  documents: readonly BakeDocument[],
  folder: string,
): { build: Build; source: BakeTarget }[] {
  const globals = globalScope(documents);
  const targets = documents.flatMap((document) => document.targets).flatMap((source) => layOut(source, globals));
  const byName = new Map<string, PlainTarget[]>();
  for (const target of targets) byName.set(target.name, [...(byName.get(target.name) ?? []), target]);
  const inherited = new Set(targets.flatMap(parentsOf));
  const grouped = new Set(
    documents.flatMap(({ groups }) => groups.flatMap((group) => textsOf(evaluate(group, globals)))),
  );

  function sectionOf(name: string, below: readonly string[]): BuildSection {
    if (below.includes(name)) return emptySection;
    return (byName.get(name) ?? []).reduce((section, target) => {
      const parents = parentsOf(target).map((parent) => sectionOf(parent, [...below, name]));
      return overlaid([section, ...parents].reduce(overlaid), ownSection(target, folder));
    }, emptySection);
  }

  return [...byName].flatMap(([name, named]) => {
    const last = named.at(-1);
    if (!last || (inherited.has(name) && !grouped.has(name))) return [];
    return [{ build: toBuild(name, last.source.line, sectionOf(name, []), folder), source: last.source }];
  });
}

/** Variables have their defaults; what has none comes from the environment. */
function globalScope(documents: readonly BakeDocument[]): Scope {
  const expressions = new Map(documents.flatMap(({ variables }) => [...variables]));
  const known = new Map<string, Value>();
  return function scope(name) {
    const value = known.get(name);
    if (value !== undefined) return value;
    const expression = expressions.get(name);
    if (expression === undefined) return undefined;
    // A variable that is made of itself has no value.
    known.set(name, unknown);
    known.set(name, expression ? evaluate(expression, scope) : unknown);
    return known.get(name);
  };
}

/** One target for each combination of its matrix. */
function layOut(source: BakeTarget, globals: Scope): PlainTarget[] {
  const matrix = source.attributes.get("matrix");
  if (!matrix) return [{ name: source.name, source, scope: globals }];
  return combinations(evaluate(matrix, globals)).map((row) => {
    const scope: Scope = (name) => row.get(name) ?? globals(name);
    const name = source.attributes.get("name");
    return { name: (name && toText(evaluate(name, scope))) ?? source.name, source, scope };
  });
}

function combinations(matrix: Value): ReadonlyMap<string, Value>[] {
  if (typeof matrix !== "object" || matrix === null || Array.isArray(matrix)) return [new Map()];
  let rows: ReadonlyMap<string, Value>[] = [new Map()];
  for (const [name, values] of Object.entries(matrix as Readonly<Record<string, Value>>)) {
    const list: readonly Value[] = Array.isArray(values) ? (values as readonly Value[]) : [unknown];
    rows = rows.flatMap((row) => list.map((value) => new Map([...row, [name, value]])));
    if (rows.length > maxCombinations) return [new Map()];
  }
  return rows;
}

function parentsOf({ source, scope }: PlainTarget): readonly string[] {
  const inherits = source.attributes.get("inherits");
  return inherits ? textsOf(evaluate(inherits, scope)) : [];
}

function ownSection({ source, scope }: PlainTarget, folder: string): BuildSection {
  const { attributes } = source;
  const text = (name: string): Known | null => {
    const expression = attributes.get(name);
    const value = expression && evaluate(expression, scope);
    return value === undefined || value === null ? null : [toText(value)];
  };
  const args = attributes.get("args");
  const contexts = attributes.get("contexts");
  const inline = attributes.get("dockerfile-inline");
  return {
    context: contextFolder(text("context"), folder),
    dockerfile: text("dockerfile"),
    inline: inline && source.inline ? inlineOf(inline, source.inline, scope) : null,
    target: text("target"),
    namedContexts: contexts ? namesOf(evaluate(contexts, scope)) : [],
    args: args ? argsOf(evaluate(args, scope)) : {},
  };
}

function inlineOf(expression: Expression, place: EmbeddedText, scope: Scope): EmbeddedText | null {
  if (expression.kind === "template") return withParts(place, fillTemplate(expression.parts, scope));
  const value = toText(evaluate(expression, scope));
  return value === null ? null : { value, map: null, range: place.range, replaced: [] };
}

function argsOf(value: Value): Record<string, string> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(
    Object.entries(value as Readonly<Record<string, Value>>).flatMap(([name, given]) => {
      const text = toText(given);
      return text === null ? [] : [[name, text]];
    }),
  );
}

const namesOf = (value: Value): string[] =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];

const textsOf = (value: Value): string[] =>
  Array.isArray(value) ? (value as readonly Value[]).flatMap((each) => toText(each) ?? []) : [];
