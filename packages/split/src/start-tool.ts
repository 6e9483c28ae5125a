import { baseName } from "./paths.ts";
import { Refused, type Start } from "./types.ts";

/** @throws Refused for a program that a tool of the build runs or builds each time it is started */
export function checkStartTool({ program: first, args, instruction }: Start): void {
  const line = /^(\/bin\/)?(ba|da|a)?sh$/.test(first) ? args[args.indexOf("-c") + 1] : undefined;
  const program = args.includes("-c") && line !== undefined ? line : first;
  const name = baseName(program.replace(/\s.*$/s, "")).replace(/[[\]",]/g, "");
  const tool = name === "elixir" && args.includes("mix") ? "mix" : name;
  // Another program such as `./go` is what was built.
  const isBuilt = program.startsWith("./");
  const isTool =
    /^(mvnw|gradlew)$/.test(tool) ||
    (!isBuilt &&
      (/^(mvn|gradle|make|cmake|cargo|go|lein|sbt|ant|tox|gulp|grunt|stack|cabal|mix|go-wrapper|fpm)$/.test(tool) ||
        (tool === "dotnet" && !args.some((word) => word.endsWith(".dll")))));
  if (!isTool) return;
  throw new Refused(
    "starts-by-build-tool",
    instruction.startLine,
    `\`${tool}\` starts the program, so the image needs it.`,
    "Start the program that is built.",
  );
}
