import { isInside } from "./paths.ts";
import { startWords } from "./recipes/compiled.ts";
import type { Carry, Draft, Subject } from "./types.ts";

/** Something that has to hold for the rewritten file to build and run as before. */
export interface Obligation {
  readonly id: string;
  readonly title: string;
  /** A failed one is a refusal, so that plans have none. */
  readonly state: "proved" | "assumed";
}

/** What is known of each obligation; what only an assumption says counts as assumed, and so does all that is not looked into. */
export function obligationsOf(
  subject: Subject,
  draft: Draft,
  carries: readonly Carry[],
  isWhole: boolean,
): readonly Obligation[] {
  const sameBase = draft.base === subject.imageText;
  const sameBuild = !draft.insert && !draft.deps && (draft.edits?.size ?? 0) === 0;
  const files = carries.every(({ path }) => !draft.sourceFolders.includes(path)) && isWhole;
  const isStarted =
    isWhole &&
    startWords(subject.start).some((word) => word.startsWith("/") && carries.some(({ to }) => isInside(word, to)));
  const all: readonly (readonly [id: string, title: string, holds: boolean])[] = [
    ["O1", "The build stage is the file's own beginning", sameBuild],
    ["O2", "The build writes each path that is copied, and removes none of them", isWhole],
    ["O3", "What is started is in the last stage", isStarted],
    ["O4", "Each kept instruction means the same on the base of the last stage", isWhole],
    ["O5", "Nothing else that the build writes is needed", false],
    ["O6", "Nothing is needed of the base and the packages that stay behind", false],
    ["O7", "The C library and the shared libraries are those of the build", sameBase && isWhole],
    ["O8", "The configuration of the image is the same", sameBase && !draft.append],
    ["O9", "Owners and modes are the same", files && carries.every(({ owner }) => owner === null)],
    ["O10", "No build tool is started in the last stage", false],
    ["O11", "The image has no build tools any more", false],
  ];
  return all.map(([id, title, holds]) => ({ id, title, state: holds ? "proved" : "assumed" }));
}
