import type { Instruction } from "@stagewright/ast";
import type { SourceCode, Stage } from "@stagewright/core";
import { absolute } from "../paths.ts";
import { expandWith } from "../runs.ts";
import { startOf } from "../start.ts";
import { Refused } from "../types.ts";

/** A program that a container of the stage runs by itself. */
export interface Started {
  readonly instruction: Instruction;
  /** As written, variables put in. */
  readonly program: string;
  readonly args: readonly string[];
  /** The shell of the image reads the line. */
  readonly byShell: boolean;
}

/** What ENTRYPOINT, CMD and HEALTHCHECK run: launchers such as `tini`, what those start, and each command of a shell's line. */
export function startedBy(source: SourceCode, stage: Stage): readonly Started[] {
  const { facts } = source;
  const last = (type: Instruction["type"]) => stage.instructions.findLast((each) => each.type === type);
  const entrypoint = last("Entrypoint");
  const main = entrypoint ?? last("Cmd");
  const own = [main, last("Healthcheck")].flatMap((instruction) => {
    const script = instruction ? facts.script(instruction) : null;
    if (!instruction || !script) return [];
    const { env, args: values } = facts.state(instruction);
    return script.commands.map(({ path, args }) => ({
      instruction,
      program: expandWith(path, env, values),
      args: args.map(({ value }) => expandWith(value, env, values)),
      byShell: script.exec === null,
    }));
  });
  return [...own, ...launchedBy(stage, source)];
}

/** What a launcher starts, and the words of CMD behind ENTRYPOINT. */
function launchedBy(stage: Stage, { facts }: SourceCode): Started[] {
  try {
    return [{ ...startOf(stage, facts), byShell: false }];
  } catch (error) {
    if (error instanceof Refused) return [];
    throw error;
  }
}

/** The absolute paths of the programs that are named by a path. */
export const startedPaths = (source: SourceCode, stage: Stage): readonly string[] =>
  startedBy(source, stage).flatMap(({ program, instruction }) => {
    const path = program.includes("/") ? absolute(program, folderAt(source, stage, instruction)) : null;
    return path === null ? [] : [path];
  });

/** The folder that a container starts in. */
export function folderAt({ facts }: SourceCode, stage: Stage, fallback: Instruction): string | null {
  const last = stage.instructions.at(-1) ?? fallback;
  return facts.effects(last).after.workdir;
}
