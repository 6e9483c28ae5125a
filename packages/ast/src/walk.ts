import type { Instruction, Node } from "./nodes.ts";
import { visitorKeys } from "./visitor-keys.ts";

/** The child nodes of a node, in the order of its visitor keys. */
export function children(node: Node): Node[] {
  const found: Node[] = [];
  for (const key of visitorKeys[node.type]) {
    const value = (node as unknown as Record<string, Node | readonly Node[] | null>)[key];
    if (Array.isArray(value)) found.push(...(value as readonly Node[]));
    else if (value) found.push(value as Node);
  }
  return found;
}

/** Visits a node and all nodes below it, parents first. */
export function walk(node: Node, visit: (node: Node, parent: Node | null) => void, parent: Node | null = null): void {
  visit(node, parent);
  for (const child of children(node)) walk(child, visit, node);
}

export const isInstruction = (node: Node): node is Instruction => "keyword" in node;
