import { isTarget, type Stage, type StageGraph } from "@stagewright/core";

interface Checked {
  readonly sourceCode: { readonly facts: { readonly stages: Pick<StageGraph, "all" | "final" | "find"> } };
  readonly settings: { readonly targets?: readonly string[] };
}

/** The stages whose images are used: those that the configuration names as targets, and the last one. */
export function checkedStages({ sourceCode, settings: { targets = [] } }: Checked): readonly Stage[] {
  const { all, final } = sourceCode.facts.stages;
  // Of two stages with one name a build takes the last.
  const isNamed = (stage: Stage) =>
    isTarget(targets, String(stage.index)) ||
    (stage.name !== null && isTarget(targets, stage.name) && sourceCode.facts.stages.find(stage.name) === stage);
  const named = targets.length === 0 ? [] : all.filter(isNamed);
  return [...new Set([...named, ...(final ? [final] : [])])];
}
