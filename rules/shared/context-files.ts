import type { Add, Copy, Instruction } from "@stagewright/ast";
import type { Facts } from "@stagewright/core";
import { isFromContext } from "./final-image.ts";

/**
 * Where a file of an image lies in the build context, as far as the COPYs before an instruction say: `web/package.json` for `/app/package.json`. `null` where that
 * is not known, or where it comes from somewhere else.
 */
export function contextPath(facts: Facts, path: string, before: Instruction): string | null {
  const stage = facts.stages.of(before);
  const instructions = stage
    ? facts.stages
        .chain(stage)
        .toReversed()
        .flatMap((each) => each.instructions)
    : [];
  const earlier = instructions.slice(0, instructions.indexOf(before));
  for (const node of earlier.toReversed()) {
    if (node.type !== "Copy" && node.type !== "Add") continue;
    const destination = facts.effects(node).writes[0]?.path ?? null;
    if (destination === null) return null;
    if (path !== destination && !isBelow(path, destination)) continue;
    if (!isFromContext(node) || node.heredocs.length > 0) return null;
    const source = sourceOf(node, destination, path);
    if (source !== null) return source;
  }
  return null;
}

/** The folder that a COPY of the whole context writes it to; `null` for any other instruction, and where the folder is not known. */
export const contextFolder = (facts: Facts, node: Instruction): string | null =>
  (node.type === "Copy" || node.type === "Add") &&
  isFromContext(node) &&
  node.sources.some(({ value }) => /^\.?\/?$/.test(value))
    ? (facts.effects(node).writes[0]?.path ?? null)
    : null;

export const isBelow = (path: string, folder: string): boolean =>
  path !== folder && path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);

function sourceOf({ sources }: Add | Copy, destination: string, path: string): string | null {
  const rest = path.slice(destination.length).replace(/^\/+/, "");
  for (const { value } of sources) {
    const source = value.replace(/^\.?\/+/, "").replace(/\/+$/, "");
    const folder = source.slice(0, source.lastIndexOf("/") + 1);
    const name = source.slice(folder.length);
    if (rest === "" && sources.length === 1) return source;
    if (rest !== "" && !rest.includes("/") && matches(name, rest)) return folder + rest;
    if (rest !== "" && (source === "" || source === ".")) return rest;
    if (rest !== "" && !/[.*?[]/.test(name)) return `${source}/${rest}`;
  }
  return null;
}

const matches = (pattern: string, name: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
  ).test(name);
