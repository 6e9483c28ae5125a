import { buildOf, type Command, createSourceCode } from "@stagewright/core";
import { absolute, baseName, isInside } from "../paths.ts";
import { everywhere } from "../programs.ts";
import { targetOf } from "../general/targets.ts";
import type { Case } from "./case.ts";
import { droppedPackages } from "./implicit-content.ts";
import { quoted } from "./obligations.ts";
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
            `${quoted(names)}, which \`${started.program}\` runs, need${names.length === 1 ? "s" : ""} none of what stays behind.`,
          ],
  };
}

/** The commands of a shell script, each as core reads those of a RUN; `null` for a script of another language. */
export function commandsIn(text: string): readonly Command[] | null {
  const [first = ""] = text.split("\n");
  if (first.startsWith("#!") && !/\b(ba|da|a|z)?sh\b/.test(first)) return null;
  const mark = "END_OF_THE_SCRIPT";
  if (text.includes(mark)) return null;
  const body = text.replaceAll("\r\n", "\n").replace(/^#!.*\n/, "");
  const source = createSourceCode(`FROM scratch\nRUN <<'${mark}'\n${body}\n${mark}\n`);
  const run = source.facts.stages.final?.instructions[1];
  const script = run ? source.facts.script(run) : null;
  return script === null || script.broken ? null : script.commands;
}

/** The text of a file that a COPY of the context puts where it is started. */
function textOf({ program, instruction }: Started, { after, final, context }: Case): string | null {
  if (!context) return null;
  const path = program.includes("/") ? absolute(program, folderAt(after, final, instruction)) : null;
  for (const each of final.instructions.toReversed()) {
    if (each.type !== "Copy" && each.type !== "Add") continue;
    if (each.flags.some(({ name }) => name === "from")) continue;
    const target = targetOf(each, { source: after });
    if (target === null) continue;
    for (const { value } of each.sources) {
      const names =
        path === null
          ? [`${value}`].filter((name) => baseName(name) === program)
          : [
              ...(path === target || path === `${target === "/" ? "" : target}/${baseName(value)}` ? [value] : []),
              ...(isInside(path, target)
                ? [`${value.replace(/\/?\.?$/, "")}/${path.slice(target.length).replace(/^\//, "")}`.replace(/^\//, "")]
                : []),
            ];
      for (const name of names) {
        const text = context.read(name.replace(/^\.?\//, ""));
        if (text !== null) return text;
      }
    }
  }
  return null;
}
