import type { Instruction } from "@stagewright/ast";
import type { Command, SourceCode } from "@stagewright/core";
import { fits } from "./paths.ts";

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
  const gaps = gapsAgainst(before, after);
  if (gaps.length === 0) return gaps;
  // What the original would lack as well the base has, or a command writes that is not known for it.
  const own = new Set(gapsAgainst(before, before).map(({ path }) => path));
  return gaps.filter(({ path }) => !own.has(path));
}

function gapsAgainst(before: SourceCode, after: SourceCode): Gap[] {
  /** Where in the text each path is first written. */
  const made = new Map<string, number>();
  for (const instruction of before.facts.stages.final?.instructions ?? [])
    for (const { path, at } of writesOf(before, instruction)) if (!made.has(path)) made.set(path, at);
  const kept = (after.facts.stages.final?.instructions ?? []).flatMap((each) => copied(after, each));
  /** What COPY and ADD of the original bring, and those of the last stage do not. */
  const brought = (before.facts.stages.final?.instructions ?? []).flatMap((each) =>
    copied(before, each)
      .filter((path) => path !== "/" && !kept.includes(path))
      .map((path) => ({ path, at: each.range[0] })),
  );
  /** Paths that the last stage has by now, and the folders above them. */
  const provided = new Set<string>();
  const above = new Set<string>();
  const gaps: Gap[] = [];
  const provide = (path: string | null) => {
    if (path === null) return;
    provided.add(path);
    for (const folder of foldersOf(path)) above.add(folder);
  };
  const isProvided = (path: string) => above.has(path) || foldersOf(path).some((folder) => provided.has(folder));
  const lack = (path: string, at: number, writtenAt: number) => {
    const { line } = after.getLocFromIndex(at);
    gaps.push({ path, line, writtenAt: before.getLocFromIndex(writtenAt).line });
  };
  const need = (path: string | null, at: number) => {
    if (!path?.startsWith("/")) return;
    const folders = foldersOf(path);
    if (isProvided(path)) return;
    const writers = folders.flatMap((folder) => (isShared(folder, path) ? [] : (made.get(folder) ?? [])));
    if (writers.length > 0) lack(path, at, Math.min(...writers));
  };
  /** Of what a pattern stands for something has to be there. */
  const needAny = (path: string | null, at: number) => {
    if (path === null || isProvided(path)) return;
    const isAny = (each: string) => fits(each, path);
    const writers = [...made].filter(([each]) => isAny(each)).map(([, written]) => written);
    if (writers.length > 0 && ![...provided, ...above].some(isAny)) lack(path, at, Math.min(...writers));
  };
  for (const instruction of after.facts.stages.final?.instructions ?? []) {
    if (instruction.type === "Run") {
      for (const { reads, writes, removes, command, cwd } of after.facts.effects(instruction).commands) {
        // A file that is edited in place is the base's own, and a folder to work in says nothing of what is in it.
        const own = new Set([cwd, ...writes.map(({ path }) => path)]);
        for (const { path } of reads) if (!own.has(path)) need(path, command.range[0]);
        if (changers.test(command.name ?? ""))
          for (const { path } of writes) {
            const source = brought.find((each) => path?.startsWith(`${each.path}/`));
            if (path !== null && source && !isProvided(path)) lack(path, command.range[0], source.at);
          }
        if (command.name === "git" && !makesRepository(command) && cwd !== null && !provided.has(cwd))
          need(`${cwd}/.git`, command.range[0]);
        if (command.name === "rm" && !command.args.some(({ value }) => /^-\w*f|^--force/.test(value)))
          for (const { path } of removes) needAny(path, command.range[0]);
        for (const { path } of writes) provide(path);
      }
    } else for (const path of copied(after, instruction)) provide(path);
  }
  // What is started has all that the stage ever writes.
  for (const instruction of after.facts.stages.final?.instructions ?? []) {
    if (instruction.type !== "Cmd" && instruction.type !== "Entrypoint" && instruction.type !== "Healthcheck") continue;
    for (const { path, range } of after.facts.script(instruction)?.commands ?? []) need(path, range[0]);
  }
  return gaps;
}

/** Commands that fail where a file is not there that they are to change. */
const changers = /^(chmod|chown|chgrp|strip)$/;

/** It needs no repository where it runs. */
const makesRepository = ({ args }: Command): boolean =>
  args.some(({ value }) => /^(clone|init|config|lfs|--version|-C|--git-dir.*)$/.test(value));

/** The path and the folders that it lies in, the root last. */
function foldersOf(path: string): readonly string[] {
  const found = [path];
  for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) found.push(path.slice(0, at));
  return path === "/" ? found : [...found, "/"];
}

/** With where in the text. */
const writesOf = (source: SourceCode, instruction: Instruction): { readonly path: string; readonly at: number }[] => [
  ...copied(source, instruction).map((path) => ({ path, at: instruction.range[0] })),
  ...source.facts
    .effects(instruction)
    .commands.flatMap(({ writes, command }) =>
      writes.flatMap(({ path }) => (path === null ? [] : [{ path, at: command.range[0] }])),
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
