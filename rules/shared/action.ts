import type { Command, ShellWord } from "@stagewright/core";

/** The word that says what a package manager is to do, such as `install`; the first one of those that it knows. */
export function actionOf(command: Command, actions: readonly string[]): ShellWord | null {
  return command.args.find(({ value }) => actions.includes(value)) ?? null;
}
