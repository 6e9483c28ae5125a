import type { EmbeddedText } from "./embedded-text.ts";

/** One build that a Compose or Bake file describes: of a service, or of a target. */
export interface Build {
  /** The service or target. */
  readonly name: string;
  /** The line, from 1, that describes it. */
  readonly line: number;
  /** The folder it is built with, absolute; `null` when it is remote or not known. */
  readonly context: string | null;
  /** Absolute; `null` when it is remote, inline, or not known. */
  readonly dockerfile: string | null;
  readonly inline: EmbeddedText | null;
  /** `*` for one that is not known; `null` for the last stage. */
  readonly target: string | null;
  /** Names that have a context of their own, and then mean no image. */
  readonly namedContexts: readonly string[];
  /** Build arguments with values that the file shows. */
  readonly args: Readonly<Record<string, string>>;
}

/** What is wrong with a file that describes builds. */
export interface BuildProblem {
  /** From 1. */
  readonly line: number;
  /** One sentence. */
  readonly message: string;
}

/** A Compose or Bake file as it was read. */
export interface BuildFile {
  /** Absolute. */
  readonly path: string;
  /** `null` when it could not be read. */
  readonly text: string | null;
  readonly builds: readonly Build[];
  readonly problems: readonly BuildProblem[];
  /** Files that it includes, as they were read for it. */
  readonly included?: readonly BuildFile[];
  /** All files that what it says comes from; a change of one of them may change it. */
  readonly sources?: ReadonlySet<string>;
}

/** Contexts that are no folder: of git, of the web, of another target. */
export const isRemote = (context: string): boolean =>
  /^(?:[a-z][a-z0-9+.-]*:\/\/|git@|github\.com\/|target:|service:)/i.test(context) || context === "-";
