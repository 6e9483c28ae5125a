import { flagValue, operands } from "../command-helpers.ts";
import { isSystemFamily, type PackageManager, packageManager } from "../../knowledge/package-managers.ts";
import type { Field, FollowedCommand } from "./command.ts";
import type { NamedPackage, PackageChange } from "./types.ts";

/** What a command of a package manager changes; `null` when it only asks, or does nothing that is known. */
export function packageChange(effects: FollowedCommand): PackageChange | null {
  const { command, fields } = effects;
  const name = command.name ?? "";
  const manager = packageManager(name);
  if (!manager) return null;
  const line = { args: fields };
  const { valueFlags } = manager;
  if (manager.systemFlags && !isGlobal(fields, manager.systemFlags)) return null;
  const words = operands(line, { valueFlags }) as readonly Field[];
  const found = manager.onlyAdds
    ? adding(words)
    : manager.byFlag
      ? byFlag(fields, manager)
      : bySubcommand(words, manager);
  if (!found) return null;
  const { action, actionWord, rest } = found;
  const unset = new Set(action === "remove" ? rest.filter((field) => isUnset(field, effects)) : []);
  const set = unset.size === 0 ? rest : rest.filter((field) => !unset.has(field));
  const packages = action === "upkeep" ? [] : set.flatMap((field) => named(field, manager, actionWord.value));
  const listed = manager.listFlags !== undefined && flagValue(line, manager.listFlags, { valueFlags }) !== null;
  const piped = command.wrappers.some((wrapper) => wrapper.name === "xargs");
  return {
    manager: name,
    family: manager.family,
    action,
    actionWord: actionWord.word,
    packages,
    group: manager.groupFlags ? (flagValue(line, manager.groupFlags, { valueFlags })?.value ?? null) : null,
    computed: listed || piped || packages.some(({ known }) => !known),
    unset: [...unset].map(({ word }) => word),
    unused:
      manager.keepsUnused !== true ||
      (manager.unused !== undefined && fields.some(({ value }) => manager.unused?.test(value))),
  };
}

/** `$NAME` of a variable that nothing sets. */
function isUnset({ value, known }: Field, effects: FollowedCommand): boolean {
  if (known) return false;
  const [, plain, braced] = /^\$(?:(\w+)|\{(\w+)\})$/.exec(value) ?? [];
  const name = plain ?? braced;
  return name !== undefined && !/^\d+$/.test(name) && effects.isUnset(name);
}

interface Found {
  readonly action: PackageChange["action"];
  readonly actionWord: Field;
  readonly rest: readonly Field[];
}

/** There is no subcommand: the first package stands for it. */
const adding = (words: readonly Field[]): Found | null =>
  words[0] ? { action: "add", actionWord: words[0], rest: words } : null;

function bySubcommand(words: readonly Field[], manager: PackageManager): Found | null {
  // `apt-get ${FLAGS} install`: a variable that is not known holds flags more likely than the subcommand.
  const at = words.findIndex(({ value }) => !value.includes("$"));
  let actionWord = words[at];
  if (!actionWord) return null;
  let rest = words.slice(at + 1);
  if (manager.groups?.test(actionWord.value)) {
    [actionWord, ...rest] = rest;
    if (!actionWord) return null;
  }
  const action = actionOf(actionWord.value, manager);
  return action === null ? null : { action, actionWord, rest };
}

function byFlag(fields: readonly Field[], manager: PackageManager): Found | null {
  const actionWord = fields.find(({ value }) => actionOf(value, manager) !== null);
  const action = actionWord ? actionOf(actionWord.value, manager) : null;
  return actionWord && action !== null
    ? { action, actionWord, rest: fields.filter(({ value }) => !value.startsWith("-")) }
    : null;
}

function actionOf(word: string, { add, remove, upkeep }: PackageManager): PackageChange["action"] | null {
  if (add.test(word)) return "add";
  if (remove.test(word)) return "remove";
  return upkeep.test(word) ? "upkeep" : null;
}

const isGlobal = (fields: readonly Field[], flags: readonly string[]): boolean =>
  fields.some(({ value }) => value === "global" || flags.some((flag) => value === `-${flag}` || value === `--${flag}`));

/** The package that a word names; none for a file or an address. What is removed may be a group, which has any name. */
function named(field: Field, manager: PackageManager, action: string): NamedPackage[] {
  const { value: text, known, word } = field;
  if (text === "") return [];
  const mayBeGroup = manager.groupFlags !== undefined && manager.remove.test(action);
  if (!mayBeGroup && /^(?:\.{0,2}\/|https?:|git\+|[<>|&])|\.(?:deb|rpm|apk|whl|tgz|gem)$/.test(text)) return [];
  if (manager.buildDependencies?.test(action)) return [{ text, name: "build-essential", word, known }];
  const name = isSystemFamily(manager.family) ? systemName(text, manager) : text.replace(/(?<!^)(?:[=<>~!@[].*)$/, "");
  // `apt-get install gcc-` takes away.
  if (manager.family === "apt" && /[^+-]-$/.test(name)) return [];
  return [{ text, name, word, known }];
}

function systemName(text: string, { family }: PackageManager): string {
  const bare = text.replace(/[=~<>].*$/, "");
  if (family === "apt") return bare.replace(/\/.*$/, "").replace(/:(?:amd64|i386|arm\w*|native|any)$/, "");
  return family === "apk" ? bare.replace(/(?<!^)@.*$/, "") : bare;
}
