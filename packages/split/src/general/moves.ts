import type { Run } from "@stagewright/ast";
import { absolute, baseName, folderOf, isInside } from "../paths.ts";
import { type Action, Refused } from "../types.ts";
import { ownerOf } from "../runs.ts";
import { ofSystem, shared, temporary } from "./folders.ts";
import type { Section } from "./sections.ts";
import type { Segment } from "./segments.ts";
import type { Site } from "./site.ts";
import { targetOf } from "./targets.ts";
import { touchesOf } from "./touches.ts";

/** A copy or move from one place to another. */
export interface Move {
  readonly from: string;
  readonly to: string;
  readonly run: Run;
  readonly action: Action;
  readonly words: readonly string[];
  /** The RUN has built before. */
  readonly isBehindBuild: boolean;
}

export const movesOf = (sections: readonly Section[], builds: ReadonlySet<Segment>): readonly Move[] =>
  sections.flatMap(({ run, segments }) => {
    const first = segments.findIndex((segment) => builds.has(segment));
    return segments.flatMap(({ actions }, index) =>
      actions.flatMap((action) => {
        const { command, words } = action;
        const isMove = ["cp", "mv", "install"].includes(command.name ?? "") && !words.includes("-d");
        const { reads, writes } = touchesOf(action);
        const [to = null] = writes;
        if ((!isMove && command.name !== "find") || to === null) return [];
        return reads.flatMap((from) =>
          from === null
            ? []
            : [
                {
                  from,
                  to,
                  run,
                  action,
                  words: isMove ? words : [from, to],
                  isBehindBuild: first !== -1 && index >= first,
                },
              ],
        );
      }),
    );
  });

/**
 * What is copied or moved out of the folders of the build is carried.
 * @throws Refused where its names are not known
 */
export function addMoves(site: Site): void {
  for (const move of site.moves) {
    const { from, to, run, words } = move;
    if (isMadeByBuild(site, move)) takeLater(site, to, run);
    if (
      !isMadeByBuild(site, move) ||
      site.isCarried(to) ||
      [...site.scratch].some((folder) => isInside(to, folder)) ||
      site.isRemoved(to)
    )
      continue;
    const last = words.findLast((word) => !word.startsWith("-")) ?? "";
    const sources = operandsOf(move).slice(0, -1);
    const glob = sources.some((word) => /[*?[]/.test(word));
    const isFolder =
      last.endsWith("/") || last === "." || shared.has(to) || sources.length > 1 || isFolderMade(site, to);
    const path = isFolder && !glob ? `${to === "/" ? "" : to}/${baseName(from)}` : to;
    if (shared.has(path)) {
      throw new Refused(
        "unknown-output",
        run.startLine,
        `Which files \`${sources.join(" ")}\` stands for is not known.`,
        "Copy them into a folder of their own.",
      );
    }
    site.moved.add(move.action);
    const folder = parentMade(site, path, run) ?? path;
    const step = site.sections.find((section) => section.run === run)?.step;
    const owner = step === undefined || ofSystem(folder) ? null : ownerOf(step);
    site.add({ path: folder, to: folder, run, isPlace: false, owner });
  }
}

/** Nothing but the build can have made the file. */
function isMadeByBuild(site: Site, move: Move): boolean {
  const { from, isBehindBuild } = move;
  if (site.isCarried(from) || (!isBehindBuild && isWrittenByOthers(site, move))) return false;
  if (site.isOfBuild(from)) return true;
  return (
    isBehindBuild &&
    !/^\/(usr\/(share|lib|bin|sbin)|etc|var|bin|lib)(\/|$)/.test(from) &&
    !site.copied.some((folder) => isInside(from, folder) || folder === "/")
  );
}

/** A RUN that does not build has a program write the file among temporary ones, as far as can be seen: in the folder it runs in. */
function isWrittenByOthers({ sections, made }: Site, { from, run }: Move): boolean {
  const folder = folderOf(from);
  return (
    temporary.includes(folder) &&
    made.every(({ action: { cwd } }) => cwd !== folder) &&
    sections.some(
      (section) =>
        section.run === run &&
        section.step.actions.some(
          (action) => action.cwd === folder && !touchesOf(action).isKnown && action.words.includes(baseName(from)),
        ),
    )
  );
}

/** What a later RUN puts into a folder that is copied has to be there; folders of the system are needed before. */
function takeLater({ outputs }: Site, path: string, run: Run): void {
  for (const [key, output] of outputs)
    if (
      (output.isPlace || !/^\/((usr|etc|var|bin|sbin|lib)(\/|$)|$)/.test(output.to)) &&
      isInside(path, output.to) &&
      output.run.range[0] < run.range[0]
    )
      outputs.set(key, { ...output, run });
}

/** `install -m 755 -o root FILE FOLDER`. */
function operandsOf({ action: { command }, words }: Move): string[] {
  return words.filter(
    (word, at) =>
      !word.startsWith("-") &&
      !(command.name === "install" && /^-(m|o|g|-mode|-owner|-group)$/.test(words[at - 1] ?? "")),
  );
}

/** The folder that the RUN makes for what it moves there; among the files of the system others may have more in it. */
function parentMade({ sections }: Site, path: string, run: Run): string | null {
  const parent = folderOf(path);
  const isMade = sections.some(
    ({ run: other, step }) =>
      other === run &&
      step.actions.some(
        ({ command, words, cwd }) => command.name === "mkdir" && words.some((word) => absolute(word, cwd) === parent),
      ),
  );
  return isMade && !shared.has(parent) && !/^\/(usr|etc|var|bin|sbin|lib|root)\//.test(parent) ? parent : null;
}

const isFolderMade = ({ sections, subject }: Site, path: string): boolean =>
  sections.some(({ step }) =>
    step.actions.some(
      ({ command, words, cwd }) => command.name === "mkdir" && words.some((word) => absolute(word, cwd) === path),
    ),
  ) ||
  subject.stage.instructions.some(
    (each) =>
      (each.type === "Copy" || each.type === "Add") &&
      /\/["']?$/.test(each.destination?.value ?? "") &&
      targetOf(each, subject) === path,
  );
