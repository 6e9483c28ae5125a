import type { Command, Facts, Script, ShellWord, Stage } from "./types.ts";

/** Names of flags without their dashes: one character is a short flag (`-y`), more are a long one (`--assume-yes`). */
export type FlagNames = readonly string[];

/** The flags of a command whose value may stand as the next word: without them `-t stable` is a flag and an operand. */
export interface ArgumentOptions {
  readonly valueFlags?: FlagNames;
}

/** A flag of a command line as getopt_long reads it. */
interface FlagAt {
  readonly name: string;
  readonly word: ShellWord;
  /** `null` where none is written and the flag is not known to take one. */
  readonly value: string | null;
  /** The word that holds the value, which may be the flag's own. */
  readonly valueWord: ShellWord | null;
}

/** One of the flags is there: alone, in a bundle (`-qqy`), or with a value (`--assume-yes=true`). */
export const hasFlag = (command: Pick<Command, "args">, names: FlagNames, options: ArgumentOptions = {}): boolean =>
  flags(command, options).some(({ name }) => names.includes(name));

/** The words of these flags, in order. */
export const findFlags = (
  command: Pick<Command, "args">,
  names: FlagNames,
  options: ArgumentOptions = {},
): readonly ShellWord[] => flags(command, options).flatMap(({ name, word }) => (names.includes(name) ? [word] : []));

/** The value of the last of these flags: of `-t stable`, `-tstable`, `--target-release=stable`, `--target-release stable`. */
export function flagValue(
  command: Pick<Command, "args">,
  names: FlagNames,
  { valueFlags = [] }: ArgumentOptions = {},
): { readonly value: string; readonly word: ShellWord } | null {
  const found = flags(command, { valueFlags: [...valueFlags, ...names] }).findLast(({ name }) => names.includes(name));
  return found && found.value !== null && found.valueWord ? { value: found.value, word: found.valueWord } : null;
}

/** The words that are neither flags nor values of flags; behind `--` all are. */
export function operands({ args }: Pick<Command, "args">, options: ArgumentOptions = {}): readonly ShellWord[] {
  const found: ShellWord[] = [];
  scan(args, options, { operand: (word) => found.push(word) });
  return found;
}

/** The first operand, such as `install` of `apt-get -y install curl`. */
export const subcommand = (command: Pick<Command, "args">, options: ArgumentOptions = {}): ShellWord | null =>
  operands(command, options)[0] ?? null;

/** The commands of that name, or of one of these names, in their order. */
export function commandsOf(
  script: Pick<Script, "commands" | "named"> | null,
  name: string | readonly string[],
): readonly Command[] {
  if (!script) return none;
  if (typeof name === "string") return script.named(name);
  let found = none;
  for (const each of name) {
    const named = script.named(each);
    if (found.length > 0 && named.length > 0)
      return script.commands.filter((command) => name.includes(command.name ?? ""));
    if (named.length > 0) found = named;
  }
  return found;
}

const none: readonly Command[] = [];

/** What the RUN instructions of a stage run, in order; not what ONBUILD, CMD, ENTRYPOINT and HEALTHCHECK do later. */
export const scriptsOf = (facts: Pick<Facts, "script">, stage: Pick<Stage, "instructions">): readonly Script[] =>
  stage.instructions.flatMap((instruction) => {
    const script = instruction.type === "Run" ? facts.script(instruction) : null;
    return script ? [script] : [];
  });

/** The words behind `apt-get` or a tool like it say that what packages recommend is not installed. apt takes several words for no. */
export const skipsRecommended = (words: readonly string[]): boolean => words.some((word) => notRecommended.test(word));

const notRecommended =
  /^--no-install-recommends$|^--install-recommends=(?:0|no|false|off|without|disable)$|APT::Install-Recommends=(["']?)(?:0|no|false|off|without|disable)\1$/i;

function flags({ args }: Pick<Command, "args">, options: ArgumentOptions): readonly FlagAt[] {
  const found: FlagAt[] = [];
  scan(args, options, { flag: (flag) => found.push(flag) });
  return found;
}

interface Visitor {
  readonly flag?: (flag: FlagAt) => void;
  readonly operand?: (word: ShellWord) => void;
}

/** Goes through arguments as getopt_long does with permutation: flags may stand behind operands, `--` ends them. */
function scan(args: readonly ShellWord[], { valueFlags = [] }: ArgumentOptions, { flag, operand }: Visitor): void {
  for (let index = 0; index < args.length; index++) {
    const word = args[index] as ShellWord;
    const { value: text } = word;
    if (text === "--") {
      for (const rest of args.slice(index + 1)) operand?.(rest);
      return;
    }
    const next = args[index + 1] ?? null;
    if (text.startsWith("--")) index += scanLong(word, next, valueFlags, flag);
    else if (/^-./.test(text)) index += scanShort(word, next, valueFlags, flag);
    else operand?.(word);
  }
}

/** How many words the value takes beyond the flag's own: 0 or 1. */
function scanLong(word: ShellWord, next: ShellWord | null, valueFlags: FlagNames, flag: Visitor["flag"]): 0 | 1 {
  const sign = word.value.indexOf("=");
  const name = word.value.slice(2, sign === -1 ? undefined : sign);
  const separate = sign === -1 && valueFlags.includes(name) ? next : null;
  const value = sign === -1 ? (separate?.value ?? null) : word.value.slice(sign + 1);
  flag?.({ name, word, value, valueWord: separate ?? (value === null ? null : word) });
  return separate ? 1 : 0;
}

function scanShort(word: ShellWord, next: ShellWord | null, valueFlags: FlagNames, flag: Visitor["flag"]): 0 | 1 {
  const { value: text } = word;
  // `-name`, as find and others have it, when that is what is asked for.
  if (text.length > 2 && valueFlags.includes(text.slice(1))) {
    flag?.({ name: text.slice(1), word, value: next?.value ?? null, valueWord: next });
    return next ? 1 : 0;
  }
  for (let at = 1; at < text.length; at++) {
    const name = text[at] as string;
    if (!valueFlags.includes(name)) {
      flag?.({ name, word, value: null, valueWord: null });
      continue;
    }
    const attached = text.slice(at + 1);
    flag?.({ name, word, value: attached || (next?.value ?? null), valueWord: attached ? word : next });
    return attached || !next ? 0 : 1;
  }
  return 0;
}
