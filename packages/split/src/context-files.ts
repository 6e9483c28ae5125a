import type { Instruction } from "@stagewright/ast";
import type { SourceCode } from "@stagewright/core";
import { targetOf } from "./general/targets.ts";
import { baseName } from "./paths.ts";
import type { Context, Subject } from "./types.ts";

interface Place {
  readonly source: SourceCode;
  readonly instructions: readonly Instruction[];
  readonly context: Context | null;
}

/** The last stage of the original; `start` is not read, as it may throw. */
export const placeOf = ({ source, stage, context }: Subject): Place => ({
  source,
  instructions: stage.instructions,
  context,
});

/** The text of a file of the image that a COPY of the context has put there, the last one that does; `null` for none. */
export function textAt(path: string, { source, instructions, context }: Place): string | null {
  if (!context) return null;
  for (const each of instructions.toReversed()) {
    if ((each.type !== "Copy" && each.type !== "Add") || each.flags.some(({ name }) => name === "from")) continue;
    const target = targetOf(each, { source });
    if (target === null) continue;
    for (const { value } of each.sources) {
      for (const candidate of candidates(path, value, target)) {
        const text = context.read(candidate);
        if (text !== null) return text;
      }
    }
  }
  return null;
}

/** The paths in the context that a COPY from there to here may have brought to the path. */
function candidates(path: string, source: string, target: string): string[] {
  const from = source.replace(/^\.?\/+/, "").replace(/\/?\.?$/, "");
  const inside = path.startsWith(target === "/" ? "/" : `${target}/`)
    ? path.slice(target.length).replace(/^\//, "")
    : null;
  return [
    ...(path === target || inside === baseName(from) ? [from] : []),
    ...(inside === null ? [] : [from === "" ? inside : `${from}/${inside}`]),
  ];
}
