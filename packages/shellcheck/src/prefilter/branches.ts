import type { List } from "./list.ts";

/** SC2015: `A && B || C` is fine where C cannot fail. */
export function checkElse({ operators }: List, index: number, name: string): string | null {
  if (operators[index - 1] !== "||" || index < 2) return null;
  let before = index - 2;
  while (operators[before] === "|") before--;
  if (operators[before] !== "&&") return null;
  return operators[index] !== "|" && ["echo", "true", ":", "exit", "printf"].includes(name) ? null : "&& ... ||";
}
