import { buildOf, type Command, createSourceCode, defaultPath } from "@stagewright/core";
import { placeOf, textAt } from "./context-files.ts";
import { absolute } from "./paths.ts";
import { Refused, type Start, type Subject } from "./types.ts";

/** A shell script of the build context that starts the image. */
export interface StartScript {
  /** As the file names it. */
  readonly name: string;
  readonly commands: readonly Command[];
}

/** The script that is started, itself or by a shell, where the context has it. */
export function startScript(start: Start | null, subject: Subject): StartScript | null {
  if (!start) return null;
  for (const name of [start.program, ...start.args]) {
    for (const path of placesOf(name, subject.state.workdir)) {
      const text = textAt(path, placeOf(subject));
      const commands = text === null ? null : commandsIn(text);
      if (commands) return { name, commands };
    }
  }
  return null;
}

function placesOf(name: string, workdir: string | null): string[] {
  if (/^-|\s/.test(name)) return [];
  const path = absolute(name, workdir);
  const onPath = name.includes("/") ? [] : defaultPath.split(":").map((folder) => `${folder}/${name}`);
  return [...(path === null ? [] : [path]), ...onPath];
}

/** @throws Refused for a script that builds or installs */
export function checkScript({ name, commands }: StartScript, start: Start): void {
  const tool = commands.find((command) => buildOf(command) !== null);
  if (!tool) return;
  throw new Refused(
    "script-builds",
    start.instruction.startLine,
    `\`${name}\` runs \`${tool.name ?? tool.path}\`, so the image needs its tools.`,
  );
}

/** The commands of a shell script, each as core reads those of a RUN; `null` for a script of another language. */
export function commandsIn(text: string): readonly Command[] | null {
  const [first = ""] = text.split("\n");
  if (first.startsWith("#!") ? !/\b(ba|da|a|z)?sh\b/.test(first) : text.includes("\0")) return null;
  const mark = "END_OF_THE_SCRIPT";
  if (text.includes(mark)) return null;
  const body = text.replaceAll("\r\n", "\n").replace(/^#!.*\n/, "");
  const source = createSourceCode(`FROM scratch\nRUN <<'${mark}'\n${body}\n${mark}\n`);
  const run = source.facts.stages.final?.instructions[1];
  const script = run ? source.facts.script(run) : null;
  return script === null || script.broken ? null : script.commands;
}
