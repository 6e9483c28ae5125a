import { isInside } from "../paths.ts";
import type { Action } from "../types.ts";
import { removedBy } from "./folders.ts";
import type { Building, Section } from "./sections.ts";
import { touchesOf } from "./touches.ts";

/** Folders that a build takes away once it is done: in its own RUN, or in another one where it ran in them. */
export function removedByBuild(sections: readonly Section[], made: readonly Building[]): readonly string[] {
  const builds = new Set(made.map(({ segment }) => segment));
  const folders = made.flatMap(({ action }) => action.cwd ?? []);
  return sections.flatMap(({ segments }) => {
    const first = segments.findIndex((segment) => builds.has(segment));
    return segments.flatMap(({ actions }, index) =>
      actions
        .flatMap((action) => removedBy(action).filter((folder) => !isMadeAgain(sections, folder, action)))
        .filter((folder) => (first !== -1 && index >= first) || folders.some((each) => isInside(each, folder))),
    );
  });
}

/** A later command puts something there that no command takes away. */
const isMadeAgain = (sections: readonly Section[], folder: string, removal: Action): boolean =>
  sections.some(({ step: { actions } }) =>
    actions.some(
      (action) =>
        action.command.range[0] > removal.command.range[0] &&
        ["ln", "cp", "mv", "mkdir"].includes(action.command.name ?? "") &&
        touchesOf(action).writes.includes(folder) &&
        !actions.some((other) => other.command.range[0] > action.command.range[0] && removedBy(other).includes(folder)),
    ),
  );
