import type { Instruction } from "@stagewright/ast";
import type { SourceCode } from "@stagewright/core";
import { isInside } from "./paths.ts";

/** A path that the last stage needs, that the original is known to have written, and that nothing in the last stage provides. */
export interface Gap {
  readonly path: string;
  /** Where the rewritten file needs it, from 1. */
  readonly line: number;
  /** Where the original writes it, from 1. */
  readonly writtenAt: number;
}

/**
 * The gaps of a rewrite, as far as `facts.effects` knows what commands read and write. Of a path that no command of the original is known to write, it
 * is taken that the base or the context has it; a COPY or a command that writes a path, or a folder above or below, provides it.
 */
export function gapsOf(before: SourceCode, after: SourceCode): Gap[] {
  const made = (before.facts.stages.final?.instructions ?? []).flatMap((each) => writesOf(before, each));
  const provided: string[] = [];
  const gaps: Gap[] = [];
  const writerOf = (path: string) => made.find((each) => isInside(path, each.path) && !isShared(each.path, path));
  const isProvided = (path: string) => provided.some((other) => isInside(path, other) || isInside(other, path));
  const need = (path: string | null, line: number) => {
    const writer = path?.startsWith("/") && !isProvided(path) ? writerOf(path) : undefined;
    if (path !== null && writer) gaps.push({ path, line, writtenAt: writer.line });
  };
  for (const instruction of after.facts.stages.final?.instructions ?? []) {
    if (instruction.type === "Run") {
      for (const { reads, writes, command, cwd } of after.facts.effects(instruction).commands) {
        // A file that is edited in place is the base's own, and a folder to work in says nothing of what is in it.
        const own = new Set([cwd, ...writes.map(({ path }) => path)]);
        for (const { path } of reads) if (!own.has(path)) need(path, command.loc.start.line);
        provided.push(...writes.flatMap(({ path }) => path ?? []));
      }
    } else provided.push(...copied(after, instruction));
  }
  // What is started has all that the stage ever writes.
  for (const instruction of after.facts.stages.final?.instructions ?? []) {
    if (instruction.type !== "Cmd" && instruction.type !== "Entrypoint" && instruction.type !== "Healthcheck") continue;
    for (const { path, loc } of after.facts.script(instruction)?.commands ?? []) need(path, loc.start.line);
  }
  return gaps;
}

const writesOf = (source: SourceCode, instruction: Instruction): { readonly path: string; readonly line: number }[] => [
  ...copied(source, instruction).map((path) => ({ path, line: instruction.startLine })),
  ...source.facts
    .effects(instruction)
    .commands.flatMap(({ writes, command }) =>
      writes.flatMap(({ path }) => (path === null ? [] : [{ path, line: command.loc.start.line }])),
    ),
];

function copied({ facts }: SourceCode, node: Instruction): string[] {
  if (node.type !== "Copy" && node.type !== "Add") return [];
  const target = node.destination?.value ?? "";
  if (target.startsWith("/")) return [target.replace(/(?<=.)\/+$/, "")];
  const { workdir } = facts.state(node);
  return workdir === null ? [] : [`${workdir}/${target}`.replace(/(\/\.?)+$/, "")];
}

/** A folder in which a base has files of its own, so that one of them need not be what the original wrote there. */
const isShared = (folder: string, path: string): boolean => path !== folder && folder.split("/").length <= 2;
