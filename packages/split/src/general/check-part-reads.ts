import type { Run } from "@stagewright/ast";
import { baseName, isInside } from "../paths.ts";
import { type Action, Refused } from "../types.ts";
import { type Parts, is, madeByKept, needsPlace, writesOf } from "./parts.ts";
import { ownerChanges, touchesOf } from "./touches.ts";

/** @throws Refused where a kept part reads what only the build stage has */
export function checkReads(parts: Parts): void {
  const { found, sections } = parts;
  for (const { run, step, segments } of sections) {
    for (const segment of segments.filter((each) => is(parts, each, "keep"))) {
      for (const action of segment.actions) {
        const { cwd } = action;
        if (
          needsPlace(action) &&
          cwd !== null &&
          cwd !== "/" &&
          cwd !== step.state.workdir &&
          found.isScratch(cwd) &&
          !madeByKept(parts, cwd)
        ) {
          throw new Refused(
            "reads-sources",
            run.startLine,
            `\`${action.command.name ?? action.command.path}\` runs in \`${cwd}\`, which only the build stage has.`,
            "Give it a RUN of its own, in a folder that the image keeps.",
          );
        }
        if (worksEarly(parts, action, run)) {
          throw new Refused(
            "reads-sources",
            action.command.loc.start.line,
            `\`${action.command.name ?? action.command.path}\` works in \`${cwd ?? ""}\`, which comes from the build stage behind this RUN.`,
            "Do it in the RUN that builds.",
          );
        }
        const early = ownerChanges.has(action.command.name ?? "")
          ? touchesOf(action).writes.find((each) => each !== null && isCopiedLater(parts, each, run))
          : undefined;
        if (early) {
          throw new Refused(
            "mixed-run",
            run.startLine,
            `\`${early}\` comes from the build stage, behind this RUN.`,
            `Give \`${action.command.name ?? ""}\` of it a command of its own.`,
          );
        }
        const path = touchesOf(action).reads.find(
          (each) =>
            each !== null &&
            ((found.isScratch(each) && !found.isTemporary(each)) ||
              /^\/usr\/(local\/)?include\/./.test(each) ||
              comesLater(parts, each, run, action)) &&
            !madeByKept(parts, each),
        );
        if (path) {
          throw new Refused(
            "reads-sources",
            run.startLine,
            `\`${action.command.name ?? action.command.path}\` reads \`${path}\`, which only the build stage has.`,
            "Copy it to its place in the RUN that builds.",
          );
        }
      }
    }
  }
}

/** @throws Refused where a kept part runs a program before the COPY that brings it */
export function checkOrder(parts: Parts): void {
  const { sections, outputs } = parts;
  /** What parts that stay behind have written up to the RUN. */
  const dropped: { readonly path: string; readonly name: string }[] = [];
  for (const { run, segments } of sections) {
    for (const each of segments)
      if (is(parts, each, "drop", "build"))
        for (const path of writesOf(each)) if (path !== null) dropped.push({ path, name: baseName(path) });
    if (outputs.every((output) => output.run.range[0] <= run.range[0])) continue;
    for (const segment of segments.filter((each) => is(parts, each, "keep"))) {
      for (const { command } of segment.actions) {
        const names = [command.name, ...command.wrappers.map(({ name }) => name)];
        const path = dropped.find(({ name }) => names.includes(name))?.path;
        const output = outputs.find(({ to }) => path !== undefined && to !== "/" && isInside(path, to));
        if (!output || output.run.range[0] <= run.range[0]) continue;
        throw new Refused(
          "mixed-run",
          command.loc.start.line,
          `\`${command.name ?? command.path}\` runs before the COPY that brings it.`,
          "Give it a RUN of its own, behind the build.",
        );
      }
    }
  }
}

/** The command works in a folder that is copied as a whole only behind this RUN, and that nothing else brings. */
const worksEarly = (parts: Parts, action: Action, run: Run): boolean =>
  action.cwd !== null &&
  (touchesOf(action).usesFolder || needsPlace(action)) &&
  isCopiedLater(parts, action.cwd, run) &&
  (!madeByKept(parts, action.cwd) || isMovedThere(parts, action.cwd, run));

/** A part that stays behind has given the folder its name. */
const isMovedThere = (parts: Parts, folder: string, run: Run): boolean =>
  parts.sections.some(
    (section) =>
      section.run.range[0] < run.range[0] &&
      section.segments.some(
        (segment) =>
          is(parts, segment, "drop") &&
          segment.actions.some((action) => action.command.name === "mv" && touchesOf(action).writes.includes(folder)),
      ),
  );

/** The path lies in a folder that is copied as a whole, by a COPY behind this RUN. */
function isCopiedLater(parts: Parts, path: string, run: Run): boolean {
  const { outputs } = parts;
  return outputs.some((output) => output.isPlace && isInside(path, output.to) && output.run.range[0] > run.range[0]);
}

/** The path is in the folder where a step of the build runs that is copied only behind this RUN. */
function comesLater(parts: Parts, path: string, run: Run, { cwd }: Action): boolean {
  const { sections, outputs } = parts;
  return (
    cwd !== null &&
    cwd !== "/" &&
    isInside(path, cwd) &&
    sections.some(({ segments }) =>
      segments.some((each) => is(parts, each, "build") && each.actions.some((other) => other.cwd === cwd)),
    ) &&
    outputs.some((output) => output.to !== "/" && isInside(path, output.to) && output.run.range[0] > run.range[0])
  );
}
