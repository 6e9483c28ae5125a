import type { Instruction } from "@stagewright/ast";
import { packageKind } from "../../knowledge/build-packages.ts";
import { type PackageFamily, partsOf } from "../../knowledge/package-managers.ts";
import type { AddedPackage, CommandEffects, PackageChange, PackageRemoval, StagePackages } from "./types.ts";

/** A package while it is not known yet what becomes of it. */
type Entry = { -readonly [Key in keyof AddedPackage]: AddedPackage[Key] };

interface RunEffects {
  readonly run: Instruction;
  readonly commands: readonly CommandEffects[];
}

/** Adds and removes what the RUNs of a stage and its parents do, in order. */
export function stagePackages(runs: readonly RunEffects[]): StagePackages {
  const entries: Entry[] = [];
  let computed = false;
  for (const { run, commands } of runs) {
    const recorded = recordedByApt(commands);
    const lastUnused = lastRemovalOfUnused(commands);
    for (const [index, effects] of commands.entries()) {
      const change = effects.packages;
      if (change?.action === "add") {
        computed ||= change.computed;
        for (const each of change.packages) {
          const { family, group } = change;
          entries.push({ ...each, kind: packageKind(each.name), family, run, effects, group, removal: null });
        }
      } else if (change?.action === "remove") {
        const unused = change.unused || (lastUnused.get(change.family) ?? -1) > index;
        const present = entries.filter((entry) => entry.family === change.family && entry.removal === null);
        for (const entry of present) {
          entry.removal = removalOf(entry, { change, run, effects, unused, everything: recorded && unused });
        }
      }
    }
  }
  return { added: entries, left: entries.filter(isLeft), computed };
}

const isLeft = ({ removal }: AddedPackage): boolean =>
  removal === null || removal.when === "later-run" || removal.partsLeft.length > 0;

interface Removing {
  readonly change: PackageChange;
  readonly run: Instruction;
  readonly effects: CommandEffects;
  readonly unused: boolean;
  /** All that the RUN has added goes, by apt's own record. */
  readonly everything: boolean;
}

function removalOf(entry: Entry, { change, run, effects, unused, everything }: Removing): PackageRemoval | null {
  const named = change.packages.find(({ name }) => name === entry.group || matches(name, entry.name));
  const when = entry.run === run ? "same-run" : "later-run";
  if (!named) {
    // A list that is not known is taken to hold what this RUN has added: who computes it means to clean up.
    return when === "same-run" && (change.computed || everything)
      ? { run, effects, word: null, when, partsLeft: [] }
      : null;
  }
  const parts =
    unused || change.computed || entry.family !== "apt" || change.manager === "aptitude" ? [] : partsOf(entry.name);
  const partsLeft = parts.filter((part) => !change.packages.some(({ name }) => name === part || (part.endsWith("-") && name.startsWith(part)))); // prettier-ignore
  return { run, effects, word: named.word, when, partsLeft };
}

/** The last command of the RUN, for each family, that takes what nothing needs any more. */
function lastRemovalOfUnused(commands: readonly CommandEffects[]): ReadonlyMap<PackageFamily, number> {
  const last = new Map<PackageFamily, number>();
  for (const [index, { packages }] of commands.entries()) {
    if (packages?.action === "remove" && packages.unused) last.set(packages.family, index);
  }
  return last;
}

/** apt is told which packages were asked for: what is removed as unused is then all that was installed for the build. */
const recordedByApt = (commands: readonly CommandEffects[]): boolean =>
  commands.some(
    ({ command, words }) => command.name === "apt-mark" && words.some(({ values }) => values.includes("auto")),
  );

/** A name on a command line that removes: a pattern of the shell, or of apt, or the name itself. */
function matches(pattern: string, name: string): boolean {
  if (pattern === name) return true;
  if (!/[*?]/.test(pattern)) return false;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`).test(name);
}
