import type { CompletedCommand, CompletedOption, Values } from "./model.ts";

/** A script for bash 3.2 and later, with no need of the package bash-completion. */
export function bashScript(commands: readonly CompletedCommand[]): string {
  const words = commands.flatMap(({ name }) => (name === "" ? [] : [name]));
  return `# Completion of stagewright for bash: source this file, or put it into the folder of bash-completion.
_stagewright() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command= joined= words=
  COMPREPLY=()
  # "--option=value" comes as three words.
  if [[ $cur == = ]]; then
    joined=1 cur=
  elif [[ $prev == = ]] && ((COMP_CWORD > 1)); then
    joined=1 prev=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  if ((COMP_CWORD > 1)); then
    case \${COMP_WORDS[1]} in
      ${words.join(" | ")}) command=\${COMP_WORDS[1]} ;;
    esac
  fi
  case $command:$prev:$joined in
${commands.flatMap((command) => command.options.flatMap((option) => valueCase(command.name, option))).join("\n")}
  esac
  if [[ $cur == -* ]]; then
    case $command in
${commands.map(({ name, options }) => `      ${quoted(name)}) words=${quoted(optionWords(options))} ;;`).join("\n")}
    esac
  else
    case $command in
${commands.flatMap(({ name, operands }) => operandCase(name, operands, words)).join("\n")}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _stagewright stagewright
`;
}

/** Files are what \`-o default\` gives where there is nothing else. */
function valueCase(command: string, { name, alias, value }: CompletedOption): string[] {
  if (!value) return [];
  const end = value.isOptional ? "1" : "*";
  const patterns = [`--${name}`, ...(alias === null ? [] : [`-${alias}`])].map((each) => `${command}:${each}:${end}`);
  const work =
    value.values === null || value.values === "files"
      ? "return"
      : `COMPREPLY=($(compgen -W ${quoted(value.values.join(" "))} -- "$cur")); return`;
  return [`    ${patterns.join(" | ")}) ${work} ;;`];
}

function operandCase(name: string, operands: Values, commands: readonly string[]): string[] {
  if (name === "") return [`      '') ((COMP_CWORD == 1)) && words=${quoted(commands.join(" "))} ;;`];
  return Array.isArray(operands) ? [`      ${name}) words=${quoted(operands.join(" "))} ;;`] : [];
}

const optionWords = (options: readonly CompletedOption[]): string => options.map(({ name }) => `--${name}`).join(" ");

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
