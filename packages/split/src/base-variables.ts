import type { Instruction } from "@stagewright/ast";
import { baseImage } from "@stagewright/core";
import { Refused, type Subject } from "./types.ts";

const shellVariables = /\$\{?(GOPATH|GOROOT|CARGO_HOME|RUSTUP_HOME|JAVA_HOME|MAVEN_HOME|GRADLE_HOME)\b/;

/** @throws Refused where an instruction that the last stage has as it is reads what the old base sets and the new one does not */
export function checkBaseVariables(
  { source, stage, image, imageText }: Subject,
  base: string,
  isKept: (instruction: Instruction) => boolean,
): void {
  const known = baseImage(image)?.env ?? null;
  for (const { variable, instruction, value } of source.facts.variables.uses) {
    if (
      isKept(instruction) &&
      value.kind !== "value" &&
      variable.name !== "PATH" &&
      (known === null || known.includes(variable.name)) &&
      !(value.kind === "unknown" && value.declaration)
    )
      throw refusal(instruction, variable.name);
  }
  for (const instruction of stage.instructions) {
    if (!isKept(instruction) || !["Run", "Cmd", "Entrypoint", "Healthcheck"].includes(instruction.type)) continue;
    const name = shellVariables.exec(source.getText(instruction))?.[1];
    if (name !== undefined && !(name === "JAVA_HOME" && /jre|temurin/.test(base))) throw refusal(instruction, name);
  }

  function refusal({ startLine }: Instruction, name: string): Refused {
    return new Refused(
      "base-variable",
      startLine,
      `\`$${name}\` is set by \`${imageText}\` and not by \`${base}\`.`,
      `Write what \`$${name}\` stands for.`,
    );
  }
}
