import type { Run } from "@stagewright/ast";
import { buildOf } from "@stagewright/core";
import { absolute, baseName, folderOf, isInside } from "../paths.ts";
import { ownerOf } from "../runs.ts";
import { type Action, Refused } from "../types.ts";
import { shared, temporary } from "./folders.ts";
import type { Building } from "./sections.ts";
import type { Site } from "./site.ts";
import { startPath, startsFrom } from "./started.ts";
import { targetOf } from "./targets.ts";
import { touchesOf } from "./touches.ts";

/**
 * Whether the folder of a build goes into the image, or only what is taken out of it.
 * @throws Refused where the build leaves its result among other files
 */
export function decidePlace(site: Site, { action, step, made }: Building): void {
  const folder = made.kind === "place" || made.kind === "paths" ? made.folder : undefined;
  if (folder === undefined) return;
  if (folder === null) throw unknownPlace(step.run, action);
  if (isLibrary(site, action, folder)) {
    site.scratch.add(folder);
    return;
  }
  if (site.isRemoved(folder)) {
    if (buildOf(action.command)?.node && !installsFrom(site, folder) && !isMovedFrom(site, folder))
      throw goneBuild(step.run, action);
    return;
  }
  if (temporary.some((each) => isInside(folder, each))) {
    site.scratch.add(folder);
    return;
  }
  const { subject, start, outputs } = site;
  const sources = sourcesOf(action);
  const place =
    sources !== null && start !== null && !startsFrom(start, subject, folder) && startsFrom(start, subject, sources)
      ? sources
      : folder;
  const root = withNamed(
    site,
    site.fetched.filter((each) => isInside(folder, each)).toSorted((a, b) => a.length - b.length)[0] ?? place,
  );
  const isStarted =
    (startsFrom(start, subject, root) && !outputs.has(startPath(start, subject) ?? "")) ||
    isSettledLater(site, root) ||
    isNamed(site, root) ||
    isWrittenElsewhere(site, root);
  // What an interpreter runs stays where its packages are, whatever else is taken from there.
  const isInPlace = buildOf(action.command)?.kind === "dependencies";
  if (!isStarted && (installsFrom(site, root) || (!isInPlace && isMovedFrom(site, root)))) {
    for (const each of [root, sources]) if (each !== null && !shared.has(each)) site.scratch.add(each);
    return;
  }
  if (site.isCarried(root)) return;
  if (shared.has(root)) throw unknownPlace(step.run, action);
  for (const [key, output] of outputs) if (isInside(output.to, root) && output.to !== root) outputs.delete(key);
  site.add({ path: root, to: root, run: step.run, isPlace: true, owner: ownerOf(step) });
}

/** `mvn install` puts a library into the repository, for a build in another folder, from which the program starts. */
const isLibrary = ({ subject, start, made }: Site, { command, words }: Action, folder: string): boolean =>
  command.name === "mvn" &&
  words.includes("install") &&
  !shared.has(folder) &&
  !startsFrom(start, subject, folder) &&
  made.some(
    ({ action: { cwd } }) =>
      cwd !== null && !isInside(cwd, folder) && !shared.has(cwd) && isInside(subject.state.workdir ?? "/", cwd),
  );

/** ENV names the folder, for programs that the image runs, or one in it where programs and libraries are looked for. */
export const isNamed = (site: Site, folder: string): boolean =>
  !shared.has(folder) &&
  ((site.fetched.includes(folder) &&
    [...site.subject.state.env].some(([name, value]) => value === folder && !/SRC|SOURCE|BUILD|TMP/i.test(name))) ||
    site.searched.some((path) => isInside(path, folder)));

/** The folder above, where programs are looked for beside the folder of the build, in what was unpacked with it. */
function withNamed(site: Site, folder: string): string {
  const above = folderOf(folder);
  // That of a project has its version in its name.
  return /[-_]v?\d/.test(baseName(above)) &&
    site.searched.some((path) => isInside(path, above) && !isInside(path, folder))
    ? above
    : folder;
}

/** A command writes the folder's name into a file that lies elsewhere, so that what reads it looks there. */
function isWrittenElsewhere({ sections }: Site, folder: string): boolean {
  const names = new RegExp(`${folder.replace(/[.+*?^${}()|[\]\\]/g, "\\$&")}(?![\\w.-])`);
  return (
    !shared.has(folder) &&
    sections.some(({ step }) =>
      step.actions.some(
        (action) =>
          /^(echo|printf)$/.test(action.command.name ?? "") &&
          action.words.some((word) => names.test(word)) &&
          touchesOf(action).writes.some(
            (path) =>
              path !== null &&
              !isInside(path, folder) &&
              !temporary.some((each) => isInside(path, each)) &&
              !/\/ld\.so\.conf/.test(path),
          ),
      ),
    )
  );
}

/** An instruction behind all builds puts a file into the folder: it is used from there. */
function isSettledLater({ made, sections, subject }: Site, folder: string): boolean {
  if (shared.has(folder)) return false;
  const last = made.findLast(({ action: { cwd } }) => cwd !== null && isInside(cwd, folder));
  const behind = last?.step.run.range[0] ?? 0;
  return (
    sections.some(
      ({ run, step }) =>
        run.range[0] > behind &&
        step.actions.some(
          (action) =>
            ["cp", "mv", "install"].includes(action.command.name ?? "") &&
            touchesOf(action).writes.some((path) => path !== null && isInside(path, folder)) &&
            !touchesOf(action).reads.every((path) => path !== null && isInside(path, folder)),
        ),
    ) ||
    subject.stage.instructions.some(
      (each) =>
        (each.type === "Copy" || each.type === "Add") &&
        each.range[0] > behind &&
        isInside(targetOf(each, subject) ?? "/", folder),
    )
  );
}

/** Something in the folder installs itself elsewhere. */
const installsFrom = ({ made }: Site, folder: string): boolean =>
  made.some(
    ({ action, made: result }) =>
      action.cwd !== null &&
      (isInside(action.cwd, folder) || (!shared.has(action.cwd) && isInside(folder, action.cwd))) &&
      (result.kind === "staged" ||
        (result.kind === "paths" &&
          !inPlace.test(action.command.name ?? "") &&
          result.paths.some((path) => !isInside(path, folder)))),
  );

/** Tools that install what a program in the folder needs, wherever they run. */
const inPlace =
  /^(npm|yarn|pnpm|bundler?|gem|pip[\d.]*|python[\d.]*|easy_install.*|pipenv|virtualenv|conda|mamba|composer|pecl|docker-php-ext-\w+|cpanm?|luarocks|R|Rscript|install2?\.r|mvnw?)$/;

/** The folder of the sources that a build in a folder of its own is given, as in `cmake ..`; `null` where it lies elsewhere than above. */
function sourcesOf({ command, words, cwd }: Action): string | null {
  const given = /^(cmake|meson)$/.test(command.name ?? "")
    ? words.find((word) => /^\.\.(\/\.\.)*\/?$/.test(word))
    : undefined;
  return given === undefined ? null : absolute(given, cwd);
}

const isMovedFrom = ({ moves }: Site, folder: string): boolean =>
  // Settings may say where the rest is.
  moves.some(({ from, to }) => isInside(from, folder) && !isInside(to, folder) && !isInside(to, "/etc"));

const unknownPlace = (run: Run, { command, cwd }: Action): Refused =>
  new Refused(
    "unknown-output",
    run.startLine,
    cwd === null
      ? `In which folder \`${command.name ?? command.path}\` builds is not known.`
      : `\`${command.name ?? command.path}\` builds in \`${cwd}\`, among other files.`,
    "Build in a folder of its own, which WORKDIR names.",
  );

const goneBuild = ({ startLine }: Run, { command, cwd }: Action): Refused =>
  new Refused(
    "unknown-output",
    startLine,
    `Where \`${command.name ?? command.path}\` leaves what it builds in \`${cwd ?? ""}\`, which is taken away again, is not known.`,
    "Copy it to its place in the RUN that builds.",
  );
