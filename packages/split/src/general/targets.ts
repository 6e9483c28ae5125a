import type { Add, Copy } from "@stagewright/ast";
import { absolute } from "../paths.ts";
import { expandWith } from "../runs.ts";
import type { Subject } from "../types.ts";

/** Where a COPY or ADD puts its files; `null` where it is not known. */
export function targetOf(instruction: Copy | Add, { source }: Pick<Subject, "source">): string | null {
  const { env, args, workdir } = source.facts.state(instruction);
  return instruction.destination ? absolute(expandWith(instruction.destination.value, env, args), workdir) : null;
}
