import type { Stage } from "@stagewright/core";

interface Checked {
  readonly sourceCode: {
    readonly facts: { readonly stages: { readonly final: Stage | null; find(name: string): Stage | null } };
  };
  readonly settings: { readonly targets?: readonly string[] };
}

/** The stages whose images are used: those that the configuration names as targets, and the last one. */
export function checkedStages({ sourceCode, settings }: Checked): readonly Stage[] {
  const { final } = sourceCode.facts.stages;
  const targets = (settings.targets ?? []).flatMap((name) => sourceCode.facts.stages.find(name) ?? []);
  return [...new Set([...targets, ...(final ? [final] : [])])];
}
