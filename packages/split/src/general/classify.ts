import { valueOf } from "../flag-value.ts";
import { isUpkeep, packagesOf } from "../packages.ts";
import { absolute, baseName, isInside } from "../paths.ts";
import type { Action, Subject } from "../types.ts";
import { compilesC } from "../make-tools.ts";
import { clonedBy } from "./folders.ts";
import { type Class, type Parts, madeByKept, noise, isUnpacked } from "./parts.ts";
import type { Segment } from "./segments.ts";
import type { Section } from "./sections.ts";
import { targetOf } from "./targets.ts";
import { isFetch, touchesOf, userChanges } from "./touches.ts";

/** What becomes of a part, as far as it shows by itself. */
export function classify(parts: Parts, segment: Segment, section: Section, index: number): Class {
  const { subject, found, sections, outputs } = parts;
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
      (action) => isUpkeep(action) && !stateful.has(action.command.name ?? "") && action.command.redirects.length === 0,
    ) &&
    actions.some(({ command }) => !/^(echo|true|:|rm)$/.test(command.name ?? ""))
  )
    return "upkeep";
  const touched = actions.map(touchesOf);
  const reads = touched.flatMap((each) => each.reads);
  const writes = [...touched.flatMap((each) => each.writes), ...groupWrites(segment)];
  const known = [...reads, ...writes].filter((path) => path !== null);
  const isBehind = sections.indexOf(section) > lastBuildOf(parts);
  const isBuilding = section.segments.some((each) => found.builds.has(each));
  if (!isBuilding && bringsTool(parts, section)) return "drop";
  // What another RUN puts among temporary files may be for one that stays.
  const isOurs = (path: string) =>
    (found.isScratch(path) && (isBuilding || !found.isTemporary(path))) || (!isBehind && found.isCarried(path));
  if (
    known.length === 0 &&
    actions.every((action) => noise.has(action.command.name ?? "") && action.command.redirects.length === 0)
  ) {
    return isBuilding || (!isBehind && actions.some(({ cwd }) => cwd !== null && cwd !== "/" && isOurs(cwd)))
      ? "drop"
      : "keep";
  }
  if (actions.every(choosesCompiler)) return "drop";
  if (isBuilding && actions.every(({ command }) => testers.test(command.name ?? ""))) return "drop";
  if (actions.some(({ command }) => command.name === "update-alternatives")) return "keep";
  if (isBuilding && actions.every((action) => makesParent(parts, section, action))) return "drop";
  if (actions.every(({ command }) => command.name === "rm")) {
    const lists =
      known.length > 0 && known.every((path) => /^\/(var\/(lib\/apt|cache)(\/|$)|tmp$|var\/tmp$)/.test(path));
    if (lists) return "upkeep";
    const isAbsent = (path: string) =>
      /^\/((usr\/local|opt)\/.|root\/\.(cache|npm|m2|gem|cargo|composer|node-gyp)(\/|$))/.test(path) &&
      !outputs.some(({ to }) => to !== "/" && (isInside(path, to) || isInside(to, path)));
    const isCopied =
      section.segments.some((each) => found.builds.has(each)) &&
      known.every((path) => isOurs(path) || filesCopied(subject).has(path));
    if (known.length > 0 && isCopied) return "drop";
    // Caches are those of the tools that stay behind, wherever they are taken away.
    const isGone = (path: string) =>
      isAbsent(path) && (isBehind || path.startsWith("/root/.")) && !madeByKept(parts, path);
    if (known.length > 0 && known.every((path) => (isBehind && isOurs(path)) || isGone(path))) return "drop";
  }
  if (isAssignment(segment)) return "state";
  const isOpaque = touched.some(({ isKnown }) => !isKnown);
  if (isOpaque && known.every((path) => found.isTemporary(path))) return "keep";
  const isInScratch = actions.every(
    ({ cwd }) => cwd !== null && cwd !== section.step.state.workdir && found.isScratch(cwd) && !found.isTemporary(cwd),
  );
  if (actions.some(placesElsewhere)) return "keep";
  if (isInScratch && known.every(isOurs)) return "drop";
  if (known.length > 0 && known.every(isOurs) && !runsElsewhere(parts, segment))
    return ownsPlace(parts, segment) || (opaqueInPlace(parts, segment) && !preparesBuild(parts, section, index))
      ? "keep"
      : "drop";
  const written = writes.filter((path) => path !== null);
  if (written.length > 0 && written.every(isOurs)) return ownsPlace(parts, segment) ? "keep" : "drop";
  if (
    reads.some((path) => path !== null && found.isScratch(path)) &&
    written.length > 0 &&
    touched.every(({ isKnown }) => isKnown) &&
    !actions.some(isFetch)
  ) {
    const isCarried = (path: string) =>
      outputs.some(({ to }) => to !== "/" && (isInside(path, to) || isInside(to, path)));
    if (written.every(isCarried)) return "drop";
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
    const isOfProgram = section.segments
      .slice(index + 1)
      .some((other) => other.actions.some((action) => preparesProgram(action, writes)));
    const isUnused = actions.some((action) => isUnusedClone(parts, action));
    if (!absoluteTarget && !isRunIn && !isOfProgram && !isUnused && !/\bapt-key\b|sources\.list/.test(segment.text))
      return "drop";
  }
  return "keep";
}

/** Programs that only test what was built, often with packages that go away again. */
const testers = /^(pytest|py\.test|nosetests|rspec|phpunit)$/;

/** It installs what a program needs that lies in one of the folders: an interpreter runs it from there. */
const preparesProgram = ({ command, cwd, words }: Action, folders: readonly (string | null)[]): boolean => {
  const name = command.name ?? "";
  const list = /^pip|^python/.test(name) ? valueOf(words, "-r", "--requirement") : null;
  const place = list !== null ? absolute(list, cwd) : /^bundler?$/.test(name) ? cwd : null;
  return place !== null && folders.some((folder) => folder !== null && isInside(place, folder) && place !== "/");
};

/** It clones what no later command is seen to use, nor to name. */
const isUnusedClone = ({ sections }: Parts, action: Action): boolean => {
  const folders = clonedBy(action);
  const isUsed = (segment: Segment) =>
    folders.some(
      (folder) =>
        segment.text.includes(baseName(folder)) ||
        segment.actions.some(({ cwd }) => cwd !== null && isInside(cwd, folder)),
    );
  return (
    folders.length > 0 &&
    !sections.some(({ segments }) =>
      segments.some((segment) => segment.range[0] > action.command.range[1] && isUsed(segment)),
    )
  );
};
/** It puts files where only a variable says, which nothing in the file sets. */
const placesElsewhere = (action: Action): boolean =>
  /^(cp|mv|install|ln)$/.test(action.command.name ?? "") &&
  touchesOf(action).writes.includes(null) &&
  /^\$/.test(action.words.at(-1) ?? "");

/** The file that a group or subshell writes as a whole. */
const groupWrites = ({ text }: Segment): readonly string[] =>
  [...text.matchAll(/[)}]\s*(?:\|[^>]*)?>>?\s*(\/[\w./-]+)/g)].map(([, path]) => path ?? "/");

/** It only gives a variable what a command prints. */
const isAssignment = ({ text, actions }: Segment): boolean =>
  /^\s*[A-Za-z_]\w*=/.test(text) && actions.every(({ command }) => command.context.nesting.includes("substitution"));

/** It makes a folder into which the RUN puts what is copied: COPY makes it too, and `mkdir` would find it there. */
const makesParent = ({ outputs }: Parts, { run }: Section, action: Action): boolean =>
  action.command.name === "mkdir" &&
  !action.words.some((word) => /^-\w*m/.test(word)) &&
  touchesOf(action).writes.every(
    (path) =>
      path !== null && outputs.some((output) => output.run === run && output.to !== "/" && isInside(output.to, path)),
  );

/** It gives a compiler of the image, or a pip that stays behind, another name. */
const choosesCompiler = ({ command, words }: Action): boolean =>
  /^(update-alternatives|alternatives|ln)$/.test(command.name ?? "") &&
  words.some((word) =>
    /^(\/usr\/bin\/([\w-]+-)?(gcc|g\+\+|cc|c\+\+|cpp|clang(\+\+)?|gfortran)(-[\d.]+)?|javac|\/usr\/bin\/pip[\d.]*)$/.test(
      word,
    ),
  );

/** The RUN does nothing but put a tool of the build in its place, which comes as an archive. */
function bringsTool(parts: Parts, { run, segments }: Section): boolean {
  const { source } = parts.subject;
  const tool = buildTools.find(({ archive }) => archive.test(source.getText(run)));
  const isUsed = (segment: Segment) =>
    tool?.command.test(segment.text) || segment.actions.some(({ command }) => compilesC(command.name));
  return (
    tool !== undefined &&
    [...parts.found.builds].some(isUsed) &&
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

/** Changes the owner or the mode of a carried folder itself, which COPY does not take along; before the COPY there is nothing to change. */
function ownsPlace(parts: Parts, { actions, range }: Segment): boolean {
  const { outputs } = parts;
  return actions.some(
    (action) =>
      /^(chown|chgrp|chmod)$/.test(action.command.name ?? "") &&
      touchesOf(action).writes.some((path) => outputs.some(({ to, run }) => to === path && run.range[0] <= range[0])),
  );
}

/** A program of a carried folder, of which nothing is known, runs in another folder: there it may write what the image needs. */
const runsElsewhere = ({ found }: Parts, { actions }: Segment): boolean =>
  actions.some(
    (action) =>
      !touchesOf(action).isKnown &&
      action.command.path.includes("/") &&
      action.cwd !== null &&
      found.isCarried(absolute(action.command.path, action.cwd) ?? "/") &&
      !found.isCarried(action.cwd) &&
      !found.isScratch(action.cwd),
  );

/** A program of a carried folder does more than can be seen. */
function opaqueInPlace(parts: Parts, { actions }: Segment): boolean {
  const { found } = parts;
  return actions.some(
    (action) =>
      !touchesOf(action).isKnown &&
      action.command.path.startsWith("./") &&
      action.cwd !== null &&
      found.isCarried(action.cwd),
  );
}

/** A build behind it in the same RUN runs in its folder. */
const preparesBuild = ({ found }: Parts, { segments }: Section, index: number): boolean =>
  segments
    .slice(index + 1)
    .some(
      (other) =>
        found.builds.has(other) &&
        other.actions.some(({ cwd }) => segments[index]?.actions.some((own) => own.cwd === cwd)),
    );

/** Archives of tools that only a build needs, with the commands that show it. */
export const buildTools: readonly { readonly archive: RegExp; readonly command: RegExp }[] = [
  { archive: /apache-maven-|\bmaven-\d/, command: /\bmvnw?\b/ },
  { archive: /apache-ant-/, command: /\bant\b/ },
  { archive: /\bgradle-[\d$]/, command: /\bgradlew?\b/ },
  { archive: /\bgo[\d.$]\S*\.linux|golang\.org\/dl|storage\.googleapis\.com\/golang/, command: /\bgo\b/ },
  { archive: /\bcmake-[\d$]/, command: /\bcmake\b/ },
  { archive: /\bsbt-[\d$]/, command: /\bsbt\b/ },
];

/** Commands that put files in their place. */
const placing = new Set("mv cp ln mkdir rm chmod chown echo touch".split(" "));

const stateful = new Set("cd set export unset pushd popd shopt umask ulimit . source deactivate".split(" "));

/** The last RUN that builds, or that makes something the image needs. */
const lastBuildOf = ({ sections, found, outputs }: Parts): number =>
  sections.findLastIndex(
    ({ run, segments }) =>
      segments.some((each) => found.builds.has(each)) || outputs.some((output) => output.run === run),
  );

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
