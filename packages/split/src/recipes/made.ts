import type { Distribution, ShellWord } from "@stagewright/core";
import type { Edit } from "../general/segments.ts";
import type { Action, RunStep, Subject } from "../types.ts";

/** What a step of the build leaves behind. */
export type Made =
  /** These files and folders, wherever the step runs. */
  | {
      readonly kind: "paths";
      readonly paths: readonly string[];
      readonly edits?: readonly Edit[];
      /** And in the folder it runs in. */
      readonly folder?: string | null;
    }
  /** The folder it runs in, unless what the program needs is taken out of it. */
  | { readonly kind: "place"; readonly folder: string | null }
  /** Nothing by itself: it prepares a later step. */
  | { readonly kind: "step" }
  /** Written below a folder of its own by the changed words, with the paths that it has in the image. */
  | { readonly kind: "staged"; readonly edits: readonly Edit[] };

export interface World {
  readonly subject: Subject;
  readonly distribution: Distribution | null;
  readonly release: string | null;
}

/** Where the build stage writes what belongs among the files of packages. */
export const stagingFolder = "/out";

/** What a command of one tool makes; `null` where it is no part of a build. */
export type Maker = (action: Action, run: RunStep, world: World) => Made | null;

/** A tool by the name of its command. */
export type Makers = readonly (readonly [RegExp, Maker])[];

export const step: Made = { kind: "step" };
export const paths = (...found: readonly string[]): Made => ({ kind: "paths", paths: found });

/** Commands of build tools that fetch or check. */
export function helperOf({ words, cwd }: Action): Made | null {
  const [first] = words.filter((word) => !word.startsWith("-"));
  if (first === "config" || first === "set" || first === "cache" || /^-{1,2}v(ersion)?$/i.test(words.at(-1) ?? ""))
    return step;
  return { kind: "place", folder: cwd };
}

export const installsPackage = ({ runs }: Subject, pattern: RegExp): boolean =>
  runs.some((step) => step.packages.names.some((name) => pattern.test(name)));

/** A change that puts words behind one. */
export const behind = (word: ShellWord, text: string): Edit => ({
  range: [word.range[1], word.range[1]],
  text: ` ${text}`,
});
