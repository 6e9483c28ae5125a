import type { Command, Script } from "@stagewright/core";

/** Behind a command the same RUN removes what it keeps. */
export const removesBehind = (script: Script | null, command: Command, path: RegExp): boolean =>
  script?.commands.some(
    ({ name, args, range }) =>
      name === "rm" && range[0] > command.range[0] && args.some(({ value }) => path.test(value)),
  ) === true;
