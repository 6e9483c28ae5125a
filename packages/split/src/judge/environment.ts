import type { Arg, Env } from "@stagewright/ast";
import { buildVariables } from "../build-variables.ts";
import type { Judging } from "./judging.ts";
import { type Fate, kept } from "./verdict.ts";

export const judgeArgument = (judging: Judging, { pairs }: Arg): Fate =>
  pairs.some(({ key }) => isUsedBehind(judging, key.value))
    ? kept
    : { change: "removed", why: "Only the build uses it." };

/** Variables of the tools of the build are not needed on another base. */
export function judgeEnvironment(judging: Judging, { pairs }: Env): Fate {
  const areOfBuild = pairs.every(
    ({ key, value }) =>
      buildVariables.test(key.value) ||
      (key.value === "PATH" && /GOPATH|\/go\/bin|CARGO_HOME|cargo\/bin/.test(value?.value ?? "")),
  );
  if (!judging.hasNewBase || !areOfBuild) return kept;
  return pairs.some(({ key }) => key.value !== "PATH" && isUsedBehind(judging, key.value))
    ? kept
    : { change: "removed", why: "Only the tools of the build read it." };
}

/** The name stands in an instruction that the last stage keeps. */
function isUsedBehind({ subject, recipe, cutAt }: Judging, name: string): boolean {
  const { stage, source, runs } = subject;
  const pattern = new RegExp(`\\$\\{?${name}\\b`);
  return (
    stage.instructions.some((each, index) => {
      const isKept = index > cutAt || !["Run", "Arg"].includes(each.type);
      return isKept && index > 0 && each.type !== "Run"
        ? pattern.test(source.getText(each))
        : index > cutAt && pattern.test(source.getText(each));
    }) ||
    runs.some(
      ({ run, actions }) =>
        stage.instructions.indexOf(run) < cutAt && !actions.some(recipe.owns) && pattern.test(source.getText(run)),
    )
  );
}
