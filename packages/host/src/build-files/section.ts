import { resolve } from "node:path";
import { type Build, isRemote } from "./build.ts";
import type { EmbeddedText } from "./embedded-text.ts";

/** A value that is given; `null` inside when only the environment knows it, or when it is remote. */
export type Known = readonly [value: string | null];

/** What one section says about a build, before what it builds on is laid under it; `null` for what it does not say. */
export interface BuildSection {
  /** Absolute. */
  readonly context: Known | null;
  readonly dockerfile: Known | null;
  readonly inline: EmbeddedText | null;
  readonly target: Known | null;
  readonly namedContexts: readonly string[];
  readonly args: Readonly<Record<string, string>>;
}

export const emptySection: BuildSection = {
  context: null,
  dockerfile: null,
  inline: null,
  target: null,
  namedContexts: [],
  args: {},
};

/** What a section says, over what another one says. */
export const overlaid = (base: BuildSection, own: BuildSection): BuildSection => ({
  context: own.context ?? base.context,
  dockerfile: own.dockerfile ?? base.dockerfile,
  inline: own.inline ?? (own.dockerfile ? null : base.inline),
  target: own.target ?? base.target,
  namedContexts: [...new Set([...base.namedContexts, ...own.namedContexts])],
  args: { ...base.args, ...own.args },
});

/** `folder` is the context where none is given. */
export function toBuild(name: string, line: number, section: BuildSection, folder: string): Build {
  const { inline, target, namedContexts, args } = section;
  const context = section.context ? section.context[0] : folder;
  const file = section.dockerfile ? section.dockerfile[0] : "Dockerfile";
  return {
    name,
    line,
    context,
    dockerfile: inline || context === null || file === null ? null : resolve(context, file),
    inline,
    // A target that only the environment knows may be any.
    target: target && (target[0] ?? "*"),
    namedContexts,
    args,
  };
}

/** A context as an absolute path. */
export const contextFolder = (context: Known | null, folder: string): Known | null =>
  context && [context[0] === null || isRemote(context[0]) ? null : resolve(folder, context[0])];
