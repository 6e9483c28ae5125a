import type { Run } from "@stagewright/ast";
import { compilesC } from "../make-tools.ts";
import { isInside } from "../paths.ts";
import { Refused } from "../types.ts";
import { clonedBy } from "./folders.ts";
import { type Parts, is, needsPlace, writesOf, isUnpacked } from "./parts.ts";
import type { Segment } from "./segments.ts";

/** @throws Refused where a repository is cloned into a folder in which the last stage has something by then */
export function checkClones(parts: Parts): void {
  for (const { run, segments } of parts.sections) {
    const first = segments.findIndex((each) => is(parts, each, "build"));
    const isThere = (maker: Run, segment: Segment) =>
      maker === run ? first !== -1 && segments.indexOf(segment) > first : maker.range[0] < run.range[0];
    const kept = segments.filter((each) => is(parts, each, "keep"));
    for (const { segment, action } of kept.flatMap((each) =>
      each.actions.map((own) => ({ segment: each, action: own })),
    )) {
      const folder = clonedBy(action).find((each) =>
        parts.outputs.some((output) => isInside(output.to, each) && isThere(output.run, segment)),
      );
      if (folder === undefined) continue;
      throw new Refused(
        "mixed-run",
        action.command.loc.start.line,
        `\`${folder}\` has something in it from the build stage, so that nothing can be cloned into it.`,
        "Clone it in a RUN of its own, in front of the build.",
      );
    }
  }
}

/** @throws Refused where a RUN that builds also fetches something into the folder it stands in, of which it is not known who needs it */
export function checkFetches(parts: Parts): void {
  const { sections } = parts;
  for (const { run, step, segments } of sections) {
    const last = segments.findLastIndex(({ actions }) => actions.some(({ command }) => compilesC(command.name)));
    for (const segment of segments.slice(0, Math.max(0, last))) {
      if (!is(parts, segment, "keep")) continue;
      const fetch = segment.actions.find(
        (action) =>
          isUnpacked(action) &&
          writesOf({ ...segment, actions: [action] }).some(
            (path) => path === null || path === action.cwd || path === (step.state.workdir ?? "/"),
          ),
      );
      if (!fetch) continue;
      throw new Refused(
        "mixed-run",
        run.startLine,
        `Whether what \`${fetch.command.name ?? ""}\` unpacks in line ${String(fetch.command.loc.start.line)} is for the build alone is not known.`,
        "Fetch and build in a folder of its own, and remove it in the same RUN.",
      );
    }
  }
}

/** @throws Refused where a program of which nothing is known writes, in the RUN that builds, what is built there */
export function checkGenerators(parts: Parts): void {
  for (const { run, step, segments } of parts.sections) {
    const last = segments.findLastIndex((each) => is(parts, each, "build"));
    const folders = segments.flatMap((each) =>
      is(parts, each, "build") ? each.actions.flatMap(({ cwd }) => cwd ?? []) : [],
    );
    for (const segment of segments.slice(0, Math.max(0, last))) {
      if (!is(parts, segment, "keep")) continue;
      const generator = segment.actions.find(
        (action) =>
          needsPlace(action) &&
          action.command.path === action.command.name &&
          !/^(ba|da|a)?sh$/.test(action.command.name) &&
          action.cwd !== null &&
          action.cwd !== "/" &&
          folders.includes(action.cwd),
      );
      if (!generator) continue;
      throw new Refused(
        "mixed-run",
        run.startLine,
        `Whether what \`${generator.command.name ?? ""}\` writes in \`${generator.cwd ?? step.state.workdir ?? "/"}\` is for the build alone is not known.`,
        "Give it a RUN of its own, or let it run in another folder.",
      );
    }
  }
}

/** @throws Refused where an image that starts nothing packs what it builds, so that whoever starts it may take that out of it */
export function checkArchives(parts: Parts): void {
  if (parts.start) return;
  for (const { segments } of parts.sections) {
    for (const segment of segments.filter((each) => is(parts, each, "build", "drop"))) {
      const pack = segment.actions.find(
        ({ command, words }) =>
          (command.name === "tar" && /^-?[a-zA-Z]*c/.test(words[0] ?? "")) ||
          /^(zip|fpm|dpkg-deb|dpkg-buildpackage|rpmbuild|checkinstall)$/.test(command.name ?? ""),
      );
      if (!pack) continue;
      throw new Refused(
        "unknown-output",
        pack.command.loc.start.line,
        `What \`${pack.command.name ?? ""}\` packs may be what the image is for, as it starts nothing.`,
        "Say with CMD or ENTRYPOINT what it starts.",
      );
    }
  }
}
