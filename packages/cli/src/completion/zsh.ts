import type { CompletedCommand, CompletedOption, Values } from "./model.ts";

/** A script for zsh, to be sourced after `compinit`, or to lie in `$fpath` as `_stagewright`. */
export function zshScript(commands: readonly CompletedCommand[]): string {
  const named = commands.filter(({ name }) => name !== "");
  return `#compdef stagewright
# Completion of stagewright for zsh: source this file after compinit, or put it into a folder of $fpath as _stagewright.
_stagewright_first() {
  local -a commands=(
${named.map(({ name, describe }) => `    ${quoted(`${name}:${describe}`)}`).join("\n")}
  )
  _alternative ${quoted("commands:command:{ ((CURRENT == 2)) && _describe command commands }")} 'files:file:_files'
}
_stagewright() {
  local command=
  if ((CURRENT > 2)); then
    case $words[2] in
      ${named.map(({ name }) => name).join("|")}) command=$words[2] ;;
    esac
  fi
  case $command in
${commands.map(commandCase).join("\n")}
  esac
}
if [[ $funcstack[1] == _stagewright ]]; then
  _stagewright "$@"
else
  compdef _stagewright stagewright
fi
`;
}

function commandCase({ name, options, operands }: CompletedCommand): string {
  const first = name === "" ? "'*: :_stagewright_first'" : quoted(`*: :${action(operands)}`);
  const shift = name === "" ? "" : "\n      shift words; ((CURRENT--))";
  const specs = [...options.flatMap(optionSpecs), first];
  return `    ${quoted(name)})${shift}
      _arguments -S \\
        ${specs.join(" \\\n        ")}
      ;;`;
}

function optionSpecs({ name, alias, describe, isRepeated, value }: CompletedOption): string[] {
  const repeat = isRepeated ? "*" : "";
  const text = `[${describe.replace(/[[\]\\]/g, "\\$&")}]`;
  const what = value ? `:${value.isOptional ? ":" : ""}value:${action(value.values)}` : "";
  const long = `${repeat}--${name}${value ? (value.isOptional ? "=-" : "=") : ""}${text}${what}`;
  const short = alias === null ? [] : [`${repeat}-${alias}${value ? "+" : ""}${text}${what}`];
  return [long, ...short].map(quoted);
}

function action(values: Values): string {
  if (values === "files") return "_files";
  return values === null ? " " : `(${values.join(" ")})`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
