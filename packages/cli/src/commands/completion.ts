import { hint } from "@stagewright/host";
import { type CompletionShell, completionShells } from "../completion/shells.ts";
import { completionModel, type CompletedCommand } from "../completion/model.ts";
import { parseOptions } from "../parse-options.ts";
import { stdout } from "../standard-streams.ts";
import { UsageProblem } from "../usage-problem.ts";

/** Prints the completion script for the shell that `argv` names. */
export async function completionCommand(argv: readonly string[]): Promise<number> {
  const { paths } = parseOptions(argv, {});
  const [name = ""] = paths;
  const shell = completionShells.find((each) => each === name);
  if (shell === undefined || paths.length > 1) {
    const known = `it is one of ${completionShells.join(", ")}`;
    throw new UsageProblem(
      name === ""
        ? `\`completion\` needs the name of a shell; ${known}.`
        : shell === undefined
          ? `There is no completion for \`${name}\`${hint(name, completionShells) || `; ${known}.`}`
          : "`completion` takes one shell.",
    );
  }
  const script = await loadScript(shell);
  stdout.write(script(await completionModel()));
  return 0;
}

async function loadScript(shell: CompletionShell): Promise<(commands: readonly CompletedCommand[]) => string> {
  switch (shell) {
    case "bash":
      return (await import("../completion/bash.ts")).bashScript;
    case "zsh":
      return (await import("../completion/zsh.ts")).zshScript;
    case "fish":
      return (await import("../completion/fish.ts")).fishScript;
    case "powershell":
      return (await import("../completion/powershell.ts")).powershellScript;
  }
}
