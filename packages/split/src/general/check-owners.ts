import type { Instruction } from "@stagewright/ast";
import { isInside } from "../paths.ts";
import { Refused } from "../types.ts";
import { shared } from "./folders.ts";
import type { Layout } from "./layout.ts";
import { is, writesOf } from "./parts.ts";
import { targetOf } from "./targets.ts";
import { touchesOf, userChanges } from "./touches.ts";

/** @throws Refused where a kept part changes the owner or the mode of what the last stage does not have yet */
export function checkOwners(layout: Layout): void {
  for (const { run, segments } of layout.sections) {
    for (const segment of segments) {
      if (!is(layout, segment, "keep")) continue;
      for (const action of segment.actions) {
        const { command, words } = action;
        if (!/^(chown|chgrp|chmod)$/.test(command.name ?? "") || words.some((word) => /^-\w*f$/.test(word))) continue;
        const isPattern = words.some((word) => /[*?[]/.test(word));
        const path = touchesOf(action).writes.find(
          (each) => each !== null && (isPattern || !isHome(layout, each)) && isMissing(layout, each, command.range[0]),
        );
        if (path === undefined) continue;
        throw new Refused(
          "mixed-run",
          run.startLine,
          `\`${command.name ?? ""}\` changes \`${path ?? ""}\`, which the last stage would not have yet.`,
          "Do it in the RUN that builds.",
        );
      }
    }
  }
}

/** The folder of a user whom the file adds. */
const isHome = ({ sections }: Layout, path: string): boolean =>
  sections.some(({ step }) =>
    step.actions.some(
      ({ command, words }) => userChanges.has(command.name ?? "") && words.includes(path.replace(/^.*\//, "")),
    ),
  );

/** Only what stays behind, or comes later, has made the folder. */
function isMissing(layout: Layout, path: string, at: number): boolean {
  if (shared.has(path)) return false;
  const makers = makersOf(layout, path, at);
  return makers.length > 0 && makers.every((isThere) => !isThere);
}

/** Of all that makes a path before a place of the text, whether the last stage has it there. */
function makersOf(layout: Layout, path: string, at: number): readonly boolean[] {
  const { subject, sections, outputs, fates } = layout;
  const touches = (each: string | null) => each !== null && (isInside(each, path) || isInside(path, each));
  const isLeft = (instruction: Instruction) => fates.get(instruction)?.change === "removed";
  return [
    ...subject.stage.instructions.flatMap((each) => {
      if (each.range[0] > at) return [];
      if (each.type === "Copy" || each.type === "Add") return touches(targetOf(each, subject)) ? [!isLeft(each)] : [];
      if (each.type === "Workdir") return isInside(each.path?.value ?? "/", path) ? [!isLeft(each)] : [];
      return [];
    }),
    ...sections.flatMap(({ segments }) =>
      segments.flatMap((each) =>
        each.range[0] < at && !each.actions.every(isChange) && writesOf(each).some(touches)
          ? [is(layout, each, "keep", "packages")]
          : [],
      ),
    ),
    ...outputs.flatMap(({ to, run }) => (to !== "/" && touches(to) ? [run.range[0] < at] : [])),
  ];
}

const isChange = ({ command }: { readonly command: { readonly name: string | null } }): boolean =>
  /^(chown|chgrp|chmod|rm)$/.test(command.name ?? "");
