import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  LineCounter,
  parseAllDocuments,
  type Scalar,
} from "yaml";
import type { BuildProblem } from "./build.ts";

/** A YAML or JSON file as data, with its nodes. */
export interface YamlFile {
  /** One value for each document that is right. */
  readonly documents: readonly YamlDocument[];
  readonly problems: readonly BuildProblem[];
}

export interface YamlDocument {
  readonly value: unknown;
  /** The line, from 1, of the deepest key on the way to a path. */
  lineOf(path: readonly string[]): number;
  /** The text at a path, by way of aliases and merge keys; `null` where there is none. */
  textAt(path: readonly string[]): Scalar<string> | null;
}

export function parseYaml(text: string): YamlFile {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, merge: true });
  const problems: BuildProblem[] = [];
  const documents: YamlDocument[] = [];
  for (const document of Array.isArray(parsed) ? parsed : []) {
    problems.push(
      ...document.errors.map(({ message, pos }) => ({
        line: lines.linePos(pos[0]).line,
        message: sentence(message),
      })),
    );
    if (document.errors.length > 0) continue;
    try {
      documents.push({
        value: document.toJS({ maxAliasCount: 100 }),
        lineOf: (path) => lines.linePos(offsetAt(document, path)).line,
        textAt(path) {
          const node = nodeAt(document, path);
          return isScalar<string>(node) && typeof node.value === "string" ? node : null;
        },
      });
    } catch (error) {
      problems.push({ line: 1, message: sentence(error instanceof Error ? error.message : String(error)) });
    }
  }
  return { documents, problems };
}

function offsetAt(document: Document, path: readonly string[]): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const step of path) {
    if (!isMap(node)) break;
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
    if (!pair) break;
    offset = startOf(pair.key) ?? offset;
    node = pair.value;
  }
  return offset;
}

function nodeAt(document: Document, path: readonly string[]): unknown {
  let node: unknown = document.contents;
  for (const step of path) node = entryOf(document, resolved(document, node), step);
  return resolved(document, node);
}

function entryOf(document: Document, node: unknown, key: string): unknown {
  if (!isMap(node)) return null;
  const own = node.get(key, true);
  if (own !== undefined) return own;
  for (const { key: name, value } of node.items) {
    if (!isScalar(name) || String(name.value) !== "<<") continue;
    const merged = resolved(document, value);
    const sources: readonly unknown[] = isMap(merged) ? [merged] : isCollection(merged) ? merged.items : [];
    for (const source of sources) {
      const found = entryOf(document, resolved(document, source), key);
      if (found !== null) return found;
    }
  }
  return null;
}

const resolved = (document: Document, node: unknown): unknown =>
  isAlias(node) ? (node.resolve(document) ?? null) : node;

const startOf = (node: unknown): number | null =>
  (node as { readonly range?: readonly number[] | null } | null)?.range?.[0] ?? null;

function sentence(message: string): string {
  const [first = ""] = message.split("\n");
  return /[.!?]$/.test(first) ? first : `${first.replace(/:$/, "")}.`;
}
