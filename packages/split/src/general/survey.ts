import type { Run } from "@stagewright/ast";
import { buildOf } from "@stagewright/core";
import { absolute, baseName, folderOf as parentOf, isInside } from "../paths.ts";
import { ownerOf, runsOf } from "../runs.ts";
import { type Action, Refused, type RunStep, type Start, type Subject } from "../types.ts";
import { type Made, stagingFolder, type World } from "../recipes/made.ts";
import { madeBy } from "../recipes/made-by.ts";
import { clonedBy, copiedBy, ofSystem, removedBy, shared, temporary } from "./folders.ts";
import { type Edit, type Segment, segmentsOf } from "./segments.ts";
import { startPath, startsFrom } from "./started.ts";
import { targetOf } from "./targets.ts";
import { touchesOf } from "./touches.ts";

/** A RUN in its parts. */
export interface Section {
  readonly step: RunStep;
  readonly run: Run;
  /** One for the whole RUN where it is no list of the shell. */
  readonly segments: readonly Segment[];
  readonly isList: boolean;
}

/** A path that the build makes and the image needs. */
export interface Output {
  readonly path: string;
  readonly to: string;
  readonly run: Run;
  readonly owner: string | null;
  /** The whole folder in which the build ran. */
  readonly isPlace: boolean;
}

export interface Survey {
  readonly sections: readonly Section[];
  readonly builds: ReadonlySet<Segment>;
  readonly buildActions: ReadonlySet<Action>;
  readonly outputs: readonly Output[];
  /** Commands that only put what was built in its place. */
  readonly moved: ReadonlySet<Action>;
  /** Words that the build stage has to have. */
  readonly edits: ReadonlyMap<Run, readonly Edit[]>;
  /** The path is for the build alone. */
  isScratch(path: string): boolean;
  /** The path lies among temporary files, and in no folder that is known to be of the build. */
  isTemporary(path: string): boolean;
  isCarried(path: string): boolean;
}

/** Tools that take nothing from where they run to where they install. */
const compilers = new Set("make gmake ninja cmake meson scons go cargo stack".split(" "));

/**
 * What a file builds, where it leaves it, and which folders only its build uses.
 * @throws Refused where a build leaves its result among other files
 */
export function survey(subject: Subject, world: World, start: Start | null): Survey {
  const { source, stage } = subject;
  const runs = runsOf(stage, source.facts, "/");
  const sections = runs.map((step): Section => {
    const segments = segmentsOf(step, source);
    const whole: Segment = { range: step.run.range, text: source.getText(step.run), actions: step.actions };
    return { step, run: step.run, segments: segments.length > 0 ? segments : [whole], isList: segments.length > 0 };
  });
  const made = sections.flatMap(({ step, segments }) =>
    segments.flatMap((segment) =>
      segment.actions.flatMap((action) => {
        const result = madeBy(action, step, world);
        return result ? [{ action, step, segment, made: result }] : [];
      }),
    ),
  );
  const builds = new Set(made.map(({ segment }) => segment));
  const removed = removedByBuild();
  const fetched = runs.flatMap(({ actions }) => actions.flatMap(clonedBy));
  const copied = stage.instructions.flatMap((each) =>
    each.type === "Copy" || each.type === "Add" ? copiedBy(each, subject) : [],
  );
  const edits = new Map<Run, readonly Edit[]>();
  const outputs = new Map<string, Output>();
  const moved = new Set<Action>();
  const scratch = new Set<string>(temporary);
  const isRemoved = (path: string) => removed.some((folder) => isInside(path, folder));

  for (const { step, made: result } of made) {
    if (result.kind === "paths")
      for (const path of result.paths)
        if (!isRemoved(path))
          add({ path, to: path, run: step.run, isPlace: false, owner: ofSystem(path) ? null : ownerOf(step) });
    if (result.kind === "staged") add({ path: stagingFolder, to: "/", run: step.run, isPlace: false, owner: null });
    if ((result.kind === "paths" || result.kind === "staged") && result.edits)
      edits.set(step.run, [...(edits.get(step.run) ?? []), ...result.edits]);
  }
  for (const { action, step, made: result } of made) {
    const folder = folderOf(result);
    if (folder === undefined) continue;
    if (folder === null) throw unknownPlace(step.run, action);
    if (isLibrary(action, folder)) {
      scratch.add(folder);
      continue;
    }
    decide(folder, step, action);
  }
  for (const { action, made: result } of made) {
    const leavesSources =
      result.kind === "step" || (result.kind !== "place" && compilers.has(action.command.name ?? ""));
    if (
      leavesSources &&
      !startsFrom(start, subject, action.cwd ?? "/") &&
      action.cwd !== null &&
      !(fetched.includes(action.cwd) && isNamed(action.cwd)) &&
      !shared.has(action.cwd) &&
      !carried(action.cwd)
    )
      scratch.add(action.cwd);
  }
  addMoves();
  if ((builds.size === 0 || outputs.size === 0) && stage.index > 0) {
    throw new Refused("several-stages", stage.from.startLine, "The file is a multi-stage build already.");
  }
  if (builds.size === 0 || outputs.size === 0) {
    throw new Refused(
      "no-recipe",
      stage.from.startLine,
      "The file is not seen to build anything that could be copied out of a stage of its own.",
    );
  }
  return {
    sections,
    builds,
    buildActions: new Set(made.map(({ action }) => action)),
    edits,
    moved,
    outputs: reduced([...outputs.values()]),
    isCarried: (path) => carried(path) && !isGone(path),
    isTemporary: (path) =>
      temporary.some((folder) => isInside(path, folder)) &&
      ![...scratch, ...removed].some((folder) => !temporary.includes(folder) && isInside(path, folder)),
    isScratch: (path) =>
      isGone(path) || ([...scratch, ...removed].some((folder) => isInside(path, folder)) && !carried(path)),
  };

  /** The build takes it away again from the folder that is copied. */
  function isGone(path: string): boolean {
    return removed.some(
      (folder) =>
        isInside(path, folder) &&
        carried(folder) &&
        ![...outputs.values()].some(({ to }) => isInside(path, to) && isInside(to, folder)),
    );
  }

  /** `mvn install` puts a library into the repository, for a build in another folder, from which the program starts. */
  function isLibrary({ command, words }: Action, folder: string): boolean {
    return (
      command.name === "mvn" &&
      words.includes("install") &&
      !shared.has(folder) &&
      !startsFrom(start, subject, folder) &&
      made.some(
        ({ action: { cwd } }) =>
          cwd !== null && !isInside(cwd, folder) && !shared.has(cwd) && isInside(subject.state.workdir ?? "/", cwd),
      )
    );
  }

  /** Folders that a build takes away once it is done: in its own RUN, or in another one where it ran in them. */
  function removedByBuild(): string[] {
    const folders = made.flatMap(({ action }) => action.cwd ?? []);
    return sections.flatMap(({ segments }) => {
      const first = segments.findIndex((segment) => builds.has(segment));
      return segments.flatMap(({ actions }, index) =>
        actions
          .flatMap((action) => removedBy(action).filter((folder) => !isMadeAgain(folder, action)))
          .filter((folder) => (first !== -1 && index >= first) || folders.some((each) => isInside(each, folder))),
      );
    });
  }

  /** A later command puts something there that no command takes away. */
  function isMadeAgain(folder: string, removal: Action): boolean {
    return runs.some(({ actions }) =>
      actions.some(
        (action) =>
          action.command.range[0] > removal.command.range[0] &&
          ["ln", "cp", "mv", "mkdir"].includes(action.command.name ?? "") &&
          touchesOf(action).writes.includes(folder) &&
          !actions.some(
            (other) => other.command.range[0] > action.command.range[0] && removedBy(other).includes(folder),
          ),
      ),
    );
  }

  /** @throws Refused for a folder of the system as a whole, among whose files those of the build cannot be told */
  function add(output: Output): void {
    if (/^\/(usr|etc|bin|sbin|lib|lib64|var)?$/.test(output.path) && output.to !== "/") {
      throw new Refused(
        "unknown-output",
        output.run.startLine,
        `What the build writes to \`${output.path}\` lies among the files of packages.`,
        "Install below a prefix of its own, such as `/opt/NAME`.",
      );
    }
    if (!outputs.has(output.to)) outputs.set(output.to, output);
  }

  function carried(path: string): boolean {
    return [...outputs.values()].some(({ to }) => to !== "/" && isInside(path, to));
  }

  /** Whether the folder of a build goes into the image, or only what is taken out of it. */
  function decide(folder: string, step: RunStep, action: Action): void {
    if (isRemoved(folder) || temporary.some((each) => isInside(folder, each))) {
      if (isRemoved(folder)) {
        if (buildOf(action.command)?.node && !installsFrom(folder) && !movedFrom(folder))
          throw goneBuild(step.run, action);
        return;
      }
      scratch.add(folder);
      return;
    }
    const sources = sourcesOf(action);
    const place =
      sources !== null && !startsFrom(start, subject, folder) && startsFrom(start, subject, sources) ? sources : folder;
    const root = fetched.filter((each) => isInside(folder, each)).toSorted((a, b) => a.length - b.length)[0] ?? place;
    const isStarted =
      (startsFrom(start, subject, root) && !outputs.has(startPath(start, subject) ?? "")) ||
      isSettledLater(root) ||
      isNamed(root) ||
      isWrittenElsewhere(root);
    // What an interpreter runs stays where its packages are, whatever else is taken from there.
    const isInPlace = buildOf(action.command)?.kind === "dependencies";
    if (!isStarted && (installsFrom(root) || (!isInPlace && movedFrom(root)))) {
      for (const each of [root, sourcesOf(action)]) if (each !== null && !shared.has(each)) scratch.add(each);
      return;
    }
    if (carried(root)) return;
    if (shared.has(root)) throw unknownPlace(step.run, action);
    for (const [key, output] of outputs) if (isInside(output.to, root) && output.to !== root) outputs.delete(key);
    add({ path: root, to: root, run: step.run, isPlace: true, owner: ownerOf(step) });
  }

  /** ENV names the folder, for programs that the image runs. */
  function isNamed(folder: string): boolean {
    return (
      !shared.has(folder) &&
      fetched.includes(folder) &&
      [...subject.state.env].some(([name, value]) => value === folder && !/SRC|SOURCE|BUILD|TMP/i.test(name))
    );
  }

  /** A command writes the folder's name into a file that lies elsewhere, so that what reads it looks there. */
  function isWrittenElsewhere(folder: string): boolean {
    const names = new RegExp(`${folder.replace(/[.+*?^${}()|[\]\\]/g, "\\$&")}(?![\\w.-])`);
    return (
      !shared.has(folder) &&
      runs.some(({ actions }) =>
        actions.some(
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
  function isSettledLater(folder: string): boolean {
    if (shared.has(folder)) return false;
    const last = made.findLast(({ action: { cwd } }) => cwd !== null && isInside(cwd, folder));
    const behind = last?.step.run.range[0] ?? 0;
    return (
      runs.some(
        ({ run, actions }) =>
          run.range[0] > behind &&
          actions.some(
            (action) =>
              ["cp", "mv", "install"].includes(action.command.name ?? "") &&
              touchesOf(action).writes.some((path) => path !== null && isInside(path, folder)) &&
              !touchesOf(action).reads.every((path) => path !== null && isInside(path, folder)),
          ),
      ) ||
      stage.instructions.some(
        (each) =>
          (each.type === "Copy" || each.type === "Add") &&
          each.range[0] > behind &&
          isInside(targetOf(each, subject) ?? "/", folder),
      )
    );
  }

  /** Something in the folder installs itself elsewhere. */
  function installsFrom(folder: string): boolean {
    return made.some(
      ({ action, made: result }) =>
        action.cwd !== null &&
        (isInside(action.cwd, folder) || (!shared.has(action.cwd) && isInside(folder, action.cwd))) &&
        (result.kind === "staged" ||
          (result.kind === "paths" &&
            !/^(npm|yarn|pnpm|bundle|gem|pip[\d.]*|python[\d.]*|virtualenv|composer|mvnw?)$/.test(
              action.command.name ?? "",
            ) &&
            result.paths.some((path) => !isInside(path, folder)))),
    );
  }

  function movedFrom(folder: string): boolean {
    return moves().some(({ from, to }) => isInside(from, folder) && !isInside(to, folder));
  }

  function moves(): Move[] {
    return sections.flatMap(({ run, segments }) => {
      const first = segments.findIndex((segment) => builds.has(segment));
      return segments.flatMap(({ actions }, index) =>
        actions.flatMap((action) => {
          const { command, words } = action;
          const isMove = ["cp", "mv", "install"].includes(command.name ?? "") && !words.includes("-d");
          const { reads, writes } = touchesOf(action);
          const [target = null] = writes;
          if ((!isMove && command.name !== "find") || target === null) return [];
          return reads.flatMap((from) =>
            from === null
              ? []
              : [
                  {
                    from,
                    to: target,
                    run,
                    action,
                    words: isMove ? words : [from, target],
                    isBehindBuild: first !== -1 && index >= first,
                  },
                ],
          );
        }),
      );
    });
  }

  /** Nothing but the build can have made the file. */
  function isOfBuild({ from, isBehindBuild }: Move): boolean {
    if (carried(from)) return false;
    if ([...scratch, ...removed].some((folder) => isInside(from, folder))) return true;
    return (
      isBehindBuild &&
      !/^\/(usr\/(share|lib|bin|sbin)|etc|var|bin|lib)(\/|$)/.test(from) &&
      !copied.some((folder) => isInside(from, folder) || folder === "/")
    );
  }

  /** What is copied or moved out of the folders of the build. */
  function addMoves(): void {
    for (const move of moves()) {
      const { from, to, run, words } = move;
      if (isOfBuild(move)) takeLater(to, run);
      if (!isOfBuild(move) || carried(to) || [...scratch].some((folder) => isInside(to, folder)) || isRemoved(to))
        continue;
      const last = words.findLast((word) => !word.startsWith("-")) ?? "";
      const sources = operandsOf(move).slice(0, -1);
      const glob = sources.some((word) => /[*?[]/.test(word));
      const isFolder = last.endsWith("/") || last === "." || shared.has(to) || sources.length > 1 || folderMade(to);
      const path = isFolder && !glob ? `${to === "/" ? "" : to}/${baseName(from)}` : to;
      if (shared.has(path)) {
        throw new Refused(
          "unknown-output",
          run.startLine,
          `Which files \`${sources.join(" ")}\` stands for is not known.`,
          "Copy them into a folder of their own.",
        );
      }
      moved.add(move.action);
      const folder = parentMade(path, run) ?? path;
      add({ path: folder, to: folder, run, isPlace: false, owner: null });
    }
  }

  /** What a later RUN puts into a folder that is copied has to be there; folders of the system are needed before. */
  function takeLater(path: string, run: Run): void {
    for (const [key, output] of outputs)
      if (
        !/^\/((usr|etc|var|bin|sbin|lib)(\/|$)|$)/.test(output.to) &&
        isInside(path, output.to) &&
        output.run.range[0] < run.range[0]
      )
        outputs.set(key, { ...output, run });
  }

  /** `install -m 755 -o root FILE FOLDER`. */
  function operandsOf({ action: { command }, words }: Move): string[] {
    return words.filter(
      (word, at) =>
        !word.startsWith("-") &&
        !(command.name === "install" && /^-(m|o|g|-mode|-owner|-group)$/.test(words[at - 1] ?? "")),
    );
  }

  /** The folder that the RUN makes for what it moves there; among the files of the system others may have more in it. */
  function parentMade(path: string, run: Run): string | null {
    const parent = parentOf(path);
    const isMade = sections.some(
      ({ run: other, step }) =>
        other === run &&
        step.actions.some(
          ({ command, words, cwd }) => command.name === "mkdir" && words.some((word) => absolute(word, cwd) === parent),
        ),
    );
    return isMade && !shared.has(parent) && !/^\/(usr|etc|var|bin|sbin|lib|root)\//.test(parent) ? parent : null;
  }

  function folderMade(path: string): boolean {
    return (
      runs.some(({ actions }) =>
        actions.some(
          ({ command, words, cwd }) => command.name === "mkdir" && words.some((word) => absolute(word, cwd) === path),
        ),
      ) ||
      stage.instructions.some(
        (each) =>
          (each.type === "Copy" || each.type === "Add") &&
          /\/["']?$/.test(each.destination?.value ?? "") &&
          targetOf(each, subject) === path,
      )
    );
  }
}

/** A copy or move from one place to another. */
interface Move {
  readonly from: string;
  readonly to: string;
  readonly run: Run;
  readonly action: Action;
  readonly words: readonly string[];
  /** The RUN has built before. */
  readonly isBehindBuild: boolean;
}

/** The folder of the sources that a build in a folder of its own is given, as in `cmake ..`; `null` where it lies elsewhere than above. */
function sourcesOf({ command, words, cwd }: Action): string | null {
  const given = /^(cmake|meson)$/.test(command.name ?? "")
    ? words.find((word) => /^\.\.(\/\.\.)*\/?$/.test(word))
    : undefined;
  return given === undefined ? null : absolute(given, cwd);
}

const folderOf = (made: Made): string | null | undefined => {
  if (made.kind === "place") return made.folder;
  return made.kind === "paths" ? made.folder : undefined;
};

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

/** Outputs that do not lie in others. */
const reduced = (outputs: readonly Output[]): Output[] =>
  outputs.filter(
    (output) =>
      !outputs.some(
        (other) => other !== output && other.to !== "/" && other.to !== output.to && isInside(output.to, other.to),
      ),
  );
