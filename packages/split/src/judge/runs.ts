import type { Run } from "@stagewright/ast";
import { absolute } from "../paths.ts";
import { movesIn } from "../recipes/compiled.ts";
import { type Action, Refused, type RunStep } from "../types.ts";
import { judgeBuild } from "./build-run.ts";
import { isForBuild, isLost, type Judging } from "./judging.ts";
import { judgeOther } from "./other-run.ts";
import { judgePackages } from "./packages-run.ts";
import { type Fate, kept } from "./verdict.ts";

/** What becomes of a RUN up to the last one that builds. */
export function judgeRun(judging: Judging, run: Run): Fate {
  const step = judging.stepOf(run);
  if (!step) return kept;
  if (step.actions.some(judging.recipe.owns)) return judgeBuild(judging, step, run);
  if (isPlacement(judging, step)) return { change: "removed", why: "It puts what is copied in its place." };
  if (isSourceWork(judging, step)) return { change: "removed", why: "It prepares the folder of the build." };
  return judgePackages(judging, step, run) ?? judgeOther(judging, step, run);
}

/** What becomes of a RUN behind the last one that builds. */
export function judgeRunBehind(judging: Judging, run: Run): Fate {
  const step = judging.stepOf(run);
  const building = step?.actions.find(judging.recipe.owns);
  if (building)
    throw new Refused(
      "builds-later",
      run.startLine,
      `\`${building.command.name ?? ""}\` still builds behind the last step that is known to make what is started.`,
    );
  if (!step) return kept;
  const removed = step.actions.map(({ command, words, cwd }) =>
    command.name === "rm" ? words.filter((word) => !word.startsWith("-")).map((word) => absolute(word, cwd)) : null,
  );
  if (removed.every((paths) => paths?.every((path) => path !== null && isLost(judging, path))))
    return { change: "removed", why: "It takes away what only the build has." };
  return judgePackages(judging, step, run) ?? judgeOther(judging, step, run);
}

/** It does no more than move or copy something to where it is taken from; COPY makes the folder. */
function isPlacement({ carries }: Judging, { actions }: RunStep): boolean {
  const isMove = (action: Action) => {
    const moves = movesIn(action);
    return moves.length > 0 && moves.every(({ to }) => carries.some(({ path }) => path === to));
  };
  return actions.some(isMove) && actions.every((action) => isMove(action) || action.command.name === "mkdir");
}

const sourceCommands = new Set("mkdir cd cp mv rm git tar curl wget unzip chmod ln sed touch".split(" "));

/** Everything the RUN touches lies in the folders of the build. */
function isSourceWork(judging: Judging, { actions }: RunStep): boolean {
  let touched = 0;
  for (const { command, cwd, words } of actions) {
    const name = command.name ?? "";
    if (["set", "true", "echo", "ls"].includes(name) && command.redirects.length === 0) continue;
    if (!sourceCommands.has(name)) return false;
    const paths = words.filter((word) => /^[./]/.test(word) || name === "mkdir").map((word) => absolute(word, cwd));
    const all = paths.length > 0 ? paths : [cwd];
    if (all.some((path) => path === null || !isForBuild(judging, path))) return false;
    touched++;
  }
  return touched > 0;
}
