import type { Script } from "@stagewright/core";

/** Where the last command of a RUN stands that removes one of these paths: what is installed before it leaves nothing there. -1 where there is none. */
export const lastRemoval = (script: Script | null, path: RegExp): number =>
  script?.commands.findLast(({ name, args }) => name === "rm" && args.some(({ value }) => path.test(value)))
    ?.range[0] ?? -1;
