import type { Run } from "@stagewright/ast";
import { isInside } from "../paths.ts";
import { expandWith } from "../runs.ts";
import { type Action, Refused, type Start, type Subject } from "../types.ts";
import type { World } from "../recipes/made.ts";
import { clonedBy, copiedBy, temporary } from "./folders.ts";
import { type Move, movesOf } from "./moves.ts";
import { removedByBuild } from "./removed-folders.ts";
import { type Building, buildingsOf, type Section, sectionsOf } from "./sections.ts";
import type { Edit, Segment } from "./segments.ts";

/** A path that the build makes and the image needs. */
export interface Output {
  readonly path: string;
  readonly to: string;
  readonly run: Run;
  readonly owner: string | null;
  /** The whole folder in which the build ran. */
  readonly isPlace: boolean;
}

/** Whatever the base adds to them. */
function searchedBy({ stage, state }: Subject): readonly string[] {
  const pairs = stage.instructions.flatMap((each) => (each.type === "Env" ? each.pairs : []));
  return pairs.flatMap(({ key, value }) =>
    searches.test(key.value)
      ? expandWith(value?.value ?? "", state.env, state.args)
          .split(":")
          .filter((path) => path.startsWith("/"))
      : [],
  );
}

const searches = /^(PATH|LD_LIBRARY_PATH|PYTHONPATH|PERL5LIB|CLASSPATH|R_LIBS)$/;

/** What a file builds, and what is found out by and by of where it leaves it. */
export class Site {
  readonly subject: Subject;
  readonly start: Start | null;
  readonly sections: readonly Section[];
  readonly made: readonly Building[];
  /** The parts of RUNs that build. */
  readonly builds: ReadonlySet<Segment>;
  readonly moves: readonly Move[];
  /** Folders that a build takes away once it is done. */
  readonly removed: readonly string[];
  /** Folders that come from repositories. */
  readonly fetched: readonly string[];
  /** What comes from the context. */
  readonly copied: readonly string[];
  /** The folders that ENV names, in which programs and libraries are looked for. */
  readonly searched: readonly string[];
  /** By their place in the image. */
  readonly outputs = new Map<string, Output>();
  /** Folders that only the build uses. */
  readonly scratch = new Set<string>(temporary);
  /** Commands that only put what was built in its place. */
  readonly moved = new Set<Action>();
  /** Words that the build stage has to have. */
  readonly edits = new Map<Run, readonly Edit[]>();

  constructor(subject: Subject, world: World, start: Start | null) {
    this.subject = subject;
    this.start = start;
    this.sections = sectionsOf(subject);
    this.made = buildingsOf(this.sections, world);
    this.builds = new Set(this.made.map(({ segment }) => segment));
    this.moves = movesOf(this.sections, this.builds);
    this.removed = removedByBuild(this.sections, this.made);
    this.fetched = this.sections.flatMap(({ step }) => step.actions.flatMap(clonedBy));
    this.searched = searchedBy(subject);
    this.copied = subject.stage.instructions.flatMap((each) =>
      each.type === "Copy" || each.type === "Add" ? copiedBy(each, subject) : [],
    );
  }

  /** @throws Refused for a folder of the system as a whole, among whose files those of the build cannot be told */
  add(output: Output): void {
    if (/^\/(etc|var|(usr\/)?(s?bin|lib|lib64|share|include)|usr)?$/.test(output.path) && output.to !== "/") {
      throw new Refused(
        "unknown-output",
        output.run.startLine,
        `What the build writes to \`${output.path}\` lies among the files of packages.`,
        "Install below a prefix of its own, such as `/opt/NAME`.",
      );
    }
    if (!this.outputs.has(output.to)) this.outputs.set(output.to, output);
  }

  isRemoved(path: string): boolean {
    return this.removed.some((folder) => isInside(path, folder));
  }

  isCarried(path: string): boolean {
    return [...this.outputs.values()].some(({ to }) => to !== "/" && isInside(path, to));
  }

  /** The build takes it away again from the folder that is copied. */
  isGone(path: string): boolean {
    return this.removed.some(
      (folder) =>
        isInside(path, folder) &&
        this.isCarried(folder) &&
        ![...this.outputs.values()].some(({ to }) => isInside(path, to) && isInside(to, folder)),
    );
  }

  /** The path lies in a folder that only the build uses, whatever is carried of it. */
  isOfBuild(path: string): boolean {
    return [...this.scratch, ...this.removed].some((folder) => isInside(path, folder));
  }
}
