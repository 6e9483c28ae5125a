import type { CommandEffects } from "@stagewright/core";

/** Folders where programs are looked for. */
const programs = /^\/(?:usr\/)?(?:local\/)?s?bin(?:\/|$)/;

/** A command copies, moves or links what a build made to where programs are looked for: the image ships a program of its own. */
export function installsProgram(commands: readonly CommandEffects[]): boolean {
  const folders: string[] = [];
  for (const effects of commands) {
    const { build, cwd, command } = effects;
    if (build && build.kind !== "dependencies" && cwd !== null && cwd !== "/") folders.push(cwd);
    else if (
      /^(?:cp|mv|ln|install)$/.test(command.name ?? "") &&
      effects.writes.some(({ path }) => path !== null && programs.test(path)) &&
      effects.reads.some(({ path }) => path !== null && folders.some((folder) => path.startsWith(`${folder}/`)))
    ) {
      return true;
    }
  }
  return false;
}
