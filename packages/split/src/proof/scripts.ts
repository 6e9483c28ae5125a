import { buildOf, defaultPath } from "@stagewright/core";
import { absolute, baseName, isInside } from "../paths.ts";
import { everywhere } from "../programs.ts";
import { textAt } from "../context-files.ts";
import { commandsIn } from "../start-script.ts";
import type { Case } from "./case.ts";
import { droppedPackages } from "./implicit-content.ts";
import { quotedFew } from "../quoted.ts";
import { folderAt, type Started } from "./started.ts";

/** What the script that is started rests on; `null` where its text is not known. */
export function scriptAt(started: Started, subject: Case): { readonly sentences: readonly string[] } | null {
  const text = textOf(started, subject);
  if (text === null) return null;
  const commands = commandsIn(text);
  if (commands === null) return null;
  const dropped = new Set(droppedPackages(subject));
  const tools = commands.filter(
    (command) => buildOf(command)?.kind === "program" || dropped.has(command.name ?? "") || command.name === null,
  );
  const others = commands.filter(
    (command) =>
      !tools.includes(command) &&
      !everywhere.has(command.name ?? "") &&
      !subject.carries.some(({ to }) => baseName(to) === command.name || isInside(command.path, to)),
  );
  const names = [...new Set([...tools, ...others].map(({ name, path }) => name ?? path))];
  return {
    sentences:
      names.length === 0
        ? []
        : [
            `${quotedFew(names)}, which \`${started.program}\` runs, need${names.length === 1 ? "s" : ""} none of what stays behind.`,
          ],
  };
}

/** The text of the script, where a COPY of the context puts it there. */
function textOf({ program, instruction }: Started, { after, final, context }: Case): string | null {
  const folder = folderAt(after, final, instruction);
  const onPath = program.includes("/") ? [] : defaultPath.split(":").map((each) => `${each}/${program}`);
  for (const path of [absolute(program, folder), ...onPath]) {
    const text = path === null ? null : textAt(path, { source: after, instructions: final.instructions, context });
    if (text !== null) return text;
  }
  return null;
}
