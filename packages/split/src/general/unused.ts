import type { Instruction } from "@stagewright/ast";
import { absolute } from "../paths.ts";
import { type Layout, isBehindCut } from "./layout.ts";
import { is } from "./parts.ts";

/** WORKDIRs and ARGs that only the build used. */
export function dropUnused(layout: Layout): void {
  const { subject, found, base, fates } = layout;
  const { stage, source } = layout.subject;
  const list = stage.instructions;
  for (const [index, instruction] of list.entries()) {
    if (isBehindCut(layout, instruction)) break;
    if (instruction.type === "Workdir") {
      const { env, args, workdir } = source.facts.state(instruction);
      const path = absolute(expandPath(instruction.path?.value ?? "", env, args), workdir);
      const next = list.findIndex(
        (each, other) => other > index && each.type === "Workdir" && /^["']?\//.test(each.path?.value ?? ""),
      );
      const between = list.slice(index + 1, next === -1 ? list.length : next);
      const isUsed = next === -1 || between.some((each) => needsFolder(layout, each));
      if (path !== null && !isUsed && found.isScratch(path))
        fates.set(instruction, { change: "removed", why: "Only the build works in it." });
    }
    if (instruction.type === "Arg" && !instruction.pairs.some(({ key }) => isUsedBehind(layout, key.value, index))) {
      fates.set(instruction, { change: "removed", why: "Only the build uses it." });
    }
    if (
      instruction.type === "Env" &&
      base.image !== subject.imageText &&
      instruction.pairs.every(
        ({ key }) =>
          /^(GO(PATH|ROOT|111MODULE|PROXY|OS|ARCH|FLAGS)|CGO_\w+|CARGO_\w+|MAVEN_\w+|GRADLE_\w+)$/.test(key.value) &&
          !isUsedBehind(layout, key.value, index),
      )
    ) {
      fates.set(instruction, { change: "removed", why: "Only the tools of the build read it." });
    }
  }
}

function needsFolder(layout: Layout, instruction: Instruction): boolean {
  const { fates } = layout;
  const fate = fates.get(instruction);
  if (fate?.change === "removed") return false;
  if (instruction.type === "Run")
    return !(
      fate?.lines &&
      fate.lines.every((line) => line.startsWith("COPY") || !/(^|\s)\.{1,2}\/|(^|\s)[\w.-]+\.\w+/.test(line))
    );
  return instruction.type === "Copy" || instruction.type === "Add"
    ? !/^["']?[/$]/.test(instruction.destination?.value ?? "/")
    : instruction.type === "Cmd" || instruction.type === "Entrypoint";
}

function isUsedBehind(layout: Layout, name: string, index: number): boolean {
  const { sections, packages, fates } = layout;
  const { stage, source } = layout.subject;
  const pattern = new RegExp(`\\$\\{?${name}\\b`);
  if (name === "DEBIAN_FRONTEND")
    return (
      packages.names.length > 0 ||
      sections.some(({ segments }) =>
        segments.some((segment) => is(layout, segment, "packages") && !packages.gone.has(segment)),
      )
    );
  return stage.instructions.slice(index + 1).some((each) => {
    const fate = fates.get(each);
    if (fate?.change === "removed") return false;
    return pattern.test(fate?.lines ? fate.lines.join("\n") : source.getText(each));
  });
}

const expandPath = (text: string, ...values: readonly ReadonlyMap<string, string | null>[]): string =>
  text.replace(
    /\$\{?(\w+)\}?/g,
    (whole, name: string) => values.map((each) => each.get(name)).find((value) => typeof value === "string") ?? whole,
  );
