import { type WorkKind, workKind } from "@stagewright/core";
import { Refused } from "../types.ts";
import type { Layout } from "./layout.ts";

/** @throws Refused where the last stage would keep what only those use who compile in the image */
export function checkTools({ packages, cut }: Layout): void {
  const tool = packages.names.find((name) => ofCompilers.has(workKind(name)) || name === "gdbserver");
  if (tool === undefined) return;
  throw new Refused(
    "tool-image",
    cut.startLine,
    `The image has \`${tool}\`, which is for compiling in it, so its tools may be what it is for.`,
  );
}

/** Caches and debuggers of what is compiled, and compilers that no build of a server uses. */
const ofCompilers: ReadonlySet<WorkKind | null> = new Set(["debugger", "cross compiler", "compiler", "compiler cache"]);
