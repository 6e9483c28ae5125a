import type { Range } from "@stagewright/ast";
import type { StageGraph } from "@stagewright/core";

/** The words that name a stage, given in lower case: in FROM, `COPY --from` and `from=` of mounts. */
export function stageReferences(
  stages: StageGraph,
  name: string,
): readonly { readonly text: string; readonly range: Range }[] {
  const places = stages.all.flatMap(({ from: { image }, base, uses }) => [
    ...uses.filter(({ target }) => target?.name === name),
    ...(image && base.kind === "stage" && base.stage.name === name
      ? [{ text: image.word.value, range: image.range }]
      : []),
  ]);
  return places.filter(({ text }) => text.toLowerCase() === name);
}
