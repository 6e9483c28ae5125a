import type { Instruction } from "@stagewright/ast";
import { checkBaseVariables } from "../base-variables.ts";
import { assume, type Assumption, needsNoMore } from "../proof/obligations.ts";
import { packageKind } from "@stagewright/core";
import { quoted } from "../quoted.ts";
import { type Draft, type Recipe, Refused, type Subject } from "../types.ts";
import { checkStart } from "./check-start.ts";
import { judgeArgument, judgeEnvironment } from "./environment.ts";
import { type Judging, judgingOf } from "./judging.ts";
import { judgeRun, judgeRunBehind } from "./runs.ts";
import { judgeSources } from "./sources.ts";
import { type Fate, kept, type Verdict } from "./verdict.ts";

export type { Fate, Verdict } from "./verdict.ts";

/**
 * Decides for each instruction whether the last stage has it.
 * @throws Refused where a RUN does both what stays behind and what the image needs
 */
export function judge(subject: Subject, recipe: Recipe, draft: Draft): Verdict {
  const judging = judgingOf(subject, recipe, draft);
  const { fates, carries, assumptions, keptPackages, hasNewBase, cutAt } = judging;
  for (const [index, instruction] of subject.stage.instructions.entries()) {
    if (index > 0) fates.set(instruction, index <= cutAt ? before(judging, instruction) : behind(judging, instruction));
  }
  if (!hasNewBase && !leavesTools(subject)) {
    throw new Refused(
      "nothing-stays",
      draft.cut.startLine,
      "The build takes its tools away in the RUN that adds them.",
    );
  }
  checkStart(judging);
  if (hasNewBase) checkBaseVariables(subject, draft.base, (instruction) => fates.get(instruction)?.change === "none");
  assumptions.push(...assumptionsOf(judging));
  return { of: (instruction) => fates.get(instruction) ?? kept, carries, assumptions, keptPackages };
}

function before(judging: Judging, instruction: Instruction): Fate {
  switch (instruction.type) {
    case "Run":
      return judgeRun(judging, instruction);
    case "Copy":
    case "Add":
      return judgeSources(judging, instruction);
    case "Env":
      return judgeEnvironment(judging, instruction);
    case "Arg":
      return judgeArgument(judging, instruction);
    default:
      return kept;
  }
}

const behind = (judging: Judging, instruction: Instruction): Fate =>
  instruction.type === "Run" ? judgeRunBehind(judging, instruction) : kept;

/** A RUN adds packages that the last stage does without, and does not remove them. */
const leavesTools = ({ runs }: Subject): boolean =>
  runs.some(
    (step) =>
      step.packages.names.some((name) => packageKind(name) !== null) &&
      !step.actions.some(({ words }) => words.some((word) => /^(del|remove|purge|autoremove|erase)$/.test(word))),
  );

/** What the last stage rests on besides what the RUNs have said. */
function assumptionsOf({ subject, recipe, draft, hasNewBase, helpers, copied }: Judging): Assumption[] {
  const assumptions: Assumption[] = [];
  if (hasNewBase) {
    const isInterpreted = /^(node|python|jvm|dotnet)$/.test(recipe.name);
    assumptions.push(
      isInterpreted
        ? assume(needsNoMore(subject.imageText, draft.base), "O6", "O7")
        : assume(
            `The program starts none of the other programs that \`${subject.imageText}\` has and \`${draft.base}\` has not.`,
            "O6",
          ),
    );
  }
  if (helpers.size > 0) assumptions.push(assume(`The program starts none of ${quoted([...helpers])}.`, "O6"));
  if (copied.length > 0) {
    assumptions.push(
      assume(
        `The program reads none of its sources, which line${copied.length > 1 ? "s" : ""} ${copied.join(", ")} copied.`,
        "O5",
      ),
    );
  }
  return assumptions;
}
