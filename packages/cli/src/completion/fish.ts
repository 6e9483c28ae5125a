import type { CompletedCommand, CompletedOption, Values } from "./model.ts";

/** A script for fish. */
export function fishScript(commands: readonly CompletedCommand[]): string {
  const named = commands.filter(({ name }) => name !== "");
  const words = named.map(({ name }) => name).join(" ");
  const lines = [
    "# Completion of stagewright for fish: put this file into ~/.config/fish/completions as stagewright.fish.",
    "function __stagewright_command",
    "    set -l words (commandline -opc)",
    `    if set -q words[2]; and contains -- $words[2] ${words}`,
    "        echo $words[2]",
    "    end",
    "end",
    "complete -c stagewright -e",
    ...named.map(
      ({ name, describe }) =>
        `complete -c stagewright -n 'test (count (commandline -opc)) -eq 1' -a ${name} -d ${quoted(describe)}`,
    ),
    ...commands.flatMap((command) => commandLines(command)),
  ];
  return `${lines.join("\n")}\n`;
}

function commandLines({ name, options, operands }: CompletedCommand): string[] {
  const start = `complete -c stagewright -n 'test "$(__stagewright_command)" = "${name}"'`;
  const own = Array.isArray(operands) ? [`${start} -f -a ${quoted(operands.join(" "))}`] : [];
  const none = operands === null ? [`${start} -f`] : [];
  return [...own, ...none, ...options.map((option) => `${start} ${optionFlags(option)}`)];
}

function optionFlags({ name, alias, describe, value }: CompletedOption): string {
  const short = alias === null ? "" : ` -s ${alias}`;
  return `-l ${name}${short}${value ? valueFlags(value.values, value.isOptional) : ""} -d ${quoted(describe)}`;
}

function valueFlags(values: Values, isOptional: boolean): string {
  if (values === "files") return " -r -F";
  const list = values === null ? "" : ` -a ${quoted(values.join(" "))}`;
  return isOptional ? ` -f${list}` : ` -x${list}`;
}

const quoted = (text: string): string => `'${text.replace(/['\\]/g, "\\$&")}'`;
