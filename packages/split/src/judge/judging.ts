import type { Instruction, Run } from "@stagewright/ast";
import { targetOf } from "../general/targets.ts";
import { releaseOf } from "../libraries/releases.ts";
import type { Assumption } from "../proof/obligations.ts";
import { absolute, isInside } from "../paths.ts";
import { startWords } from "../recipes/compiled.ts";
import type { Carry, Draft, Recipe, RunStep, Subject } from "../types.ts";
import type { Fate } from "./verdict.ts";

/** The last stage as far as it is decided; the lists grow from one instruction to the next. */
export interface Judging {
  readonly subject: Subject;
  readonly recipe: Recipe;
  readonly draft: Draft;
  readonly hasNewBase: boolean;
  readonly release: string | null;
  /** The place of the last RUN of the build stage. */
  readonly cutAt: number;
  /** Folders that only the build reads. */
  readonly sources: readonly string[];
  readonly carries: Carry[];
  readonly assumptions: Assumption[];
  readonly keptPackages: string[];
  /** Packages for the build that also people and programs use. */
  readonly helpers: Set<string>;
  /** Lines of COPYs that stay behind. */
  readonly copied: number[];
  readonly fates: Map<Instruction, Fate>;
  stepOf(run: Run): RunStep | undefined;
}

export function judgingOf(subject: Subject, recipe: Recipe, draft: Draft): Judging {
  const stepOf = new Map(subject.runs.map((step) => [step.run, step]));
  const cutAt = subject.stage.instructions.indexOf(draft.cut);
  const folders = [...draft.sourceFolders, ...removedFolders(subject, recipe, cutAt)];
  return {
    subject,
    recipe,
    draft,
    hasNewBase: draft.base !== subject.imageText,
    release: releaseOf(subject.image.familiar, subject.image.tag),
    cutAt,
    sources: folders.filter((folder) => !startsFrom(folder, subject, draft)),
    carries: [...draft.carries],
    assumptions: [],
    keptPackages: [],
    helpers: new Set(),
    copied: [],
    fates: new Map(),
    stepOf: (run) => stepOf.get(run),
  };
}

/** Folders that the build itself takes away once it is done. */
const removedFolders = ({ stage, runs }: Subject, recipe: Recipe, cutAt: number): string[] =>
  runs.flatMap(({ run, actions }) =>
    stage.instructions.indexOf(run) > cutAt || !actions.some(recipe.owns)
      ? []
      : actions.flatMap(({ command, cwd, words }) =>
          command.name === "rm" && words.some((word) => /^-\w*[rR]/.test(word))
            ? words.flatMap((word) => (word.startsWith("-") ? [] : (absolute(word, cwd) ?? [])))
            : [],
        ),
  );

/** What is started or checked lies in the folder and is not made by the build. */
export const startsFrom = (folder: string, { start, state }: Subject, { carries }: Draft): boolean =>
  startWords(start).some((word) => {
    if (!word.includes("/") && !/\.(sh|py|js|jar|ya?ml|json|conf|toml|ini)$/.test(word)) return false;
    const path = absolute(word, state.workdir);
    return (
      path !== null && isInside(path, folder) && path !== folder && !carries.some((carry) => isInside(path, carry.path))
    );
  });

/** What is installed behind the build is not for it. */
export const isBehindCut = ({ subject, cutAt }: Judging, run: Run): boolean =>
  subject.stage.instructions.indexOf(run) > cutAt;

export const isForBuild = ({ sources, carries }: Judging, path: string): boolean =>
  isInside(path, "/tmp") ||
  isInside(path, "/usr/src") ||
  isInside(path, "/var/lib/apt") ||
  isInside(path, "/var/cache") ||
  /^\/root\/\./.test(path) ||
  sources.some((folder) => isInside(path, folder) && !carries.some((carry) => carry.path === path));

/** The path lies in a folder of sources, and no COPY behind the build brings it. */
export function isLost({ subject, sources, carries, cutAt }: Judging, path: string): boolean {
  return (
    sources.some((folder) => isInside(path, folder)) &&
    !carries.some(({ to }) => isInside(path, to)) &&
    !subject.stage.instructions.some((each, index) => {
      if ((each.type !== "Copy" && each.type !== "Add") || index <= cutAt) return false;
      return isInside(path, targetOf(each, subject) ?? "/");
    })
  );
}
