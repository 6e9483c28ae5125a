import type { Add, Copy, Instruction, Run } from "@stagewright/ast";
import { buildOf } from "@stagewright/core";
import { checkBaseVariables } from "../base-variables.ts";
import { buildName } from "../names.ts";
import { isUpkeep, packagesOf } from "../packages.ts";
import { absolute, baseName, isInside } from "../paths.ts";
import type { Fate, Verdict } from "../judge.ts";
import { assume, type Assumption } from "../proof/obligations.ts";
import { type Action, Refused, type Start, type Subject } from "../types.ts";
import { finalBase } from "./bases.ts";
import type { World } from "../recipes/made.ts";
import { choosePackages } from "./choose-packages.ts";
import { type Edit, runWith, type Segment } from "./segments.ts";
import { isFetch, type Output, type Section, startPath, startsFrom, type Survey } from "./survey.ts";
import { targetOf } from "./targets.ts";
import { touchesOf, userChanges } from "./touches.ts";

type Class = "build" | "packages" | "upkeep" | "state" | "drop" | "keep";

const stateful = new Set("cd set export unset pushd popd shopt umask ulimit . source deactivate".split(" "));

/** Commands that only print. */
const noise = new Set(
  "ls pwd echo printf date uname id whoami nproc exit true false : seq break test [ sleep".split(" "),
);

/** Archives of tools that only a build needs. */
const buildTool =
  /apache-maven-|\bmaven-\d|apache-ant-|\bgradle-[\d$]|\bgo[\d.$]\S*\.linux|golang\.org\/dl|storage\.googleapis\.com\/golang|\bcmake-[\d$]|\bsbt-[\d$]/;

/** Commands that put files in their place. */
const placing = new Set("mv cp ln mkdir rm chmod chown echo touch".split(" "));

/** Commands that only say whether something is true. */
const checks = new Set([...noise, ..."grep awk sed head tail cut wc return exit gpg sha256sum".split(" ")]);

export interface Rewrite {
  readonly verdict: Verdict;
  readonly base: string;
  readonly cut: Run;
  readonly edits: ReadonlyMap<Run, string>;
  readonly assumptions: readonly Assumption[];
  readonly notes: readonly string[];
  readonly implied: readonly string[];
}

/** Decides for each part of each RUN whether the last stage has it. @throws Refused */
export function rewrite(subject: Subject, world: World, start: Start | null, found: Survey): Rewrite {
  const { stage, source } = subject;
  const { sections, outputs } = found;
  const assumptions: Assumption[] = [];
  const classes = new Map<Segment, Class>();
  const lastBuild = sections.findLastIndex(
    ({ run, segments }) =>
      segments.some((each) => found.builds.has(each)) || outputs.some((output) => output.run === run),
  );
  const copiedFiles = filesCopied(subject);
  const removedFiles = new Set(
    sections
      .filter(({ segments }) => segments.some((segment) => found.builds.has(segment)))
      .flatMap(({ step }) =>
        step.actions.filter(({ command }) => command.name === "rm").flatMap((action) => touchesOf(action).writes),
      )
      .filter((path) => path !== null),
  );
  for (const section of sections)
    for (const [index, segment] of section.segments.entries()) classes.set(segment, classify(segment, section, index));
  dropRemovals();
  restoreNeeded();
  dropArchives();
  checkFetches();
  checkRemovals();
  checkVariables();
  checkReads();
  checkOrder();
  const order = new Map<Instruction, number>(stage.instructions.map((each, index) => [each, index]));
  const at = (instruction: Instruction): number => order.get(instruction) ?? 0;
  const cut = cutOf();
  const kept = sections.flatMap(({ segments }) => segments.filter((segment) => is(segment, "keep")));
  const dropped = sections.flatMap(({ segments }) =>
    segments.filter((segment) => is(segment, "build") || is(segment, "drop")),
  );
  const packages = choosePackages(subject, world, sections, kept, dropped, start);
  const base = finalBase(subject, world, kept, packages, outputs);
  if (base.image === subject.imageText && !packages.savesTools) {
    throw new Refused(
      "nothing-stays",
      cut.startLine,
      "The build leaves no tools in the image that a stage of its own would keep out of it.",
    );
  }
  if (packages.savesTools) checkBuilds();
  const fates = new Map<Instruction, Fate>();
  // The folders of an SDK are not on the PATH of another image.
  const targetIn = ({ to }: Output): string =>
    base.image !== subject.imageText && /\/(go|cargo)\/bin$/.test(to) && !(start?.program.includes("/") ?? false)
      ? "/usr/local/bin"
      : to;
  const copiedSources: number[] = [];
  const behindCut = (instruction: Instruction) => at(instruction) > at(cut);
  for (const section of sections) fates.set(section.run, fateOfRun(section));
  for (const instruction of stage.instructions) {
    if (instruction.type === "Copy" || instruction.type === "Add") fates.set(instruction, fateOfCopy(instruction));
  }
  if (base.image !== subject.imageText) {
    checkBaseVariables(
      subject,
      base.image,
      (instruction) => instruction !== stage.from && (fates.get(instruction)?.change ?? "none") === "none",
    );
  }
  checkStart();
  dropUnused();
  nameAssumptions();
  return {
    base: base.image,
    cut,
    edits: builderEdits(),
    assumptions: [...assumptions, ...base.assumptions, ...packages.assumptions],
    notes: packages.notes,
    implied: base.implied,
    verdict: {
      of: (instruction) => fates.get(instruction) ?? { change: "none", why: "The image needs it when it runs." },
      carries: outputs.map((output) => ({
        from: "build" as const,
        path: output.path,
        to: targetIn(output),
        owner: output.owner,
      })),
      assumptions: [],
      // What the new base lacks is named by `implied` as a whole.
      keptPackages: [],
      placed: true,
    },
  };

  function is(segment: Segment, ...kinds: Class[]): boolean {
    return kinds.includes(classes.get(segment) ?? "keep");
  }

  function classify(segment: Segment, section: Section, index: number): Class {
    const { actions } = segment;
    if (found.builds.has(segment)) return "build";
    if (actions.length > 0 && actions.every((action) => found.moved.has(action))) return "drop";
    if (actions.some(({ command }) => userChanges.has(command.name ?? ""))) return "keep";
    if (actions.length === 0) return /^\s*\w+=/.test(segment.text) ? "state" : "keep";
    if (actions.some((action) => packagesOf({ ...section.step, actions: [action] }).installs.length > 0))
      return "packages";
    if (actions.every((action) => stateful.has(action.command.name ?? ""))) return "state";
    if (
      actions.every(
        (action) =>
          isUpkeep(action) && !stateful.has(action.command.name ?? "") && action.command.redirects.length === 0,
      ) &&
      actions.some(({ command }) => !/^(echo|true|:|rm)$/.test(command.name ?? ""))
    )
      return "upkeep";
    const touched = actions.map(touchesOf);
    const reads = touched.flatMap((each) => each.reads);
    const writes = touched.flatMap((each) => each.writes);
    const known = [...reads, ...writes].filter((path) => path !== null);
    const isBehind = sections.indexOf(section) > lastBuild;
    const isBuilding = section.segments.some((each) => found.builds.has(each));
    if (!isBuilding && bringsTool(section)) return "drop";
    // What another RUN puts among temporary files may be for one that stays.
    const isOurs = (path: string) =>
      (found.isScratch(path) && (isBuilding || !found.isTemporary(path))) || (!isBehind && found.isCarried(path));
    if (
      known.length === 0 &&
      actions.every((action) => noise.has(action.command.name ?? "") && action.command.redirects.length === 0)
    ) {
      return section.segments.some((each) => found.builds.has(each)) ? "drop" : "keep";
    }
    if (actions.every(({ command }) => command.name === "rm")) {
      const lists =
        known.length > 0 && known.every((path) => /^\/(var\/(lib\/apt|cache)(\/|$)|tmp$|var\/tmp$)/.test(path));
      if (lists) return "upkeep";
      const isAbsent = (path: string) =>
        /^\/((usr\/local|opt)\/.|root\/\.(cache|npm|m2|gem|cargo|composer|node-gyp)(\/|$))/.test(path) &&
        !outputs.some(({ to }) => to !== "/" && (isInside(path, to) || isInside(to, path)));
      const isCopied =
        section.segments.some((each) => found.builds.has(each)) &&
        known.every((path) => isOurs(path) || copiedFiles.has(path));
      if (known.length > 0 && isCopied) return "drop";
      if (isBehind && known.length > 0 && known.every((path) => isOurs(path) || (isAbsent(path) && !madeByKept(path))))
        return "drop";
    }
    const isOpaque = touched.some(({ isKnown }) => !isKnown);
    if (isOpaque && known.every((path) => found.isTemporary(path))) return "keep";
    const isInScratch = actions.every(
      ({ cwd }) =>
        cwd !== null && cwd !== section.step.state.workdir && found.isScratch(cwd) && !found.isTemporary(cwd),
    );
    if (isInScratch && known.every(isOurs)) return "drop";
    if (known.length > 0 && known.every(isOurs))
      return ownsPlace(segment) ? "keep" : opaqueInPlace(segment) ? "keep" : "drop";
    const written = writes.filter((path) => path !== null);
    if (written.length > 0 && written.every(isOurs)) return ownsPlace(segment) ? "keep" : "drop";
    if (
      reads.some((path) => path !== null && found.isScratch(path)) &&
      written.length > 0 &&
      touched.every(({ isKnown }) => isKnown) &&
      !actions.some(isFetch)
    ) {
      if (written.every((path) => outputs.some(({ to }) => isInside(path, to) || isInside(to, path)))) return "drop";
    }
    const later = section.segments.slice(index + 1).some((other) => found.builds.has(other));
    if (
      later &&
      actions.some(isFetch) &&
      actions.every((action) => isFetch(action) || /^(echo|cat|tee|gunzip)$/.test(action.command.name ?? "")) &&
      !actions.some(({ command }) => /^(bash|sh)$/.test(command.name ?? ""))
    ) {
      const absoluteTarget = actions.some(({ words }) => words.some((word) => /^\/(?!tmp|usr\/src)/.test(word)));
      const isRunIn = writes.some(
        (path) =>
          path !== null &&
          path !== "/" &&
          isInside(subject.state.workdir ?? "/", path) &&
          !outputs.some(({ to }) => to === path),
      );
      if (!absoluteTarget && !isRunIn && !/\bapt-key\b|sources\.list/.test(segment.text)) return "drop";
    }
    return "keep";
  }

  /** The RUN does nothing but put a tool of the build in its place, which comes as an archive. */
  function bringsTool({ run, segments }: Section): boolean {
    return (
      buildTool.test(source.getText(run)) &&
      segments.every(({ actions }) =>
        actions.every(
          (action) =>
            isFetch(action) ||
            isUpkeep(action) ||
            placing.has(action.command.name ?? "") ||
            stateful.has(action.command.name ?? ""),
        ),
      ) &&
      segments.some(({ actions }) => actions.some(isUnpacked) || actions.some(({ command }) => command.name === "tar"))
    );
  }

  /** A COPY or a part that builds nothing has put it there. */
  function madeByKept(path: string): boolean {
    return (
      stage.instructions.some(
        (each) => (each.type === "Copy" || each.type === "Add") && isInside(path, targetOf(each, subject) ?? "/-"),
      ) ||
      sections.some(({ segments }) =>
        segments.some(
          (each) =>
            is(each, "keep", "packages") &&
            each.actions.some(
              (action) =>
                action.command.name !== "rm" &&
                touchesOf(action).writes.some((written) => written !== null && isInside(path, written)),
            ),
        ),
      )
    );
  }

  /** Changes the owner or the mode of a carried folder itself, which COPY does not take along; before the COPY there is nothing to change. */
  function ownsPlace({ actions, range }: Segment): boolean {
    return actions.some(
      (action) =>
        /^(chown|chgrp|chmod)$/.test(action.command.name ?? "") &&
        touchesOf(action).writes.some((path) => outputs.some(({ to, run }) => to === path && run.range[0] <= range[0])),
    );
  }

  /** A program of a carried folder does more than can be seen. */
  function opaqueInPlace({ actions }: Segment): boolean {
    return actions.some(
      (action) =>
        !touchesOf(action).isKnown &&
        action.command.path.startsWith("./") &&
        action.cwd !== null &&
        found.isCarried(action.cwd),
    );
  }

  /** What a kept part reads from the temporary folders has to be fetched in the last stage too. */
  function restoreNeeded(): void {
    for (const { segments } of sections) {
      for (let again = true; again;) {
        again = false;
        const reads = segments
          .filter((each) => is(each, "keep"))
          .flatMap(({ actions }) =>
            actions.flatMap((action) => {
              const { reads: own, writes } = touchesOf(action);
              return [...own, ...(isFetch(action) ? [] : writes)];
            }),
          )
          .filter((path) => path !== null)
          .filter((path) => !found.isCarried(path));
        for (const segment of segments) {
          if (!is(segment, "drop")) continue;
          const touched = segment.actions
            .flatMap((action) => {
              const { reads: own, writes } = touchesOf(action);
              return [...own, ...writes];
            })
            .filter((path) => path !== null && !found.isCarried(path));
          if (touched.some((path) => path !== null && reads.some((read) => read === path || isInside(read, path)))) {
            const first = segments.findIndex((each) => is(each, "build"));
            if (first !== -1 && segments.indexOf(segment) > first) continue;
            classes.set(segment, "keep");
            again = true;
          }
        }
      }
    }
  }

  /** @throws Refused where a kept part may need the tools that stay behind */
  function checkBuilds(): void {
    for (const { actions } of kept) {
      const build = actions.find(({ command, words }) => {
        if (alsoBuilds.test(command.name ?? "")) return true;
        const isOfNode = /^(npm|yarn|pnpm|bower)$/.test(command.name ?? "");
        return !isOfNode && !words.includes("-version") && !words.includes("--version") && buildOf(command) !== null;
      });
      if (!build) continue;
      const name = build.command.name ?? build.command.path;
      throw new Refused(
        "other-build",
        build.command.loc.start.line,
        `\`${name}\` may need the tools that stay behind.`,
      );
    }
  }

  /** @throws Refused where nothing is seen to bring what is started, on a base that has nothing but its distribution */
  function checkStart(): void {
    const path = startPath(start, subject);
    if (
      path === null ||
      !start ||
      !/^(debian|ubuntu|alpine|centos|fedora|rockylinux|almalinux|golang|rust)$/.test(subject.image.familiar)
    )
      return;
    if (/^\/(usr\/)?s?bin\//.test(path) || outputs.some(({ to }) => to !== "/" && isInside(path, to))) return;
    if (
      kept.some(({ actions }) => actions.some((action) => !touchesOf(action).isKnown || isFetch(action))) ||
      madeByKept(path)
    )
      return;
    throw new Refused(
      "start-not-found",
      start.instruction.startLine,
      `Nothing that the last stage has is seen to bring \`${start.program}\`.`,
    );
  }

  /** @throws Refused where a kept part needs a variable that a part of the build sets, or where the packages are found out by what was built */
  function checkVariables(): void {
    for (const { run, segments } of sections) {
      if (!segments.some((each) => is(each, "build"))) continue;
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
          .filter((each) => is(each, "build", "drop"))
          .flatMap(({ text }) => [...text.matchAll(/(?:^|\s)([A-Za-z_]\w*)=/g)].map(([, name]) => name ?? "")),
      );
      for (const segment of segments.filter((each) => is(each, "keep"))) {
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
  function checkReads(): void {
    for (const { run, step, segments } of sections) {
      for (const segment of segments.filter((each) => is(each, "keep"))) {
        for (const action of segment.actions) {
          const { cwd } = action;
          if (
            needsPlace(action) &&
            cwd !== null &&
            cwd !== "/" &&
            cwd !== step.state.workdir &&
            found.isScratch(cwd) &&
            !madeByKept(cwd)
          ) {
            throw new Refused(
              "reads-sources",
              run.startLine,
              `\`${action.command.name ?? action.command.path}\` runs in \`${cwd}\`, which only the build stage has.`,
              "Give it a RUN of its own, in a folder that the image keeps.",
            );
          }
          const early = /^(chown|chgrp|chmod)$/.test(action.command.name ?? "")
            ? touchesOf(action).writes.find((each) => each !== null && isCopiedLater(each, run))
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
              !madeByKept(each) &&
              ((found.isScratch(each) && !found.isTemporary(each)) ||
                /^\/usr\/(local\/)?include\/./.test(each) ||
                comesLater(each, run, action)),
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

  /** A removal of files in a RUN that builds, where nothing that is kept has made them. */
  function dropRemovals(): void {
    for (const { segments } of sections) {
      if (!segments.some((each) => is(each, "build"))) continue;
      for (const segment of segments) {
        if (!is(segment, "keep") || !segment.actions.every(({ command }) => command.name === "rm")) continue;
        const paths = segment.actions.flatMap((action) => touchesOf(action).writes);
        const isGone = (path: string) =>
          segments.some((each) => is(each, "drop") && writesOf(each).includes(path)) &&
          !segments.some((each) => each !== segment && is(each, "keep") && writesOf(each).includes(path));
        if (paths.length > 0 && paths.every((path) => path !== null && isGone(path))) classes.set(segment, "drop");
      }
    }
  }

  function writesOf({ actions }: Segment): readonly (string | null)[] {
    return actions.flatMap((action) => touchesOf(action).writes);
  }

  /** @throws Refused where a RUN removes, behind its build, what may be of that build, and does not take it that there is none */
  function checkRemovals(): void {
    for (const { run, segments } of sections) {
      const first = segments.findIndex((each) => is(each, "build"));
      if (first === -1) continue;
      for (const segment of segments.slice(first)) {
        if (!is(segment, "keep")) continue;
        for (const action of segment.actions) {
          if (action.command.name !== "rm" || action.words.some((word) => /^-\w*f|^--force/.test(word))) continue;
          const path = touchesOf(action).writes.find((each) => each === null || !madeByKept(each));
          if (path === undefined) continue;
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

  /** @throws Refused where a RUN that builds also fetches something into the folder it stands in, of which it is not known who needs it */
  function checkFetches(): void {
    for (const { run, step, segments } of sections) {
      const last = segments.findLastIndex(({ actions }) => actions.some(isCompile));
      for (const segment of segments.slice(0, Math.max(0, last))) {
        if (!is(segment, "keep")) continue;
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

  /** The path lies in a folder that is copied as a whole, by a COPY behind this RUN. */
  function isCopiedLater(path: string, run: Run): boolean {
    return outputs.some((output) => output.isPlace && isInside(path, output.to) && output.run.range[0] > run.range[0]);
  }

  /** The path is in the folder where a step of the build runs that is copied only behind this RUN. */
  function comesLater(path: string, run: Run, { cwd }: Action): boolean {
    return (
      cwd !== null &&
      cwd !== "/" &&
      isInside(path, cwd) &&
      sections.some(({ segments }) =>
        segments.some((each) => is(each, "build") && each.actions.some((other) => other.cwd === cwd)),
      ) &&
      outputs.some((output) => output.to !== "/" && isInside(path, output.to) && output.run.range[0] > run.range[0])
    );
  }

  /** What is fetched and unpacked among temporary files, where only parts that put it into a copied folder take it from there. */
  function dropUnpacked(all: readonly Segment[]): void {
    for (const section of sections) {
      const chain = section.segments.filter(
        (segment) =>
          is(segment, "keep") &&
          segment.actions.length > 0 &&
          segment.actions.every(isFetch) &&
          writesOf(segment).every((path) => path !== null && found.isTemporary(path)),
      );
      const folders = chain.flatMap(writesOf).filter((path) => path !== null);
      const readers = all.filter(
        (segment) =>
          !chain.includes(segment) &&
          segment.actions.some(
            (action) =>
              action.command.name !== "rm" &&
              touchesOf(action).reads.some((path) => path !== null && folders.some((folder) => isInside(path, folder))),
          ),
      );
      if (readers.length === 0 || !readers.every((segment) => is(segment, "drop", "build"))) continue;
      for (const segment of chain) classes.set(segment, "drop");
      for (const segment of section.segments)
        if (
          is(segment, "keep", "upkeep") &&
          segment.actions.length > 0 &&
          segment.actions.every(({ command }) => command.name === "rm") &&
          writesOf(segment).every((path) => path !== null && folders.some((folder) => isInside(path, folder)))
        )
          classes.set(segment, "drop");
    }
  }

  /** @throws Refused where a kept part runs a program before the COPY that brings it */
  function checkOrder(): void {
    for (const { run, segments } of sections) {
      const dropped = sections
        .filter((section) => section.run.range[0] <= run.range[0])
        .flatMap((section) => section.segments.filter((each) => is(each, "drop", "build")))
        .flatMap(writesOf);
      for (const segment of segments.filter((each) => is(each, "keep"))) {
        for (const { command } of segment.actions) {
          const path = dropped.find((each) => each !== null && baseName(each) === command.name);
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

  /** Archives that only the build unpacks. */
  function dropArchives(): void {
    const all = sections.flatMap(({ segments }) => segments);
    dropUnpacked(all);
    const touches = (segment: Segment) =>
      segment.actions
        .flatMap((action) => {
          const { reads, writes } = touchesOf(action);
          return [...reads, ...writes];
        })
        .filter((path) => path !== null);
    for (const segment of all) {
      if (
        !is(segment, "keep") ||
        segment.actions.length === 0 ||
        !segment.actions.some(({ command }) => command.name === "curl" || command.name === "wget") ||
        !segment.actions.every(
          (action) => /^(curl|wget)$/.test(action.command.name ?? "") || feedsFetch(action, segment),
        )
      )
        continue;
      const files = segment.actions.flatMap((action) => touchesOf(action).writes).filter((path) => path !== null);
      const users = all.filter((each) => each !== segment && touches(each).some((path) => files.includes(path)));
      if (users.length > 0 && users.every((each) => is(each, "drop", "build"))) classes.set(segment, "drop");
    }
  }

  function cutOf(): Run {
    const last = sections.findLast(
      ({ run, segments }) =>
        segments.some((segment) => is(segment, "build")) || outputs.some((output) => output.run === run),
    );
    if (!last)
      throw new Refused(
        "no-recipe",
        stage.from.startLine,
        "The file is not seen to build anything that could be copied out of a stage of its own.",
      );
    return last.run;
  }

  function fateOfRun({ run, segments, isList }: Section): Fate {
    const own = outputs.filter((output) => firstRun(output) === run);
    const edits = packages.edits.get(run) ?? [];
    const first = segments.findIndex((segment) => is(segment, "build"));
    const before: Segment[] = [];
    const behind: Segment[] = [];
    const upkeep: Segment[] = [];
    const lastInstall = segments.findLastIndex((segment) => is(segment, "packages") && !packages.gone.has(segment));
    const prepares = segments.slice(first + 1, Math.max(first + 1, lastInstall)).some((segment) => is(segment, "keep"));
    const split = first === -1 ? -1 : prepares ? lastInstall : first;
    for (const [index, segment] of segments.entries()) {
      if (is(segment, "upkeep")) {
        if (!packages.gone.has(segment)) upkeep.push(segment);
      } else if (is(segment, "packages")) {
        if (!packages.gone.has(segment)) before.push(segment);
      } else if (is(segment, "keep")) (split !== -1 && index > split ? behind : before).push(segment);
    }
    if (!isList && edits.length === 0) {
      const [only] = segments;
      if (only && is(only, "keep") && own.length === 0)
        return { change: "none", why: "The image needs it when it runs." };
    }
    const installs = before.some((segment) => is(segment, "packages"));
    const order = (list: Segment[]) => withState(list, segments).toSorted((a, b) => a.range[0] - b.range[0]);
    const alone = segments.every((segment) => is(segment, "upkeep", "state"));
    if (alone) {
      const needed =
        upkeep.length > 0 &&
        (packages.names.length > 0 ||
          sections.some((section) =>
            section.segments.some((segment) => is(segment, "packages") && !packages.gone.has(segment)),
          ));
      const left = order(upkeep);
      if (needed && segments.some((segment) => packages.gone.has(segment)) && left.length > 0) {
        return {
          change: "edited",
          why: "What only the build needs is taken out.",
          lines: runWith(source, run, segments, left, edits),
        };
      }
      return needed
        ? { change: "none", why: "It belongs to the packages that the image keeps." }
        : { change: "removed", why: "No package is installed that it would be for." };
    }
    if (installs) before.push(...upkeep);
    else if (behind.length + before.length > 0)
      (behind.length > 0 ? behind : before).push(
        ...upkeep.filter((segment) => segment.actions.some(({ command }) => command.name === "rm")),
      );
    const unchanged =
      own.length === 0 &&
      edits.length === 0 &&
      behind.length === 0 &&
      segments.every((segment) => before.includes(segment) || is(segment, "state"));
    if (unchanged) return { change: "none", why: "The image needs it when it runs." };
    const lines = [
      ...linesOf(order(before), segments, run, edits),
      ...copyLines(own),
      ...linesOf(order(behind), segments, run, edits),
    ];
    if (lines.length === 0) {
      return first === -1
        ? { change: "removed", why: "It is for the build alone." }
        : { change: "replaced", why: "It is a part of the build.", lines: [] };
    }
    return first === -1 && own.length === 0
      ? { change: "edited", why: "What only the build needs is taken out.", lines }
      : {
          change: "replaced",
          why:
            own.length > 0
              ? "What it builds is copied from the build stage."
              : "It builds, and what the image needs of it is kept.",
          lines,
        };
  }

  function linesOf(list: readonly Segment[], all: readonly Segment[], run: Run, edits: readonly Edit[]): string[] {
    return list.some((segment) => !is(segment, "state", "upkeep")) ? runWith(source, run, all, list, edits) : [];
  }

  /** With the settings of the shell that these parts need. */
  function withState(list: readonly Segment[], all: readonly Segment[]): Segment[] {
    const result = new Set(list);
    for (const segment of list) {
      const before = all.slice(0, all.indexOf(segment)).filter((each) => is(each, "state"));
      const folders = before.filter(({ actions }) =>
        actions.some(({ command }) => command.name === "cd" || command.name === "pushd"),
      );
      if (
        folders.length > 0 &&
        (segment.actions.some((action) => touchesOf(action).usesFolder || needsPlace(action)) ||
          /\bpwd\b|\$\{?PWD\b/.test(segment.text))
      ) {
        const from = folders.findLastIndex(({ actions }) =>
          actions.some(({ words }) => (words[0] ?? "").startsWith("/")),
        );
        for (const each of folders.slice(Math.max(0, from))) result.add(each);
      }
      for (const each of before) {
        if (
          each.actions.some(
            ({ command }) => command.name === "set" || command.name === "umask" || command.name === "shopt",
          )
        )
          result.add(each);
        const names = [...each.text.matchAll(/\b([A-Za-z_]\w*)=/g)].map(([, name]) => name ?? "");
        if (names.some((name) => [...result].some(({ text }) => new RegExp(`\\$\\{?${name}\\b`).test(text))))
          result.add(each);
      }
    }
    return [...result];
  }

  /** The RUN that the COPY of an output stands in for. */
  function firstRun({ run }: Output): Run {
    return run;
  }

  function copyLines(own: readonly Output[]): string[] {
    return own.map((output) => {
      const owner = output.owner === null ? "" : `--chown=${output.owner} `;
      return `COPY --from=${buildName(subject)} ${owner}${output.path} ${targetIn(output)}`;
    });
  }

  function fateOfCopy(instruction: Copy | Add): Fate {
    if (behindCut(instruction) || subject.keepSources)
      return { change: "none", why: "The image needs it when it runs." };
    const target = targetOf(instruction, subject);
    if (target === null) return { change: "none", why: "The image needs it when it runs." };
    if (outputs.some(({ to }) => to !== "/" && isInside(target, to)) && !startsInside(instruction, target))
      return { change: "removed", why: "The folder is copied from the build stage as a whole." };
    if (isRemovedLater(instruction)) return { change: "removed", why: "The build takes the file away again." };
    if (!found.isScratch(target) || startsFrom(start, subject, target) || usesKept(target))
      return { change: "none", why: "The image needs it when it runs." };
    if (!isInside(target, "/tmp") && !isInside(target, "/var/tmp")) copiedSources.push(instruction.startLine);
    return { change: "removed", why: "It copies sources, which only the build reads." };
  }

  /** Each file is removed by a RUN that builds. */
  function isRemovedLater({ sources, destination, ...instruction }: Copy | Add): boolean {
    const target = targetOf({ sources, destination, ...instruction } as Copy | Add, subject);
    const isFolder = /\/$|^\.$/.test(destination?.value ?? "");
    return (
      target !== null &&
      !readsKept(target) &&
      sources.length > 0 &&
      sources.every(({ value }) =>
        removedFiles.has(isFolder ? `${target === "/" ? "" : target}/${value.replace(/^.*\//, "")}` : target),
      )
    );
  }

  /** The RUN that has the COPY from the build stage stands behind a kept part that reads the file. */
  function startsInside(instruction: Instruction, target: string): boolean {
    return sections.some(
      ({ run, segments }) =>
        at(run) > at(instruction) &&
        segments.some(
          (segment) =>
            is(segment, "keep") &&
            segment.actions.some(
              (action) =>
                action.command.name === baseName(target) ||
                touchesOf(action).reads.some((path) => path !== null && isInside(path, target)),
            ),
        ) &&
        outputs.some((output) => isInside(target, output.to) && at(output.run) >= at(run)),
    );
  }

  /** A kept part reads the file, or hands it to a program that is not known. */
  function readsKept(file: string): boolean {
    return kept.some(({ actions }) =>
      actions.some(
        (action) =>
          touchesOf(action).reads.includes(file) || (action.words.includes(file) && action.command.name !== "rm"),
      ),
    );
  }

  function usesKept(folder: string): boolean {
    return kept.some(({ actions }) =>
      actions.some((action) => {
        const { reads, writes } = touchesOf(action);
        return [...reads, ...writes].some((path) => path !== null && isInside(path, folder));
      }),
    );
  }

  /** WORKDIRs and ARGs that only the build used. */
  function dropUnused(): void {
    const list = stage.instructions;
    for (const [index, instruction] of list.entries()) {
      if (behindCut(instruction)) break;
      if (instruction.type === "Workdir") {
        const { env, args, workdir } = source.facts.state(instruction);
        const path = absolute(expandPath(instruction.path?.value ?? "", env, args), workdir);
        const next = list.findIndex(
          (each, other) => other > index && each.type === "Workdir" && /^["']?\//.test(each.path?.value ?? ""),
        );
        const between = list.slice(index + 1, next === -1 ? list.length : next);
        const isUsed = next === -1 || between.some((each) => needsFolder(each));
        if (path !== null && !isUsed && found.isScratch(path))
          fates.set(instruction, { change: "removed", why: "Only the build works in it." });
      }
      if (instruction.type === "Arg" && !instruction.pairs.some(({ key }) => isUsedBehind(key.value, index))) {
        fates.set(instruction, { change: "removed", why: "Only the build uses it." });
      }
      if (
        instruction.type === "Env" &&
        base.image !== subject.imageText &&
        instruction.pairs.every(
          ({ key }) =>
            /^(GO(PATH|ROOT|111MODULE|PROXY|OS|ARCH|FLAGS)|CGO_\w+|CARGO_\w+|MAVEN_\w+|GRADLE_\w+)$/.test(key.value) &&
            !isUsedBehind(key.value, index),
        )
      ) {
        fates.set(instruction, { change: "removed", why: "Only the tools of the build read it." });
      }
    }
  }

  function needsFolder(instruction: Instruction): boolean {
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

  function isUsedBehind(name: string, index: number): boolean {
    const pattern = new RegExp(`\\$\\{?${name}\\b`);
    if (name === "DEBIAN_FRONTEND")
      return (
        packages.names.length > 0 ||
        sections.some(({ segments }) =>
          segments.some((segment) => is(segment, "packages") && !packages.gone.has(segment)),
        )
      );
    return stage.instructions.slice(index + 1).some((each) => {
      const fate = fates.get(each);
      if (fate?.change === "removed") return false;
      return pattern.test(fate?.lines ? fate.lines.join("\n") : source.getText(each));
    });
  }

  function builderEdits(): ReadonlyMap<Run, string> {
    const result = new Map<Run, string>();
    for (const [run, edits] of found.edits) {
      let text = source.getText(run);
      for (const { range, text: own } of [...edits].toSorted((a, b) => b.range[0] - a.range[0])) {
        text = text.slice(0, range[0] - run.range[0]) + own + text.slice(range[1] - run.range[0]);
      }
      result.set(run, text);
    }
    return result;
  }

  function nameAssumptions(): void {
    if (!start)
      assumptions.push(
        assume(
          `The image needs nothing of the build but ${quoted(outputs.map(({ to, path }) => (to === "/" ? path : to)))}; it says itself nothing of what is started.`,
          "O3",
          "O5",
          "O10",
        ),
      );
    if (copiedSources.length > 0)
      assumptions.push(
        assume(
          `The program reads none of its sources, which line${copiedSources.length > 1 ? "s" : ""} ${copiedSources.join(", ")} copied.`,
          "O5",
        ),
      );
    for (const { segments } of sections) {
      for (const segment of segments) {
        if (!is(segment, "build", "drop")) continue;
        for (const action of segment.actions) {
          const name = action.command.name ?? action.command.path;
          if (
            !touchesOf(action).isKnown &&
            !found.buildActions.has(action) &&
            !isKnownTool(name) &&
            !isUpkeep(action)
          ) {
            assumptions.push(
              assume(
                `What \`${name}\` writes in line ${String(action.command.loc.start.line)} is for the build alone, or lies in what is copied.`,
                "O5",
              ),
            );
          }
        }
      }
    }
    const changes = [...found.edits.values()].flat().map(({ text }) => text);
    if (changes.some((text) => text.includes("--root=")))
      assumptions.push(assume("`pip install` writes below `/out` all that it writes without `--root`.", "O1", "O2"));
    if (changes.some((text) => text.includes("DESTDIR=")))
      assumptions.push(assume("`make install` writes below `/out` all that it writes without DESTDIR.", "O1", "O2"));
    if (changes.some((text) => text.includes("--bindir")))
      assumptions.push(assume("The programs of the gems run as well from `/usr/local/bin`.", "O1"));
    for (const segment of kept) {
      for (const { command } of segment.actions) {
        if (runsScript(command.path, command.args[0]?.value)) {
          assumptions.push(
            assume(
              `The script in line ${String(command.loc.start.line)} needs none of the packages that stay behind.`,
              "O10",
            ),
          );
        }
      }
    }
    const [first] = subject.runs;
    if (
      first?.state.workdir === null &&
      outputs.some(
        ({ isPlace, run }) => isPlace && subject.runs.some((step) => step.run === run && step.state.workdir === null),
      )
    ) {
      assumptions.push(assume(`\`${subject.imageText}\` works in \`/\`.`, "O2", "O4"));
    }
    const script = scriptOf(start);
    if (script !== null) assumptions.push(...scriptAssumptions(script));
  }

  function scriptAssumptions(script: string): Assumption[] {
    const text =
      subject.context?.read(script.replace(/^\.?\//, "")) ??
      subject.context?.read(script.split("/").at(-1) ?? "") ??
      null;
    if (text === null) return [assume(`\`${script}\` starts nothing that only the build stage has.`, "O3", "O10")];
    const tool =
      /(?:^|[\s;&|(])(go (?:run|build)|cargo|mvn|gradle|make|gcc|g\+\+|dotnet (?:run|build)|npm (?:run build|install|ci)|pip3? install)(?=\s|$)/m.exec(
        text,
      )?.[1];
    if (tool !== undefined)
      throw new Refused(
        "script-builds",
        start?.instruction.startLine ?? 1,
        `\`${script}\` runs \`${tool}\`, so the image needs its tools.`,
      );
    return [];
  }
}

/** It only says what is to be fetched: `tool | xargs curl -o file`. */
const feedsFetch = ({ command }: Action, { actions }: Segment): boolean =>
  command.redirects.length === 0 &&
  actions.some(
    (other) =>
      isFetch(other) && other.command.wrappers.some(({ name }) => name === "xargs") && other.command !== command,
  );

/** Package managers of languages that compile what they install. */
const alsoBuilds =
  /^(opam|cabal|luarocks|nimble|esy|spago|raco|cpanm?|carton|rebar3?|mix|docker-php-ext-install|pecl)$/;

const isCompile = ({ command }: Action): boolean =>
  /^(make|gmake|cmake|ninja|meson|scons|gcc|g\+\+|cc|configure|autoreconf)$/.test(command.name ?? "");

/** Commands that are in no table of paths, but do the same wherever they run. */
const placeless =
  /^(useradd|adduser|groupadd|addgroup|usermod|groupmod|chpasswd|passwd|ldconfig|locale-gen|localedef|update-[\w.-]+|a2(en|dis)(mod|site|conf)|systemctl|service|setcap|apt-key|add-apt-repository|dpkg-reconfigure|debconf-set-selections|docker-php-ext-\w+|pecl|php5?enmod|phpenmod|apt|apt-get|apk|yum|dnf|microdnf|rpm|npm|gem|pip[\d.]*|sync|gpg|for|if|while|do|done)$/;

/** The command may read the folder it runs in. */
const needsPlace = (action: Action): boolean =>
  !touchesOf(action).isKnown && !placeless.test(action.command.name ?? "") && !action.command.path.startsWith("/");

const isUnpacked = ({ command, words }: Action): boolean =>
  (/^(tar|unzip|bsdtar)$/.test(command.name ?? "") && !words.some((word) => /^(-\w*[Cd]|--directory.*)$/.test(word))) ||
  (command.name === "git" && words.includes("clone"));

const runsScript = (path: string, first: string | undefined): boolean =>
  /^\.{1,2}\/|^\/(?!usr\/|bin\/|sbin\/)/.test(path) ||
  (/^(\/bin\/)?(ba|a|da)?sh$/.test(path) && first !== undefined && !first.startsWith("-"));

const isKnownTool = (name: string): boolean =>
  /^(pip[\d.]*|npm|yarn|pnpm|go|cargo|mvnw?|gradlew?|gem|bundle|ldconfig|apt-get|apt|apk|yum|dnf|sudo|activate|wc|if|bash|sh|su|scanelf|strip)$/.test(
    name,
  );

function scriptOf(start: Start | null): string | null {
  if (!start) return null;
  if (/^(npm|yarn|pnpm)$/.test(start.program)) return null;
  const words = [start.program, ...start.args];
  const script = words.find((word) =>
    /\.sh$|entrypoint|(^|\/)(start|run|init|my_init|supervisord?)(-[\w-]+)?$|\/bin\/start/i.test(word),
  );
  return script ?? null;
}

const expandPath = (text: string, ...values: readonly ReadonlyMap<string, string | null>[]): string =>
  text.replace(
    /\$\{?(\w+)\}?/g,
    (whole, name: string) => values.map((each) => each.get(name)).find((value) => typeof value === "string") ?? whole,
  );

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");

/** The paths that COPY and ADD write, as far as their words tell. */
function filesCopied(subject: Subject): ReadonlySet<string> {
  return new Set(
    subject.stage.instructions.flatMap((each) => {
      if (each.type !== "Copy" && each.type !== "Add") return [];
      const target = targetOf(each, subject);
      if (target === null) return [];
      return [
        target,
        ...each.sources.map(({ value }) => `${target === "/" ? "" : target}/${value.replace(/^.*\//, "")}`),
      ];
    }),
  );
}
