import { readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { isCollection, isMap, isPair, isScalar, LineCounter, parseDocument } from "yaml";
import { pathHint } from "../path-hint.ts";
import type { JsonPath } from "./json-schema.ts";

/** A configuration file as data, with the places of its keys and values. */
export interface ConfigDocument {
  /** `undefined` where the file is no YAML at all. */
  readonly value: unknown;
  /** What is wrong with the YAML or JSON itself. */
  readonly problems: readonly { readonly line: number; readonly message: string }[];
  /** The line, from 1, of the key or value at a path. */
  lineOf(path: JsonPath, atKey: boolean): number;
}

/** Reads a static configuration, YAML or JSON. Throws what the file system throws. */
export function readDocument(path: string): ConfigDocument {
  return parseConfigDocument(readFileSync(path, "utf8").replace(/^\ufeff/, ""));
}

/** What to say of a configuration that `readDocument` threw an error of the file system for. */
export function unreadable(path: string, error: unknown): string {
  const { code = String(error) } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return `There is no such configuration${pathHint(basename(path), dirname(path))}`;
  return `The configuration cannot be read: ${code}.`;
}

export function parseConfigDocument(text: string): ConfigDocument {
  const lines = new LineCounter();
  // Aliases are limited, so that a small file cannot grow into a huge one.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: "1.2", merge: true });
  const problems = [...document.errors, ...document.warnings].map(({ message, pos }) => ({
    line: lines.linePos(pos[0]).line,
    message: sentence(message),
  }));
  let value: unknown;
  try {
    value = document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    problems.push({ line: 1, message: sentence(error instanceof Error ? error.message : String(error)) });
  }
  return {
    value,
    problems,
    lineOf(path, atKey) {
      const offset = offsetOf(document.contents, path, atKey);
      return offset === null ? 1 : lines.linePos(offset).line;
    },
  };
}

/** The deepest place on the way to a path that the text shows. */
function offsetOf(root: unknown, path: JsonPath, atKey: boolean): number | null {
  let node = root;
  let offset = startOf(root);
  for (const [index, step] of path.entries()) {
    if (!isCollection(node)) break;
    const isLast = index === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(step));
      if (!pair || !isPair(pair)) break;
      offset = (isLast && atKey ? null : startOf(pair.value)) ?? startOf(pair.key) ?? offset;
      node = pair.value;
    } else {
      node = node.get(Number(step), true);
      offset = startOf(node) ?? offset;
    }
  }
  return offset;
}

const startOf = (node: unknown): number | null =>
  (node as { readonly range?: readonly number[] | null } | null)?.range?.[0] ?? null;

function sentence(message: string): string {
  const [first = ""] = message.split("\n");
  return /[.!?]$/.test(first) ? first : `${first.replace(/:$/, "")}.`;
}
