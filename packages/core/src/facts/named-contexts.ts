import type { Settings } from "../rule.ts";

/** Tells of the text of a FROM or `--from` whether a build puts a named context in its place; names are compared as BuildKit does. */
export function namedContexts({ namedContexts: names = [] }: Settings): (text: string) => boolean {
  if (names.length === 0) return () => false;
  const known = new Set(names.map(familiar));
  return (text) => known.has(familiar(text));
}

const familiar = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^docker\.io\/(?:library\/)?/, "")
    .replace(/:latest$/, "");
