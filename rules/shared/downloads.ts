import { type Command, operands, type ShellWord } from "@stagewright/core";

/** A place that a command fetches from. */
export interface Download {
  readonly command: Command;
  readonly word: ShellWord;
  /** As written, variables and all. */
  readonly url: string;
}

const fetchers: ReadonlySet<string> = new Set(["curl", "wget", "aria2c", "git"]);

export const isFetcher = ({ name }: Command): boolean => name !== null && fetchers.has(name);

/** What `curl`, `wget` and `git clone` fetch. */
export function downloadsOf(command: Command): readonly Download[] {
  if (!isFetcher(command)) return [];
  if (command.name === "git" && !operands(command).some(({ value }) => value === "clone")) return [];
  return command.args.flatMap((word) => {
    if (!word.value.includes("://") && !word.value.startsWith("git@")) return [];
    // `$(uname -m)` stands in many URLs.
    const text = word.value.replace(/\$\([^()]*\)/g, "$()");
    return /^[^\s=]*:\/\/\S+$|^git@\S+$/.test(text) ? [{ command, word, url: word.value }] : [];
  });
}
