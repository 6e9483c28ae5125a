import type { Instruction } from "@stagewright/ast";
import type { Build } from "../../knowledge/build-commands.ts";
import type { PackageKind } from "../../knowledge/build-packages.ts";
import type { PackageAction, PackageFamily } from "../../knowledge/package-managers.ts";
import type { Command, ShellState, ShellWord, StageState } from "../types.ts";

/** What one instruction does. */
export interface InstructionEffects {
  readonly instruction: Instruction;
  readonly before: EffectState;
  readonly after: EffectState;
  /** Of a RUN, in the order of its text; empty for other instructions. Their paths are those of the image. */
  readonly commands: readonly CommandEffects[];
  /** Of COPY, ADD and WORKDIR; of RUN those of all its commands. */
  readonly writes: readonly PathEffect[];
  /** All it does is known: no command of it is opaque, or runs code of the project. */
  readonly proved: boolean;
}

export interface EffectState extends StageState {
  readonly shell: ShellState;
}

/** What one simple command does. The lists are computed on first use. */
export interface CommandEffects {
  readonly command: Command;
  /** The folder it runs in, absolute; `null` when it is not known. */
  readonly cwd: string | null;
  /** The words after the name with known variables put in. */
  readonly words: readonly ExpandedWord[];
  /** It may not run: behind `||`, in a branch, a loop or a function. */
  readonly conditional: boolean;
  /** A variable as the command has it, its own assignments first; `null` when its value is not known, or nothing is known to set it. */
  variable(name: string): string | null;
  readonly reads: readonly PathEffect[];
  readonly writes: readonly PathEffect[];
  readonly removes: readonly PathEffect[];
  /** `null` for a command that is no package manager, and for questions to one. */
  readonly packages: PackageChange | null;
  readonly system: readonly SystemChange[];
  readonly network: boolean;
  /** What it builds, if it does. */
  readonly build: Build | null;
  /**
   * How well it is known. `exact`: all it does is in the lists. `convention`: the lists have what its tool does by its rules, but it runs code of the
   * project or of packages, which may do more. `opaque`: it is in no table, or what it works on is not known, and it may do anything.
   */
  readonly knowledge: "exact" | "convention" | "opaque";
  /** Why it is opaque; `null` for others. */
  readonly opaque: Opaque | null;
}

export type Opaque =
  /** Nothing is known of a command of this name, or its name is a variable. */
  | "unknown-command"
  /** It runs a script, from the build context or from elsewhere. */
  | "script"
  /** Its options are ones of which nothing is known, such as another subcommand. */
  | "unknown-arguments";

/** A word as the command gets it. */
export interface ExpandedWord {
  readonly word: ShellWord;
  /** Several where a variable holds several words, or braces or a loop give them. What is not known stands as it is written. */
  readonly values: readonly string[];
  /** Nothing unknown is left in the values; they may be patterns with `*`, `?` or `[`. */
  readonly known: boolean;
}

export interface PathEffect {
  /** Absolute; may be a pattern with `*`, `?` or `[`. `null` where it is not known. */
  readonly path: string | null;
  /** `null` for a path that no word names. */
  readonly word: ShellWord | null;
  /** Everything below the path too. */
  readonly tree: boolean;
  /** For writes that put several files into a folder: the path is the folder, or may be. */
  readonly into: boolean;
}

export type SystemChange = "users" | "services" | "configuration";

// Packages

/** A package on the command line of a package manager. */
export interface NamedPackage {
  /** As the command gets it: `gcc=12`, `g++`. */
  readonly text: string;
  /** Without version, architecture and release. */
  readonly name: string;
  /** Where it is named: the word, or the variable that holds it. */
  readonly word: ShellWord;
  readonly known: boolean;
}

/** What one command changes in the set of packages. */
export interface PackageChange {
  /** The command's name. */
  readonly manager: string;
  readonly family: PackageFamily;
  readonly action: PackageAction;
  /** The subcommand: `install`, `purge`, `-S`. */
  readonly actionWord: ShellWord;
  readonly packages: readonly NamedPackage[];
  /** The group of `apk add --virtual`, which `apk del` takes by name. */
  readonly group: string | null;
  /** The packages, or more of them, come from a substitution, a file, `xargs` or an unknown variable. */
  readonly computed: boolean;
  /** Words for packages to be removed that are nothing but a variable which nothing sets: they name none. */
  readonly unset: readonly ShellWord[];
  /** What nothing needs any more goes too. */
  readonly unused: boolean;
}

/** A package that a RUN adds. */
export interface AddedPackage extends NamedPackage {
  readonly kind: PackageKind | null;
  readonly family: PackageFamily;
  readonly run: Instruction;
  readonly effects: CommandEffects;
  readonly group: string | null;
  /** The command that takes it away; `null` when none is seen. */
  readonly removal: PackageRemoval | null;
}

export interface PackageRemoval {
  readonly run: Instruction;
  readonly effects: CommandEffects;
  /** The word that names it, or its group; `null` when a list that is not known, or apt's own record, is taken to hold it. */
  readonly word: ShellWord | null;
  /** `same-run`: nothing of it is left. `later-run`: its bytes stay in the layer of the RUN that added it. */
  readonly when: "same-run" | "later-run";
  /** Only its name goes: the packages that it stands for, these, stay (`gcc` of `build-essential`). Empty for others. */
  readonly partsLeft: readonly string[];
}

export interface StagePackages {
  /** In the order in which they are added. */
  readonly added: readonly AddedPackage[];
  /** Those of which something stays in the image: no removal, a later one, or one that leaves the parts. */
  readonly left: readonly AddedPackage[];
  /** Words for packages to be removed that are variables which nothing sets. */
  readonly unsetRemovals: readonly ShellWord[];
  /** Some RUN adds packages that cannot be known. */
  readonly computed: boolean;
}
