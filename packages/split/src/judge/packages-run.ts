import type { Run } from "@stagewright/ast";
import { packageKind } from "@stagewright/core";
import { removeWords } from "../edit-packages.ts";
import { fateOf, isUpkeep, virtualGroup } from "../packages.ts";
import { Refused, type RunStep } from "../types.ts";
import { isHelper, programs } from "./commands.ts";
import { isBehindCut, type Judging } from "./judging.ts";
import { judgeOther } from "./other-run.ts";
import { type Fate, mixed } from "./verdict.ts";

/** A RUN that installs packages keeps those that the image needs; `null` for other RUNs. */
export function judgePackages(judging: Judging, step: RunStep, run: Run): Fate | null {
  const { keptPackages, subject } = judging;
  const { installs } = step.packages;
  if (installs.length === 0) return null;
  const group = installs
    .map(({ action }) => virtualGroup(action.words))
    .find((each) => each !== null && isRemovedLater(judging, each));
  if (group !== undefined) throw mixed(run, group ?? "");
  const replaced = installs.flatMap(({ words }) =>
    words.map(({ word, names }) => ({
      word,
      names,
      needs: names.flatMap((name) =>
        neededOf(judging, name, run).filter((need) => need === name || !keptPackages.includes(need)),
      ),
    })),
  );
  const needs = replaced.flatMap((each) => each.needs);
  keptPackages.push(...needs);
  const isWhole = replaced.every(
    ({ names, needs: own }) => names.length === own.length && names.every((name, at) => name === own[at]),
  );
  if (isWhole) return judgeOther(judging, step, run);
  if (needs.length === 0) {
    const more = step.actions.find(
      (action) => !isUpkeep(action) && !installs.some((install) => install.action === action),
    );
    if (more) throw mixed(run, more.command.name ?? "");
    return { change: "removed", why: "It installs packages that only the build needs." };
  }
  judgeOther(judging, step, run);
  const edits = replaced.map(({ word, needs: own }) => ({ range: word.range, text: own.join(" ") }));
  const lines = removeWords(subject.source, run, edits);
  const isEmpty = ({ words }: (typeof installs)[number]) =>
    words.every(({ word }) => edits.some(({ range, text }) => range === word.range && text === ""));
  if (installs.length > 1 && installs.some(isEmpty)) throw mixed(run, installs[0]?.manager ?? "");
  return { change: "edited", why: "The packages that only the build needs are taken out.", lines };
}

/** What the image needs of a package that a RUN installs for the build. @throws Refused where that is not known */
export function neededOf(judging: Judging, name: string, run: Run): readonly string[] {
  const { recipe, subject, release, helpers } = judging;
  const { distribution } = subject;
  if (recipe.keeps?.(name)) return [name];
  const fate = fateOf(name, distribution, release);
  if (fate === null) {
    throw new Refused(
      "unknown-library",
      run.startLine,
      `Which package holds the library of \`${name}\` is not known${release === null && (distribution === "debian" || distribution === "ubuntu") ? ", as the release of the base is not" : ""}.`,
      release === null && distribution === "debian"
        ? "Name the release in the tag of the base image."
        : "Install the package of the library beside it.",
    );
  }
  if (fate.kind === "runtime") return fate.names;
  const isOfImage = packageKind(name) === null && (isBehindCut(judging, run) || isUnused(judging, name));
  if (fate.kind === "keep" || isOfImage) return [name];
  if (isHelper(name)) helpers.add(name);
  return [];
}

/** A program that the build is not seen to use, by itself or, as with Git, through its tools. */
function isUnused(judging: Judging, name: string): boolean {
  const program = programs[name];
  return (
    program !== undefined &&
    !judging.subject.runs.some(
      ({ run, actions }) => !isBehindCut(judging, run) && actions.some(({ command }) => command.name === program),
    )
  );
}

/** A RUN takes the group of packages away. */
const isRemovedLater = ({ subject }: Judging, group: string): boolean =>
  subject.runs.some(({ actions }) => actions.some(({ words }) => words.includes("del") && words.includes(group)));
