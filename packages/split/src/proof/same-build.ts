import type { SourceCode, Stage } from "@stagewright/core";
import { imageSettings } from "../image-settings.ts";
import type { Case } from "./case.ts";
import { assumed, type Finding } from "./obligations.ts";

/** O1: instruction by instruction, the build stage is what the original begins with. */
export function sameBuild({ before, after, original, builds }: Case): Finding {
  const [build, ...others] = builds;
  const own = original.instructions.slice(1).filter(({ type }) => !imageSettings.has(type));
  const texts = (build?.instructions.slice(1) ?? []).map((each) => bare(after.getText(each)));
  const differs = texts.findIndex((text, index) => {
    const instruction = own[index];
    return !instruction || bare(before.getText(instruction)) !== text;
  });
  const imageOf = (source: SourceCode, stage: Stage | undefined) =>
    stage?.from.image ? source.getText(stage.from.image) : null;
  const sameImage = imageOf(after, build) === imageOf(before, original);
  return assumed(
    build && others.length === 0 && differs === -1 && sameImage
      ? []
      : ["What the build stage does otherwise than the file makes the same files."],
  );
}

/** As BuildKit reads it: without lines that are comments, and without a continuation that nothing follows. */
const bare = (text: string): string =>
  (text.includes("<<") ? text : text.replace(/^[ \t]*#.*\n?/gm, "")).replace(/[\s\\]*$/, "");
