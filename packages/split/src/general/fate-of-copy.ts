import type { Add, Copy, Instruction } from "@stagewright/ast";
import type { Fate } from "../judge/index.ts";
import { baseName, isInside } from "../paths.ts";
import { type Layout, isBehindCut } from "./layout.ts";
import { is, needsPlace } from "./parts.ts";
import type { Segment } from "./segments.ts";
import { startsFrom, startsRelease } from "./started.ts";
import { targetOf } from "./targets.ts";
import { touchesOf } from "./touches.ts";

/** Why a COPY of sources stays behind. */
export const copiesSources = "It copies sources, which only the build reads.";

/** Whether the last stage has a COPY or ADD. */
export function fateOfCopy(layout: Layout, instruction: Copy | Add): Fate {
  const { subject, start, found, outputs } = layout;
  if (isBehindCut(layout, instruction) || subject.keepSources)
    return { change: "none", why: "The image needs it when it runs." };
  const target = targetOf(instruction, subject);
  if (target === null) return { change: "none", why: "The image needs it when it runs." };
  if (outputs.some(({ to }) => to !== "/" && isInside(target, to)) && !startsInside(layout, instruction, target))
    return { change: "removed", why: "The folder is copied from the build stage as a whole." };
  if (isRemovedLater(layout, instruction)) return { change: "removed", why: "The build takes the file away again." };
  const isStarted =
    startsFrom(start, subject, target) &&
    !startsRelease(
      start,
      subject,
      outputs.map(({ to }) => to),
    );
  if (!found.isScratch(target) || isStarted || usesKept(layout, target))
    return { change: "none", why: "The image needs it when it runs." };
  return { change: "removed", why: copiesSources };
}

/** Each file is removed by a RUN that builds. */
function isRemovedLater(layout: Layout, { sources, destination, ...instruction }: Copy | Add): boolean {
  const { subject } = layout;
  const target = targetOf({ sources, destination, ...instruction } as Copy | Add, subject);
  const isFolder = /\/$|^\.$/.test(destination?.value ?? "");
  return (
    target !== null &&
    sources.length > 0 &&
    sources
      .map(({ value }) => (isFolder ? `${target === "/" ? "" : target}/${value.replace(/^.*\//, "")}` : target))
      .every((file) => !readsKept(layout, file) && removedFiles(layout).has(file))
  );
}

/** The RUN that has the COPY from the build stage stands behind a kept part that reads the file. */
function startsInside(layout: Layout, instruction: Instruction, target: string): boolean {
  const { sections, outputs, at } = layout;
  return sections.some(
    ({ run, segments }) =>
      at(run) > at(instruction) &&
      segments.some(
        (segment) =>
          is(layout, segment, "keep") &&
          segment.actions.some(
            (action) =>
              action.command.name === baseName(target) ||
              touchesOf(action).reads.some((path) => path !== null && isInside(path, target)),
          ),
      ) &&
      outputs.some((output) => isInside(target, output.to) && at(output.run) >= at(run)),
  );
}

/** Parts that the last stage has, those that install packages included: a package may be a file. */
const stays = (layout: Layout): readonly Segment[] => [
  ...layout.kept,
  ...layout.sections.flatMap(({ segments }) =>
    segments.filter((segment) => is(layout, segment, "packages") && !layout.packages.gone.has(segment)),
  ),
];

/** A kept part reads the file, or hands it to a program that is not known. */
function readsKept(layout: Layout, file: string): boolean {
  return stays(layout).some(({ actions }) =>
    actions.some(
      (action) =>
        touchesOf(action).reads.includes(file) || (action.words.includes(file) && action.command.name !== "rm"),
    ),
  );
}

function usesKept(layout: Layout, folder: string): boolean {
  return stays(layout).some(({ actions }) =>
    actions.some((action) => {
      const { reads, writes } = touchesOf(action);
      return [...reads, ...writes, needsPlace(action) ? action.cwd : null].some(
        (path) => path !== null && isInside(path, folder),
      );
    }),
  );
}

/** Files that RUNs which build take away. */
const removedFiles = ({ sections, found }: Layout): ReadonlySet<string> =>
  new Set(
    sections
      .filter(({ segments }) => segments.some((segment) => found.builds.has(segment)))
      .flatMap(({ step }) =>
        step.actions.filter(({ command }) => command.name === "rm").flatMap((action) => touchesOf(action).writes),
      )
      .filter((path) => path !== null),
  );
