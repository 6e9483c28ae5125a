import type { Command, ShellWord } from "@stagewright/core";

/** Flags of a command by their names without dashes: `--foo=bar` is `foo`, `-abc` is `a`, `b` and `c`. */
export function flagsOf({ args }: Command): ReadonlySet<string> {
  const flags = new Set<string>();
  for (const { value } of args) {
    if (value.startsWith("--") && value.length > 2) flags.add(value.slice(2).split("=")[0] ?? "");
    else if (value.startsWith("-") && !value.startsWith("--")) for (const letter of value.slice(1)) flags.add(letter);
  }
  return flags;
}

/**
 * The words that are no flags, without the values of the flags named in `valueFlags` (names without dashes) that stand as a word of
 * their own.
 */
export function operandsOf(
  { args }: Pick<Command, "args">,
  valueFlags: ReadonlySet<string> = noFlags,
): readonly ShellWord[] {
  const operands: ShellWord[] = [];
  for (let index = 0; index < args.length; index++) {
    const word = args[index] as ShellWord;
    if (!isFlag(word)) operands.push(word);
    else if (takesNext(word.value, valueFlags)) index++;
  }
  return operands;
}

const noFlags: ReadonlySet<string> = new Set();

const isFlag = ({ value }: ShellWord) => value.startsWith("-") && value !== "-" && value !== "--";

function takesNext(flag: string, valueFlags: ReadonlySet<string>): boolean {
  if (flag.startsWith("--")) return !flag.includes("=") && valueFlags.has(flag.slice(2));
  return valueFlags.has(flag.slice(1)) || (flag.length === 2 && valueFlags.has(flag.slice(1)));
}

/** The word that says what a package manager is to do, such as `install`; the first one of those that it knows. */
export function actionOf(command: Command, actions: readonly string[]): ShellWord | null {
  return command.args.find(({ value }) => actions.includes(value)) ?? null;
}
