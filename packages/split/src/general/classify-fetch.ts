import { valueOf } from "../flag-value.ts";
import { absolute, baseName, isInside } from "../paths.ts";
import type { Action } from "../types.ts";
import { clonedBy } from "./folders.ts";
import type { Parts } from "./parts.ts";
import type { Section } from "./sections.ts";
import type { Segment } from "./segments.ts";
import { isFetch } from "./touches.ts";

/** It fetches what a build behind it in the same RUN is made of, as far as can be seen. */
export function isFetchedForBuild(
  parts: Parts,
  segment: Segment,
  section: Section,
  index: number,
  writes: readonly (string | null)[],
): boolean {
  const { subject, found, outputs } = parts;
  const { actions, text } = segment;
  const later = section.segments.slice(index + 1);
  if (
    !later.some((other) => found.builds.has(other)) ||
    !actions.some(isFetch) ||
    !actions.every((action) => isFetch(action) || /^(echo|cat|tee|gunzip)$/.test(action.command.name ?? ""))
  )
    return false;
  const absoluteTarget = actions.some(({ words }) =>
    words.some((word) => /^(--[\w-]+=)?\/(?!tmp|usr\/src)/.test(word)),
  );
  const isRunIn = writes.some(
    (path) =>
      path !== null &&
      path !== "/" &&
      isInside(subject.state.workdir ?? "/", path) &&
      !outputs.some(({ to }) => to === path),
  );
  const isOfProgram = later.some((other) => other.actions.some((action) => preparesProgram(action, writes)));
  const isUnused = actions.some((action) => isUnusedClone(parts, action));
  return !absoluteTarget && !isRunIn && !isOfProgram && !isUnused && !/\bapt-key\b|sources\.list/.test(text);
}

/** It installs what a program needs that lies in one of the folders: an interpreter runs it from there. */
const preparesProgram = ({ command, cwd, words }: Action, folders: readonly (string | null)[]): boolean => {
  const name = command.name ?? "";
  const list = /^pip|^python/.test(name) ? valueOf(words, "-r", "--requirement") : null;
  const place = list !== null ? absolute(list, cwd) : /^(bundler?|npm|yarn|pnpm|composer)$/.test(name) ? cwd : null;
  return place !== null && folders.some((folder) => folder !== null && isInside(place, folder) && place !== "/");
};

/** It clones what no later command is seen to use, nor to name. */
const isUnusedClone = ({ sections }: Parts, action: Action): boolean => {
  const folders = clonedBy(action);
  const isUsed = (segment: Segment) =>
    folders.some(
      (folder) =>
        segment.text.includes(baseName(folder)) ||
        segment.actions.some(({ cwd }) => cwd !== null && isInside(cwd, folder)),
    );
  return (
    folders.length > 0 &&
    !sections.some(({ segments }) =>
      segments.some((segment) => segment.range[0] > action.command.range[1] && isUsed(segment)),
    )
  );
};
