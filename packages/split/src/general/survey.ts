import type { Run } from "@stagewright/ast";
import { isMakeTool } from "../make-tools.ts";
import { isInside } from "../paths.ts";
import { stagingFolder, type World } from "../recipes/made.ts";
import { ownerOf } from "../runs.ts";
import { type Action, Refused, type Start, type Subject } from "../types.ts";
import { ofSystem, shared, temporary } from "./folders.ts";
import { addMoves } from "./moves.ts";
import { decidePlace, isNamed } from "./place-of-build.ts";
import type { Section } from "./sections.ts";
import type { Edit, Segment } from "./segments.ts";
import { type Output, Site } from "./site.ts";
import { startsFrom, startsRelease } from "./started.ts";

export interface Survey {
  readonly sections: readonly Section[];
  readonly builds: ReadonlySet<Segment>;
  readonly buildActions: ReadonlySet<Action>;
  readonly outputs: readonly Output[];
  /** The last of the sections that builds, or that makes something the image needs. */
  readonly lastBuild: number;
  /** Commands that only put what was built in its place. */
  readonly moved: ReadonlySet<Action>;
  /** Words that the build stage has to have. */
  readonly edits: ReadonlyMap<Run, readonly Edit[]>;
  /** The path is for the build alone. */
  isScratch(path: string): boolean;
  /** The path lies among temporary files, and in no folder that is known to be of the build. */
  isTemporary(path: string): boolean;
  isCarried(path: string): boolean;
}

/**
 * What a file builds, where it leaves it, and which folders only its build uses.
 * @throws Refused where a build leaves its result among other files
 */
export function survey(subject: Subject, world: World, start: Start | null): Survey {
  const site = new Site(subject, world, start);
  addPaths(site);
  for (const building of site.made) decidePlace(site, building);
  addSources(site);
  addMoves(site);
  checkBuilds(site);
  const { sections, builds, made, edits, moved } = site;
  const outputs = reduced([...site.outputs.values()]);
  return {
    sections,
    builds,
    buildActions: new Set(made.map(({ action }) => action)),
    edits,
    moved,
    outputs,
    lastBuild: sections.findLastIndex(
      ({ run, segments }) => segments.some((each) => builds.has(each)) || outputs.some((output) => output.run === run),
    ),
    isCarried: (path) => site.isCarried(path) && !site.isGone(path),
    isTemporary: (path) =>
      temporary.some((folder) => isInside(path, folder)) &&
      ![...site.scratch, ...site.removed].some((folder) => !temporary.includes(folder) && isInside(path, folder)),
    isScratch: (path) => site.isGone(path) || (site.isOfBuild(path) && !site.isCarried(path)),
  };
}

/** The files and folders that commands are known to write. */
function addPaths(site: Site): void {
  const { made, edits } = site;
  for (const { step, made: result } of made) {
    if (result.kind === "paths")
      for (const path of result.paths)
        if (!site.isRemoved(path))
          site.add({ path, to: path, run: step.run, isPlace: false, owner: ofSystem(path) ? null : ownerOf(step) });
    if (result.kind === "staged")
      site.add({ path: stagingFolder, to: "/", run: step.run, isPlace: false, owner: null });
    if ((result.kind === "paths" || result.kind === "staged") && result.edits)
      edits.set(step.run, [...(edits.get(step.run) ?? []), ...result.edits]);
  }
}

/** Folders from which a build takes nothing to where it installs. */
function addSources(site: Site): void {
  const { subject, start, made, fetched, scratch } = site;
  for (const { action, step, made: result } of made) {
    const { cwd } = action;
    if (
      isMakeTool(action.command.name) &&
      cwd !== null &&
      !shared.has(cwd) &&
      !site.isCarried(cwd) &&
      !site.isRemoved(cwd) &&
      site.searched.some((path) => isInside(path, cwd))
    )
      site.add({ path: cwd, to: cwd, run: step.run, isPlace: true, owner: ownerOf(step) });
    const isRelease = action.command.name === "mix" && startsRelease(start, subject, [...site.outputs.keys()]);
    const leavesSources =
      result.kind === "step" || (result.kind !== "place" && compilers.has(action.command.name ?? ""));
    if (
      leavesSources &&
      (isRelease || !startsFrom(start, subject, action.cwd ?? "/")) &&
      action.cwd !== null &&
      !(fetched.includes(action.cwd) && isNamed(site, action.cwd)) &&
      !shared.has(action.cwd) &&
      !site.isCarried(action.cwd)
    )
      scratch.add(action.cwd);
  }
}

/** Tools that take nothing from where they run to where they install. */
const compilers = new Set("make gmake ninja cmake meson scons go cargo stack".split(" "));

/** @throws Refused where there is nothing to copy out of a stage of its own */
function checkBuilds({ builds, outputs, subject: { stage } }: Site): void {
  if (builds.size > 0 && outputs.size > 0) return;
  if (stage.index > 0)
    throw new Refused("several-stages", stage.from.startLine, "The file is a multi-stage build already.");
  throw new Refused(
    "no-recipe",
    stage.from.startLine,
    "The file is not seen to build anything that could be copied out of a stage of its own.",
  );
}

/** Outputs that do not lie in others. */
const reduced = (outputs: readonly Output[]): Output[] =>
  outputs.filter(
    (output) =>
      !outputs.some(
        (other) => other !== output && other.to !== "/" && other.to !== output.to && isInside(output.to, other.to),
      ),
  );
