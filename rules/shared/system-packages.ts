import type { Command, Script, ShellWord } from "@stagewright/core";
import { apk, apt, dnf, yum, zypper } from "./package-managers.ts";
import { operandsOf } from "./words.ts";

/** What a command of the system's package manager adds or removes. */
export interface PackageChange {
  readonly command: Command;
  readonly kind: "add" | "remove";
  /** The words behind the action, as they are written. */
  readonly words: readonly ShellWord[];
}

const managers = [apt, apk, yum, dnf, zypper];

const removals: ReadonlySet<string> = new Set("remove purge autoremove del erase rm groupremove".split(" "));
const additions: ReadonlySet<string> = new Set("install add in groupinstall".split(" "));

/** In the order of the script. */
export const packageChanges = (script: Script | null): readonly PackageChange[] =>
  (script?.commands ?? []).flatMap((command) => packageChange(command) ?? []);

export function packageChange(command: Command): PackageChange | null {
  const { name } = command;
  const manager = name === null ? undefined : managers.find(({ commands }) => commands.includes(name));
  if (!manager) return null;
  const operands = operandsOf(command, manager.valueFlags);
  const index = operands.findIndex(({ value }) => removals.has(value) || additions.has(value));
  const action = operands[index];
  if (!action) return null;
  return { command, kind: removals.has(action.value) ? "remove" : "add", words: operands.slice(index + 1) };
}
