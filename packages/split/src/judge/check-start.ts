import type { Add, Copy } from "@stagewright/ast";
import { targetOf } from "../general/targets.ts";
import { absolute, isInside } from "../paths.ts";
import { Refused } from "../types.ts";
import type { Judging } from "./judging.ts";

/** @throws Refused where what is started is neither carried, nor copied from the context, nor of a package */
export function checkStart(judging: Judging): void {
  const { subject, carries } = judging;
  const { program, instruction } = subject.start;
  const path = program.includes("/") ? absolute(program, subject.state.workdir) : null;
  if (!program.includes("/") || (path !== null && /^\/(usr\/)?s?bin\//.test(path))) return;
  const isThere =
    path !== null &&
    (carries.some(({ to }) => isInside(path, to)) ||
      subject.stage.instructions.some(
        (each) => (each.type === "Copy" || each.type === "Add") && copiesTo(judging, each, path),
      ));
  if (!isThere) {
    throw new Refused(
      "start-not-found",
      instruction.startLine,
      `Nothing that the last stage has is seen to bring \`${program}\`.`,
    );
  }
}

function copiesTo({ subject, fates }: Judging, instruction: Copy | Add, path: string): boolean {
  if (fates.get(instruction)?.change !== "none") return false;
  const target = targetOf(instruction, subject);
  return target !== null && isInside(path, target);
}
