import type { Range } from "@stagewright/ast";
import type { Stage, StageGraph } from "@stagewright/core";

interface Reference {
  readonly text: string;
  readonly range: Range;
}

/** The words that name a stage, given in lower case: in FROM, `COPY --from` and `from=` of mounts. */
export function stageReferences(stages: StageGraph, name: string): readonly Reference[] {
  return stages.all.filter((stage) => stage.name === name).flatMap((stage) => referencesTo(stages, stage));
}

/** The words that name this very stage; names may be given twice. */
export function referencesTo(stages: StageGraph, named: Stage): readonly Reference[] {
  const places = stages.all.flatMap(({ from: { image }, base, uses }) => [
    ...uses.filter(({ target }) => target === named),
    ...(image && base.kind === "stage" && base.stage === named ? [{ text: image.word.value, range: image.range }] : []),
  ]);
  return places.filter(({ text }) => text.toLowerCase() === named.name);
}
