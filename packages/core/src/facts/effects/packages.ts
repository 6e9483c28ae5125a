import type { Instruction } from "@stagewright/ast";
import { packageKind } from "../../knowledge/build-packages.ts";
import { type PackageFamily, partsOf } from "../../knowledge/package-managers.ts";
import type { ShellWord } from "../types.ts";
import type {
  AddedPackage,
  CommandEffects,
  NamedPackage,
  PackageChange,
  PackageRemoval,
  StagePackages,
} from "./types.ts";

/** A package while it is not known yet what becomes of it. */
type Entry = { -readonly [Key in keyof AddedPackage]: AddedPackage[Key] };

interface RunEffects {
  readonly run: Instruction;
  readonly commands: readonly CommandEffects[];
}

/** Adds and removes what the RUNs of a stage and its parents do, in order. */
export function stagePackages(runs: readonly RunEffects[]): StagePackages {
  const entries: Entry[] = [];
  const present = new Map<PackageFamily, PresentPackages>();
  const unsetRemovals: ShellWord[] = [];
  let computed = false;
  for (const { run, commands } of runs) {
    const recorded = recordedByApt(commands);
    const lastUnused = lastRemovalOfUnused(commands);
    for (let index = 0; index < commands.length; index++) {
      const effects = commands[index] as CommandEffects;
      const change = effects.packages;
      if (change?.action === "add") {
        computed ||= change.computed;
        const { family, group } = change;
        for (const { text, name, word, known } of change.packages) {
          const kind = packageKind(name);
          const entry = { text, name, word, known, kind, family, run, effects, group, removal: null };
          entries.push(entry);
          const others = present.get(family);
          if (others) others.add(entry);
          else present.set(family, new PresentPackages(entry));
        }
      } else if (change?.action === "remove") {
        const unused = change.unused || (lastUnused.get(change.family) ?? -1) > index;
        const removing = { change, run, effects, unused, everything: recorded && unused };
        unsetRemovals.push(...change.unset);
        present.get(change.family)?.remove(removing);
      }
    }
  }
  return { added: entries, left: entries.filter(isLeft), unsetRemovals, computed };
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

/** Packages of one family that nothing has removed. A name finds its own at once: files with thousands of both are linted, too. */
class PresentPackages {
  readonly #all = new Set<Entry>();
  readonly #named = new Map<string, Entry[]>();

  constructor(first: Entry) {
    this.add(first);
  }

  add(entry: Entry): void {
    this.#all.add(entry);
    this.#name(entry.name, entry);
    if (entry.group !== null && entry.group !== entry.name) this.#name(entry.group, entry);
  }

  #name(name: string, entry: Entry): void {
    const entries = this.#named.get(name);
    if (entries) entries.push(entry);
    else this.#named.set(name, [entry]);
  }

  remove(removing: Removing): void {
    const names = new RemovedNames(removing.change.packages);
    for (const entry of this.#mayBeMeant(removing, names)) {
      const removal = this.#all.has(entry) ? removalOf(entry, removing, names) : null;
      if (!removal) continue;
      entry.removal = removal;
      this.#all.delete(entry);
    }
  }

  #mayBeMeant({ change, everything }: Removing, names: RemovedNames): Iterable<Entry> {
    if (change.computed || everything || names.havePatterns) return this.#all;
    return change.packages.flatMap(({ name, text }) => [
      ...(this.#named.get(name) ?? []),
      // Groups have any name, also one that would say a version.
      ...(name === text ? [] : (this.#named.get(text) ?? [])),
    ]);
  }
}

/** The names on a command line that removes. */
class RemovedNames {
  readonly #exact = new Map<string, number>();
  readonly #patterns: (readonly [number, RegExp])[] = [];
  readonly #packages: PackageChange["packages"];

  constructor(packages: PackageChange["packages"]) {
    this.#packages = packages;
    for (const [index, { name, text }] of packages.entries()) {
      for (const each of [name, text]) if (!this.#exact.has(each)) this.#exact.set(each, index);
      if (/[*?]/.test(name)) this.#patterns.push([index, patternOf(name)]);
    }
  }

  get havePatterns(): boolean {
    return this.#patterns.length > 0;
  }

  /** The first that means a package: its name, its group, or a pattern. */
  first({ name, group }: Entry): NamedPackage | undefined {
    const pattern = this.#patterns.find(([, each]) => each.test(name));
    const indexes = [this.#exact.get(name), group === null ? undefined : this.#exact.get(group), pattern?.[0]];
    return this.#packages[Math.min(...indexes.map((index) => index ?? Infinity))];
  }
}

function removalOf(
  entry: Entry,
  { change, run, effects, unused, everything }: Removing,
  names: RemovedNames,
): PackageRemoval | null {
  const named = names.first(entry);
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
  let last: Map<PackageFamily, number> | null = null;
  for (let index = 0; index < commands.length; index++) {
    const packages = commands[index]?.packages;
    if (packages?.action === "remove" && packages.unused) (last ??= new Map()).set(packages.family, index);
  }
  return last ?? noRemovals;
}

const noRemovals: ReadonlyMap<PackageFamily, number> = new Map();

/** apt is told which packages were asked for: what is removed as unused is then all that was installed for the build. */
const recordedByApt = (commands: readonly CommandEffects[]): boolean =>
  commands.some(
    (effects) => effects.command.name === "apt-mark" && effects.words.some(({ values }) => values.includes("auto")),
  );

/** A name with the wildcards of the shell, or of apt. */
function patternOf(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`);
}
