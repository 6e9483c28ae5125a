import type { Range } from "@stagewright/ast";
import type { SourceCode } from "../source-code.ts";
import type { Base } from "./bases.ts";
import { formatImage, parseImage } from "./image-reference.ts";
import type { ImageUse, ParsedImage, Stage, StageGraph } from "./types.ts";

/** Every place where an image stands, in the order of the file; names of stages and contexts, `scratch` and what BuildKit does not expand are none. */
export function findImages(
  sourceCode: SourceCode,
  stages: StageGraph,
  baseOf: (from: Stage["from"]) => Base,
  isContext: (text: string) => boolean,
): readonly ImageUse[] {
  const uses: ImageUse[] = [];
  const syntax = sourceCode.ast.directives.find(({ name }) => name === "syntax");
  if (syntax) {
    // BuildKit takes the first word, the rest is for the frontend.
    const [text = ""] = syntax.value.split(/\s/);
    const [start] = syntax.valueRange;
    if (text !== "") uses.push(plainUse("syntax", null, text, [start, start + text.length]));
  }
  for (const stage of stages.all) {
    const { from } = stage;
    if (from.image && stage.base.kind === "image" && !isContext(from.image.word.value)) {
      const { image: resolved, request } = baseOf(from);
      const { word, range, loc } = from.image;
      uses.push({
        where: "from",
        instruction: from,
        text: word.value,
        range,
        loc,
        node: from.image,
        tagPlace: from.image.tag,
        resolved,
        request,
      });
    }
    for (const { instruction, text, range, target, byIndex } of stage.uses) {
      if (target || byIndex || text === "scratch" || text.includes("$")) continue;
      // A stage that comes too late or is misspelt is a mistake, but no image.
      if (stages.find(text) || stages.near(text, stage) !== null) continue;
      uses.push(plainUse(instruction.type === "Copy" ? "copy" : "mount", instruction, text, range));
    }
  }

  function plainUse(
    where: ImageUse["where"],
    instruction: ImageUse["instruction"],
    text: string,
    range: Range,
  ): ImageUse {
    const resolved = parseImage(text);
    const request = resolved && ({ kind: "image", reference: formatImage(resolved), platform: null } as const);
    const loc = sourceCode.locate(range);
    return { where, instruction, text, range, loc, node: null, tagPlace: tagOf(resolved, range), resolved, request };
  }

  function tagOf(resolved: ParsedImage | null, range: Range): ImageUse["tagPlace"] {
    const tag = resolved?.tag;
    if (!tag) return null;
    const at = sourceCode.getText({ range }).lastIndexOf(resolved.digest === null ? `:${tag}` : `:${tag}@`);
    if (at === -1) return null;
    const start = range[0] + at + 1;
    const place: Range = [start, start + tag.length];
    return { range: place, loc: sourceCode.locate(place) };
  }

  return uses;
}
