import type { Build, CommandEffects } from "@stagewright/core";

/** Commands behind a build in its RUN remove what it was made with: the modules of a bundle, or the folder that the tool was started from. */
export function removesTool(later: readonly CommandEffects[], effects: CommandEffects, build: Build): boolean {
  const removed = later.flatMap(({ removes }) => removes.flatMap(({ path }) => path ?? []));
  const tool = toolPath(effects);
  return removed.some(
    (path) =>
      (build.node && build.kind === "program" && path.endsWith("/node_modules")) ||
      tool.startsWith(`${path.replace(/\/\*?$/, "")}/`),
  );
}

/** Where the tool is, if its command says so: `$GOROOT/bin/go`. */
const toolPath = (effects: CommandEffects): string =>
  effects.command.path.replace(/^\$\{?(\w+)\}?(?=\/)/, (whole, name: string) => effects.variable(name) ?? whole);
