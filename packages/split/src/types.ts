import type { Instruction, Run } from "@stagewright/ast";
import type { Command, Distribution, ParsedImage, SourceCode, Stage, StageState } from "@stagewright/core";
import type { Packages } from "./packages.ts";
import type { Started } from "./proof/started.ts";
import type { Assumption, Obligation } from "./proof/obligations.ts";

/** The build context of a Dockerfile; `read` gives the text of a file by its path from the context's root, or `null`. */
export interface Context {
  read(path: string): string | null;
  /** The paths of its files, those left out that `.dockerignore` names; missing where they cannot be listed. */
  files?(): readonly string[];
}

/** What becomes of an instruction of the original. */
export interface Step {
  /** Lines of the original, from 1, both ends included. */
  readonly startLine: number;
  readonly endLine: number;
  readonly instruction: string;
  /** The stages that have it now. */
  readonly stages: readonly ("build" | "deps" | "final")[];
  /** In the last stage it was changed, or replaced by what it made. */
  readonly change: "none" | "edited" | "replaced" | "removed";
  readonly why: string;
}

/** A path that the last stage takes from another one. */
export interface Carry {
  readonly from: "build" | "deps";
  readonly path: string;
  readonly to: string;
  /** For `--chown`, where the files are not root's. */
  readonly owner: string | null;
}

export interface Plan {
  readonly status: "proved" | "suggested";
  /** The Dockerfile as a multi-stage build. */
  readonly text: string;
  readonly recipe: string;
  readonly bases: { readonly build: string; readonly final: string };
  readonly carries: readonly Carry[];
  readonly steps: readonly Step[];
  readonly obligations: readonly Obligation[];
  /** What has to be true for the image to run as before and the file does not show; empty for a proved plan. Those of all obligations. */
  readonly assumptions: readonly string[];
  /** What is worth knowing besides: none of it can be wrong. */
  readonly notes: readonly string[];
}

export interface Refusal {
  readonly status: "refused";
  /** A stable kebab-case name of the kind of reason. */
  readonly code: string;
  /** One sentence. */
  readonly reason: string;
  /** What would make the rewrite possible, in one sentence; `null` where nothing would. */
  readonly remedy: string | null;
  /** From 1. */
  readonly line: number;
}

/** Thrown inside the planner where a recipe finds that it cannot go on; callers of the package see a `Refusal`. */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(code: string, line: number, reason: string, remedy: string | null = null) {
    super(reason);
    this.refusal = { status: "refused", code, line, reason, remedy };
  }
}

/** A command of a RUN with the folder that it runs in. */
export interface Action {
  readonly command: Command;
  /** Absolute; `null` when it is not known. */
  readonly cwd: string | null;
  /** The words after the name, known variables put in. */
  readonly words: readonly string[];
  /** Files that it writes or reads by `>` and `<`, known variables put in. */
  readonly redirects: readonly { readonly isWritten: boolean; readonly file: string }[];
}

export interface RunStep {
  readonly run: Run;
  readonly actions: readonly Action[];
  readonly state: StageState;
  /** That it adds. */
  readonly packages: Packages;
}

/** What a container starts. */
export interface Start {
  readonly instruction: Instruction;
  /** As written, variables put in. */
  readonly program: string;
  readonly args: readonly string[];
}

/** What every recipe is given. */
export interface Subject {
  readonly source: SourceCode;
  readonly stage: Stage;
  readonly image: ParsedImage;
  /** The base image as written. */
  readonly imageText: string;
  readonly distribution: Distribution | null;
  readonly runs: readonly RunStep[];
  /** @throws Refused where nothing is started, or only a shell */
  readonly start: Start;
  readonly started: readonly Started[];
  /** Before the end of the file. */
  readonly state: StageState;
  readonly context: Context | null;
  /** COPYs of sources stay in the last stage. */
  readonly keepSources: boolean;
}

/** What a recipe decides; the rest of the rewrite is the same for all. */
export interface Draft {
  /** The base of the last stage. */
  readonly base: string;
  /** The last RUN that builds: the build stage ends with it. */
  readonly cut: Run;
  readonly carries: readonly Carry[];
  /** The program needs none of its sources, so that COPYs into these folders (absolute) may stay behind. */
  readonly sourceFolders: readonly string[];
  readonly assumptions: readonly Assumption[];
  /** What is worth knowing besides. */
  readonly notes?: readonly string[];
  /** Packages that the base of the build has and the program needs. */
  readonly implied: readonly string[];
  /** Put before an instruction of the build stage. */
  readonly insert?: { readonly before: Run; readonly lines: readonly string[] };
  /** RUNs that read differently in the build stage. */
  readonly edits?: ReadonlyMap<Run, string>;
  /** Put behind the carried paths in the last stage. */
  readonly append?: readonly string[];
  /** A stage of its own for the dependencies that the program has when it runs: up to this RUN, which reads as `text` there. */
  readonly deps?: { readonly run: Run; readonly text: string };
}

export interface Recipe {
  readonly name: string;
  /** Whether the file is built in this way; `false` leaves it to the next recipe. */
  matches(subject: Subject): boolean;
  /** The command is a part of this build, so the RUN that has it stays behind. */
  owns(action: Action): boolean;
  /** The program needs this package, though it is one that builds use; without it none of those is kept. */
  keeps?(name: string): boolean;
  /** A command that is not known makes a part of the result, so that nothing can be said of it. */
  readonly isClosed?: boolean;
  /** @throws Refused */
  draft(subject: Subject): Draft;
}
