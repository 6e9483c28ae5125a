import type { Instruction } from "@stagewright/ast";
import type { SourceCode } from "@stagewright/core";

/** A path that the last stage needs, that the original is known to have written, and that nothing in the last stage provides. */
export interface Gap {
  readonly path: string;
  /** Of the rewritten file, from 1. */
  readonly line: number;
}

/**
 * The gaps of a rewrite, as far as `facts.effects` knows what commands read and write. Of a path that no command of the original is known to write, it
 * is taken that the base or the context has it; a COPY or a command that writes a path, or a folder above or below, provides it.
 */
export function gapsOf(before: SourceCode, after: SourceCode): Gap[] {
  const made = (before.facts.stages.final?.instructions ?? []).flatMap((each) => writesOf(before, each));
  const provided: string[] = [];
  const gaps: Gap[] = [];
  const isNeeded = (path: string) => made.some((folder) => isInside(path, folder) && !isShared(folder, path));
  const isProvided = (path: string) => provided.some((other) => isInside(path, other) || isInside(other, path));
  const need = (path: string | null, line: number) => {
    if (path?.startsWith("/") && isNeeded(path) && !isProvided(path)) gaps.push({ path, line });
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

const writesOf = ({ facts }: SourceCode, instruction: Instruction): string[] =>
  facts.effects(instruction).commands.flatMap(({ writes }) => writes.flatMap(({ path }) => path ?? []));

function copied({ facts }: SourceCode, node: Instruction): string[] {
  if (node.type !== "Copy" && node.type !== "Add") return [];
  const target = node.destination?.value ?? "";
  if (target.startsWith("/")) return [target];
  const { workdir } = facts.state(node);
  return workdir === null ? [] : [`${workdir}/${target}`.replace(/(\/\.?)+$/, "")];
}

/** Whether a path is the other one, or lies below it. */
const isInside = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);

/** A folder in which a base has files of its own, so that one of them need not be what the original wrote there. */
const isShared = (folder: string, path: string): boolean => path !== folder && folder.split("/").length <= 2;
