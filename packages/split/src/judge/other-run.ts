import type { Run } from "@stagewright/ast";
import { buildOf } from "@stagewright/core";
import { baseName, isInside } from "../paths.ts";
import { everywhere } from "../programs.ts";
import { touchesOf } from "../general/touches.ts";
import { type Action, Refused, type RunStep } from "../types.ts";
import { isBehindCut, isForBuild, isLost, type Judging } from "./judging.ts";
import { type Fate, kept, mixed } from "./verdict.ts";

/** A RUN that stays as it is runs on the new base too. @throws Refused where it cannot */
export function judgeOther(judging: Judging, { actions }: RunStep, run: Run): Fate {
  const { recipe, draft, hasNewBase } = judging;
  const lacks = isBehindCut(judging, run) ? isLost : isForBuild;
  const reader = actions.find((action) =>
    touchesOf(action).reads.some((path) => path !== null && lacks(judging, path)),
  );
  const misplaced = actions.find((action) =>
    touchesOf(action).writes.some((written) =>
      judging.carries.some(({ path, to }) => path !== to && written !== null && isInside(path, written)),
    ),
  );
  if (misplaced) throw mixed(run, misplaced.command.name ?? misplaced.command.path);
  if (reader) throw mixed(run, reader.command.name ?? reader.command.path);
  const build = actions.find((action) => !recipe.owns(action) && buildOf(action.command)?.kind === "dependencies");
  if (build) {
    const name = build.command.name ?? build.command.path;
    throw new Refused("other-build", run.startLine, `\`${name}\` may need the tools that stay behind.`);
  }
  const missing = hasNewBase ? actions.find((action) => !hasProgram(judging, action)) : undefined;
  if (missing) {
    const name = missing.command.name ?? missing.command.path;
    throw new Refused(
      "missing-program",
      run.startLine,
      `\`${name}\` is not sure to be in \`${draft.base}\`.`,
      `Let the build stage do this in the RUN that builds, or install \`${name}\`.`,
    );
  }
  return kept;
}

function hasProgram({ recipe, keptPackages, carries }: Judging, { command }: Action): boolean {
  const name = command.name ?? command.path;
  return (
    everywhere.has(name) ||
    name.includes("/") ||
    keptPackages.includes(name) ||
    carries.some(({ to }) => baseName(to) === name) ||
    isShared(recipe.name, name)
  );
}

/** What images of the same language have in both sizes. */
const isShared = (language: string, name: string): boolean =>
  (language === "node" && /^(node|npm|npx|yarn)$/.test(name)) ||
  (language === "python" && /^(python3?|pip3?)$/.test(name));
