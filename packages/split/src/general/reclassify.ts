import { absolute, fits, isInside } from "../paths.ts";
import { packageFiles } from "../packages.ts";
import type { Action } from "../types.ts";
import { clonedBy } from "./folders.ts";
import { type Parts, is, isUnpacked, writesOf } from "./parts.ts";
import type { Segment } from "./segments.ts";
import { targetOf } from "./targets.ts";
import { isFetch, touchesOf } from "./touches.ts";

/** What is decided of parts only when all others are classified. */
export function reclassify(parts: Parts): void {
  dropRemovals(parts);
  restoreNeeded(parts);
  restoreFolders(parts);
  dropArchives(parts);
  dropChanges(parts);
}

/** A removal of files in a RUN that builds, where nothing that is kept has made them. */
function dropRemovals(parts: Parts): void {
  const { sections, classes } = parts;
  for (const { segments } of sections) {
    if (!segments.some((each) => is(parts, each, "build"))) continue;
    for (const segment of segments) {
      if (!is(parts, segment, "keep") || !segment.actions.every(({ command }) => command.name === "rm")) continue;
      const paths = segment.actions.flatMap(pathsOfRm);
      const writes = (each: Segment, path: string) => writesOf(each).some((own) => own !== null && fits(own, path));
      const isGone = (path: string) =>
        segments.some((each) => is(parts, each, "drop") && writes(each, path)) &&
        !segments.some((each) => each !== segment && is(parts, each, "keep") && writes(each, path));
      if (paths.length > 0 && paths.every((path) => path !== null && isGone(path))) classes.set(segment, "drop");
    }
  }
}

/** The paths that `rm` names, with the `*` in them. */
const pathsOfRm = ({ words, cwd }: Action): (string | null)[] =>
  words
    .filter((word) => !word.startsWith("-"))
    .map((word) => (word.startsWith("/") ? word : cwd === null ? null : `${cwd === "/" ? "" : cwd}/${word}`));

/** Changes of what only the build has cloned. */
function dropChanges(parts: Parts): void {
  const all = parts.sections.flatMap(({ segments }) => segments);
  const clones = all
    .filter((segment) => is(parts, segment, "drop"))
    .flatMap(({ actions }) => actions.flatMap(clonedBy));
  if (clones.length === 0) return;
  for (const segment of all) {
    if (!is(parts, segment, "keep") || segment.actions.some((action) => !touchesOf(action).isKnown)) continue;
    const paths = segment.actions.flatMap((action) => [...touchesOf(action).reads, ...touchesOf(action).writes]);
    const isOfClone = (path: string | null) =>
      path !== null && parts.found.isScratch(path) && clones.some((folder) => isInside(path, folder));
    if (paths.length > 0 && paths.every(isOfClone)) parts.classes.set(segment, "drop");
  }
}

/** What a kept part reads from the temporary folders, or from one that is copied only behind it, has to be fetched in the last stage too. */
function restoreNeeded(parts: Parts): void {
  const { outputs, sections, classes } = parts;
  for (const { segments, run } of sections) {
    if (!segments.some((each) => is(parts, each, "drop"))) continue;
    const isThere = (path: string) =>
      outputs.some(({ to, run: maker }) => to !== "/" && isInside(path, to) && maker.range[0] <= run.range[0]);
    for (let again = true; again;) {
      again = false;
      const reads = segments
        .filter((each) => is(parts, each, "keep", "packages"))
        .flatMap((each) =>
          each.actions.flatMap((action) => {
            if (is(parts, each, "packages")) return packageFiles(action);
            const { reads: own, writes } = touchesOf(action);
            // A folder that is made needs nothing of what goes into it.
            return [...own, ...(isFetch(action) || action.command.name === "mkdir" ? [] : writes)];
          }),
        )
        .filter((path) => path !== null)
        .filter((path) => !isThere(path));
      for (const segment of segments) {
        if (!is(parts, segment, "drop")) continue;
        const touched = segment.actions
          .flatMap((action) => {
            const { reads: own, writes } = touchesOf(action);
            return [...own, ...writes];
          })
          .filter((path) => path !== null && !isThere(path));
        if (touched.some((path) => path !== null && reads.some((read) => read === path || isInside(read, path)))) {
          const first = segments.findIndex((each) => is(parts, each, "build"));
          if (first !== -1 && segments.indexOf(segment) > first && !segment.actions.every(isFetch)) continue;
          classes.set(segment, "keep");
          again = true;
        }
      }
    }
  }
}

/** Folders that a kept part writes into, or gives to somebody, have to be there before, in whatever RUN they are made. */
function restoreFolders(parts: Parts): void {
  const { sections, classes } = parts;
  const kept = sections.flatMap(({ segments }) => segments.filter((each) => is(parts, each, "keep")));
  const runs = (pattern: RegExp) =>
    kept.filter(({ actions }) => actions.some(({ command }) => pattern.test(command.name ?? "")));
  const writers = runs(/^(tar|unzip|cp|mv|curl|wget)$/);
  const givers = runs(/^(chown|chgrp|chmod)$/);
  for (const { segments } of sections) {
    for (const segment of segments) {
      if (!is(parts, segment, "drop") || !segment.actions.every(({ command }) => command.name === "mkdir")) continue;
      const has = (pattern: RegExp) => segment.actions.every(({ words }) => words.some((word) => pattern.test(word)));
      const isAbsolute = segment.actions.every(({ words }) => words.every((word) => /^[-/]/.test(word)));
      const made = writesOf(segment).filter((path) => path !== null);
      const folders = made.filter((path) => !parts.found.isCarried(path));
      const isUsed = writers.some((other) => {
        // A folder that is copied may come behind it in the same RUN.
        const own = has(/^-\w*p/) && segments.includes(other) ? made : folders;
        return (
          other.range[0] > segment.range[0] &&
          writesOf(other).some((path) => path !== null && own.some((folder) => isInside(path, folder)))
        );
      });
      const isGiven = givers.some(
        (other) =>
          isAbsolute &&
          other.range[0] > segment.range[0] &&
          writesOf({ ...other, actions: other.actions.filter(({ command }) => /^ch/.test(command.name ?? "")) }).some(
            (path) =>
              path !== null && !isCopiedBefore(parts, path, other) && made.some((folder) => isInside(folder, path)),
          ),
      );
      if (isUsed || isGiven) classes.set(segment, "keep");
    }
  }
}

/** A COPY before the part makes the folder, or something in it. */
const isCopiedBefore = ({ subject }: Parts, folder: string, { range }: Segment): boolean =>
  subject.stage.instructions.some((each) => {
    if ((each.type !== "Copy" && each.type !== "Add") || each.range[0] > range[0]) return false;
    const target = targetOf(each, subject);
    return target !== null && (isInside(target, folder) || isInside(folder, target));
  });

/** Archives that only the build unpacks. */
function dropArchives(parts: Parts): void {
  const { sections, classes } = parts;
  const all = sections.flatMap(({ segments }) => segments);
  for (const segment of all)
    if (
      is(parts, segment, "keep") &&
      segment.actions.length === 1 &&
      segment.actions.every((action) => unpacksBuild(parts, action))
    )
      classes.set(segment, "drop");
  dropUnpacked(parts, all);
  dropChecks(parts);
  for (const segment of all) {
    if (
      !is(parts, segment, "keep") ||
      segment.actions.length === 0 ||
      !segment.actions.some(({ command }) => command.name === "curl" || command.name === "wget") ||
      !segment.actions.every((action) => /^(curl|wget)$/.test(action.command.name ?? "") || feedsFetch(action, segment))
    )
      continue;
    const files = segment.actions.flatMap((action) => touchesOf(action).writes).filter((path) => path !== null);
    const isFile = (path: string | null) => path !== null && files.includes(path);
    const users = all.filter(
      (each) =>
        each !== segment &&
        each.actions.some((action) => {
          const { reads, writes } = touchesOf(action);
          return reads.some(isFile) || writes.some(isFile);
        }),
    );
    const removals = users.filter(
      (each) =>
        each.actions.every(({ command }) => command.name === "rm") &&
        each.actions.every((action) => {
          const { reads, writes } = touchesOf(action);
          return [...reads, ...writes].every((path) => path === null || isFile(path));
        }),
    );
    if (
      users.length > removals.length &&
      users.every((each) => is(parts, each, "drop", "build") || removals.includes(each))
    )
      for (const each of [segment, ...removals]) classes.set(each, "drop");
  }
}

/** A sum or signature of what the RUN fetches for the build alone is checked there. */
function dropChecks(parts: Parts): void {
  for (const { segments } of parts.sections) {
    if (!segments.some((each) => is(parts, each, "drop") && each.actions.some(isFetch))) continue;
    for (const segment of segments)
      if (
        is(parts, segment, "keep") &&
        segment.actions.some(
          ({ command, words }) =>
            checkers.test(command.name ?? "") && words.some((word) => /^(-c|--check|--verify)$/.test(word)),
        ) &&
        segment.actions.every(
          ({ command }) =>
            checkers.test(command.name ?? "") || /^(cat|echo|printf|grep|awk|sed)$/.test(command.name ?? ""),
        ) &&
        !segments.some((each) => is(parts, each, "keep") && each !== segment && each.actions.some(isUnpacked))
      )
        parts.classes.set(segment, "drop");
  }
}

const checkers = /^((sha\d+|md5)sum|gpg2?)$/;

/** It unpacks an archive that is named for a folder of the build, or for one that is copied. */
function unpacksBuild({ found, subject }: Parts, action: Action): boolean {
  const { command, cwd } = action;
  if (!isUnpacked(action) || command.name === "git" || command.context.pipeline.size > 1 || cwd === null) return false;
  const [archive, ...others] = touchesOf(action).reads;
  const name = archive && /([^/]+?)\.(tar(\.\w+)?|tgz|txz|tbz2?|zip)$/.exec(archive)?.[1];
  if (!name || others.length > 0) return false;
  const folder = absolute(name, cwd);
  return (
    folder !== null &&
    subject.runs.some(({ actions }) => actions.some((other) => other.cwd !== null && isInside(other.cwd, folder))) &&
    (found.isCarried(folder) || (found.isScratch(folder) && !found.isTemporary(folder)))
  );
}

/** What is fetched and unpacked among temporary files, where only parts that put it into a copied folder take it from there. */
function dropUnpacked(parts: Parts, all: readonly Segment[]): void {
  const { found, sections, classes } = parts;
  for (const section of sections) {
    const chain = section.segments.filter(
      (segment) =>
        is(parts, segment, "keep") &&
        segment.actions.length > 0 &&
        segment.actions.every(isFetch) &&
        writesOf(segment).every((path) => path !== null && found.isTemporary(path)),
    );
    if (chain.length === 0) continue;
    const folders = chain.flatMap(writesOf).filter((path) => path !== null);
    const readers = all.filter(
      (segment) =>
        !chain.includes(segment) &&
        segment.actions.some(
          (action) =>
            action.command.name !== "rm" &&
            touchesOf(action).reads.some((path) => path !== null && folders.some((folder) => isInside(path, folder))),
        ),
    );
    if (readers.length === 0 || !readers.every((segment) => is(parts, segment, "drop", "build"))) continue;
    for (const segment of chain) classes.set(segment, "drop");
    for (const segment of section.segments)
      if (
        is(parts, segment, "keep", "upkeep") &&
        segment.actions.length > 0 &&
        segment.actions.every(({ command }) => command.name === "rm") &&
        writesOf(segment).every((path) => path !== null && folders.some((folder) => isInside(path, folder)))
      )
        classes.set(segment, "drop");
  }
}

/** It only says what is to be fetched: `tool | xargs curl -o file`. */
const feedsFetch = ({ command }: Action, { actions }: Segment): boolean =>
  command.redirects.length === 0 &&
  actions.some(
    (other) =>
      isFetch(other) && other.command.wrappers.some(({ name }) => name === "xargs") && other.command !== command,
  );
