import type { Run } from "@stagewright/ast";
import { compilesC, isMakeTool } from "../make-tools.ts";
import { packagesOf } from "../packages.ts";
import { baseName, isInside } from "../paths.ts";
import { type Action, Refused } from "../types.ts";
import { type Parts, is, madeByKept, needsPlace, writesOf, isUnpacked, noise } from "./parts.ts";
import { isUpdate } from "./choose-packages.ts";
import { touchesOf } from "./touches.ts";

/** @throws Refused where the parts that are kept do not run without those that stay behind */
export function checkParts(parts: Parts): void {
  checkFetches(parts);
  checkRemovals(parts);
  checkVariables(parts);
  checkReads(parts);
  checkOrder(parts);
  checkGenerators(parts);
  checkArchives(parts);
  checkHiddenInstalls(parts);
  checkPackageFiles(parts);
}

/** @throws Refused where a RUN fetches a package as a file behind its build: installs stand before what is copied */
function checkPackageFiles(parts: Parts): void {
  for (const { run, segments } of parts.sections) {
    const first = segments.findIndex((each) => is(parts, each, "build"));
    const fetched =
      first === -1 ? [] : segments.slice(first).flatMap((each) => (is(parts, each, "packages") ? [] : writesOf(each)));
    const file = segments
      .filter((each) => is(parts, each, "packages"))
      .flatMap(({ actions }) => actions.flatMap(({ words }) => words.filter((word) => /\.(apk|deb|rpm)$/.test(word))))
      .find((word) => fetched.includes(word));
    if (file === undefined) continue;
    throw new Refused(
      "mixed-run",
      run.startLine,
      `\`${file}\` is fetched behind a build of this RUN, and installed.`,
      "Fetch and install it in a RUN of its own.",
    );
  }
}

/** @throws Refused where a RUN updates the lists of packages, and only what it builds with can install from them */
function checkHiddenInstalls({ sections, found }: Parts): void {
  for (const [index, { run, step, segments }] of sections.entries()) {
    const build = segments
      .flatMap((each) => (found.builds.has(each) ? each.actions : []))
      .find(({ command }) => isMakeTool(command.name));
    const updates = step.actions.some(isUpdate);
    const later = sections.slice(index).some((each) => packagesOf(each.step).installs.length > 0);
    if (!build || !updates || later) continue;
    throw new Refused(
      "mixed-run",
      run.startLine,
      `\`${build.command.name ?? ""}\` may install packages, as the RUN updates the lists of them and installs none itself.`,
      "Install the packages by name.",
    );
  }
}

/** @throws Refused where a RUN that builds also fetches something into the folder it stands in, of which it is not known who needs it */
function checkFetches(parts: Parts): void {
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

/** @throws Refused where an image that starts nothing packs what it builds, so that whoever starts it may take that out of it */
function checkArchives(parts: Parts): void {
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

/** @throws Refused where a program of which nothing is known writes, in the RUN that builds, what is built there */
function checkGenerators(parts: Parts): void {
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

/** @throws Refused where a RUN removes, behind its build, what may be of that build, and does not take it that there is none */
function checkRemovals(parts: Parts): void {
  const { sections } = parts;
  for (const { run, segments } of sections) {
    const first = segments.findIndex((each) => is(parts, each, "build"));
    if (first === -1) continue;
    for (const segment of segments.slice(first)) {
      if (!is(parts, segment, "keep")) continue;
      for (const action of segment.actions) {
        if (action.command.name !== "rm" || action.words.some((word) => /^-\w*f|^--force/.test(word))) continue;
        // A pattern that fits nothing is a name of nothing.
        const isPattern = action.words.some((word) => /[*?[]/.test(word));
        const path = touchesOf(action).writes.find((each) => each === null || !madeByKept(parts, each));
        if (path === undefined && !isPattern) continue;
        throw new Refused(
          "mixed-run",
          run.startLine,
          `Whether the last stage has what \`rm\` takes away in line ${String(action.command.loc.start.line)} is not known.`,
          "Remove it with `rm -f`.",
        );
      }
    }
  }
}

/** @throws Refused where a kept part needs a variable that a part of the build sets, or where the packages are found out by what was built */
function checkVariables(parts: Parts): void {
  const { subject, sections, classes } = parts;
  for (const { run, segments } of sections) {
    if (!segments.some((each) => is(parts, each, "build"))) continue;
    const computes = segments.find(({ actions }) =>
      actions.some(({ command }) => /^(apt-mark|scanelf|dpkg-query)$/.test(command.name ?? "")),
    );
    if (computes) {
      throw new Refused(
        "computed-packages",
        run.startLine,
        "The RUN finds out itself which packages the image needs when it has built.",
        "Name these packages.",
      );
    }
    const set = new Set(
      segments
        .filter((each) => is(parts, each, "build", "drop"))
        .flatMap(({ text }) => [...text.matchAll(/(?:^|\s)([A-Za-z_]\w*)=/g)].map(([, name]) => name ?? "")),
    );
    for (const segment of segments.filter((each) => is(parts, each, "keep"))) {
      const name = [...set].find(
        (each) =>
          new RegExp(`\\$\\{?${each}\\b`).test(segment.text) &&
          !subject.state.env.has(each) &&
          !subject.state.args.has(each),
      );
      if (name === undefined) continue;
      if (segment.actions.every(({ command }) => checks.has(command.name ?? ""))) classes.set(segment, "drop");
      else {
        throw new Refused(
          "mixed-run",
          run.startLine,
          `A part of this RUN that does not build uses \`$${name}\`, which a part that builds sets.`,
          "Give it a RUN of its own.",
        );
      }
    }
  }
}

/** @throws Refused where a kept part reads what only the build stage has */
function checkReads(parts: Parts): void {
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
        const early = /^(chown|chgrp|chmod)$/.test(action.command.name ?? "")
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
            !madeByKept(parts, each) &&
            ((found.isScratch(each) && !found.isTemporary(each)) ||
              /^\/usr\/(local\/)?include\/./.test(each) ||
              comesLater(parts, each, run, action)),
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
function checkOrder(parts: Parts): void {
  const { sections, outputs } = parts;
  for (const { run, segments } of sections) {
    const dropped = sections
      .filter((section) => section.run.range[0] <= run.range[0])
      .flatMap((section) => section.segments.filter((each) => is(parts, each, "drop", "build")))
      .flatMap(writesOf);
    for (const segment of segments.filter((each) => is(parts, each, "keep"))) {
      for (const { command } of segment.actions) {
        const names = [command.name, ...command.wrappers.map(({ name }) => name)];
        const path = dropped.find((each) => each !== null && names.includes(baseName(each)));
        const output = outputs.find(({ to }) => path && to !== "/" && isInside(path, to));
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

/** Commands that only say whether something is true. */
const checks = new Set([...noise, ..."grep awk sed head tail cut wc return exit gpg sha256sum".split(" ")]);
