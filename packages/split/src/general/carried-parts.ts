import { absolute, isInside } from "../paths.ts";
import type { Action } from "../types.ts";
import type { Parts } from "./parts.ts";
import type { Section } from "./sections.ts";
import type { Segment } from "./segments.ts";
import { ownerChanges, touchesOf } from "./touches.ts";

/** It makes a folder into which the RUN puts what is copied: COPY makes it too, and `mkdir` would find it there. */
export const makesParent = ({ outputs }: Parts, { run }: Section, action: Action): boolean =>
  action.command.name === "mkdir" &&
  !action.words.some((word) => /^-\w*m/.test(word)) &&
  touchesOf(action).writes.every(
    (path) =>
      path !== null && outputs.some((output) => output.run === run && output.to !== "/" && isInside(output.to, path)),
  );

/** Changes the owner or the mode of a carried folder itself, which COPY does not take along; before the COPY there is nothing to change. */
export function ownsPlace(parts: Parts, { actions, range }: Segment): boolean {
  const { outputs } = parts;
  return actions.some(
    (action) =>
      ownerChanges.has(action.command.name ?? "") &&
      touchesOf(action).writes.some((path) => outputs.some(({ to, run }) => to === path && run.range[0] <= range[0])),
  );
}

/** A program of a carried folder, of which nothing is known, runs in another folder: there it may write what the image needs. */
export const runsElsewhere = ({ found }: Parts, { actions }: Segment): boolean =>
  actions.some(
    (action) =>
      !touchesOf(action).isKnown &&
      action.command.path.includes("/") &&
      action.cwd !== null &&
      found.isCarried(absolute(action.command.path, action.cwd) ?? "/") &&
      !found.isCarried(action.cwd) &&
      !found.isScratch(action.cwd),
  );

/** A program of a carried folder does more than can be seen. */
export function opaqueInPlace(parts: Parts, { actions }: Segment): boolean {
  const { found } = parts;
  return actions.some(
    (action) =>
      !touchesOf(action).isKnown &&
      action.command.path.startsWith("./") &&
      action.cwd !== null &&
      found.isCarried(action.cwd),
  );
}

/** A build behind it in the same RUN runs in its folder. */
export const preparesBuild = ({ found }: Parts, { segments }: Section, index: number): boolean =>
  segments
    .slice(index + 1)
    .some(
      (other) =>
        found.builds.has(other) &&
        other.actions.some(({ cwd }) => segments[index]?.actions.some((own) => own.cwd === cwd)),
    );
