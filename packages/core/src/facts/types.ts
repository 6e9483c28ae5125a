import type {
  Arg,
  Comment,
  Escape,
  ExecForm,
  Flag,
  From,
  Heredoc,
  ImageReference,
  Instruction,
  JsonString,
  Location,
  MappedText,
  Node,
  Range,
  Run,
  Variable,
  Word,
} from "@stagewright/ast";
import type { ImageRequest } from "../requests.ts";
import type { SourceCode } from "../source-code.ts";
import type { Base } from "./bases.ts";
import type { InstructionEffects, StagePackages } from "./effects/types.ts";

/** What rules may ask about a file; each fact is computed once, on first use. */
export interface Facts {
  readonly stages: StageGraph;
  readonly variables: Variables;
  readonly images: readonly ImageUse[];
  /** What a FROM that names an image starts from. */
  base(from: From): Base;
  /** Commands of the shell text of an instruction, or of its exec form; empty for instructions that run nothing. */
  script(instruction: Instruction): Script | null;
  /** The shell in force before the instruction. */
  shell(instruction: Instruction): ShellState;
  /** WORKDIR, USER, ENV and ARG before the instruction. */
  state(instruction: Instruction): StageState;
  /** The `--mount` flags of a RUN. */
  mounts(run: Run): readonly Mount[];
  /** What an instruction does: the state before and after it, and the effects of each of its commands. */
  effects(instruction: Instruction): InstructionEffects;
  /** What package managers add and remove in the RUNs of a stage and of those it is built FROM. */
  packages(stage: Stage): StagePackages;
  /** What a function makes of the file: a fact of rules' own, made once and gone with it. It has to be one function, not a new one for each file. */
  derived<Result>(make: (sourceCode: SourceCode) => Result): Result;
}

// Stages

export interface Stage {
  /** From 0. */
  readonly index: number;
  readonly from: From;
  /** Lower-cased, or `null`. */
  readonly name: string | null;
  /** What FROM names, with values of ARGs put in: an earlier stage, `scratch`, or an image. */
  readonly base: { readonly kind: "stage"; readonly stage: Stage } | { readonly kind: "scratch" | "image" };
  /** FROM first; ONBUILD wrappers as they stand. */
  readonly instructions: readonly Instruction[];
  /** `COPY --from` and `from=` of `RUN --mount`, in file order; of those in ONBUILD only the ones that name a stage of this file. */
  readonly uses: readonly StageUse[];
}

/** A reference to a stage or to an image that is used as one. */
export interface StageUse {
  readonly instruction: Instruction;
  /** The word that names it, without quotes. */
  readonly text: string;
  readonly range: Range;
  readonly loc: Location;
  /** The stage it means: an earlier one by name, or by number in COPY; `null` for an image, an unknown name, or a variable. */
  readonly target: Stage | null;
  /** The text is the number of a stage: COPY takes one, a mount does not. */
  readonly byIndex: boolean;
}

export interface StageGraph {
  /** ARGs (and whatever else) before the first FROM. */
  readonly preamble: readonly Instruction[];
  readonly all: readonly Stage[];
  /** The last stage, which a build makes when no target is named; `null` for a file without FROM. */
  readonly final: Stage | null;
  /** The stage an instruction stands in, `null` before the first FROM. Also for instructions inside ONBUILD. */
  of(instruction: Instruction): Stage | null;
  /** The last stage of that name (BuildKit's choice) before `before`, by name (any case); all stages when `before` is absent. */
  find(name: string, before?: Stage): Stage | null;
  /** The name of an earlier stage that a word which names none may be a misspelling of: one or two letters off. What no stage can be called is none. */
  near(word: string, before: Stage): string | null;
  /** The stage and the stages it is built FROM, nearest first. */
  chain(stage: Stage): readonly Stage[];
  /** All stages that a build of `stage` needs, itself included; where FROM has a variable, all that it may name. */
  needed(stage: Stage): ReadonlySet<Stage>;
}

// Variables

export interface Variables {
  /**
   * Text of a word with variables replaced, or `null` when one of them has no known value. Base images' ENV counts where it is known; an ARG without
   * a value is missing for `${X:-word}` and not known elsewhere. A word that BuildKit does not expand gives its value.
   */
  expand(word: Word | JsonString, at: Instruction): string | null;
  /** The same for a part of a word, as BuildKit takes it: a value in the list of a flag. */
  expandText(text: string, at: Instruction): string | null;
  /** The value of a variable just before an instruction; of ENV and ARG of one name the later counts, as in BuildKit. */
  lookup(name: string, at: Instruction): VariableValue;
  /** Every variable used where BuildKit expands it, with the declaration that it means. */
  readonly uses: readonly VariableUse[];
  /** Global ARGs: those before the first FROM. */
  readonly globals: readonly Arg[];
}

export type VariableValue =
  /** Declared with a value that the file shows, variables in it resolved. */
  | { readonly kind: "value"; readonly value: string; readonly declaration: Node | null }
  /** Declared (ARG without default, a predefined ARG, ENV of something unknown), but its value is not in the file. */
  | { readonly kind: "unknown"; readonly declaration: Node | null }
  /** Not declared here; a base image may still set it when `baseMaySet`. */
  | { readonly kind: "undeclared"; readonly baseMaySet: boolean };

export interface VariableUse {
  readonly variable: Variable;
  readonly instruction: Instruction;
  readonly value: VariableValue;
}

// Images

/** One place where an image stands: FROM, `COPY --from`, `RUN --mount from=`, `# syntax=`. */
export interface ImageUse {
  readonly where: "from" | "copy" | "mount" | "syntax";
  readonly instruction: Instruction | null;
  /** The whole reference as written. */
  readonly text: string;
  readonly range: Range;
  readonly loc: Location;
  /** The tree's node, for FROM. */
  readonly node: ImageReference | null;
  /** Where its tag stands; `null` where none is written, or not in one piece. */
  readonly tagPlace: { readonly range: Range; readonly loc: Location } | null;
  /** With ARG defaults and build arguments put in; `null` when a variable has no known value. */
  readonly resolved: ParsedImage | null;
  readonly request: ImageRequest | null;
}

/** An image reference by the grammar of the OCI distribution reference, with Docker's normalisation. */
export interface ParsedImage {
  /** `docker.io` when none is written. */
  readonly registry: string;
  /** `library/debian` on Docker Hub. */
  readonly repository: string;
  /** As people write it: `debian`, `reg.io/a/b`. */
  readonly familiar: string;
  readonly tag: string | null;
  readonly digest: string | null;
}

// Shells

/** The families that matter for what a script means. */
export type ShellKind = "sh" | "bash" | "ash" | "dash" | "ksh" | "zsh" | "powershell" | "cmd" | "other" | "unknown";

export interface ShellState {
  readonly kind: ShellKind;
  /** As SHELL says: `["/bin/bash", "-o", "pipefail", "-c"]`. */
  readonly argv: readonly string[];
  /** A failure in a pipe fails the command. */
  readonly pipefail: boolean;
  /** The SHELL instruction (of this stage or one it is built on), a pragma's comment, or `null` for the default. */
  readonly source: Node | Comment | null;
  readonly windows: boolean;
}

// Scripts

/** What a RUN, CMD, ENTRYPOINT or HEALTHCHECK runs. */
export interface Script {
  readonly instruction: Instruction;
  /** The shell text and its map; `null` for an exec form. */
  readonly text: MappedText | null;
  readonly exec: ExecForm | null;
  /** The heredoc that is the script, if one is. */
  readonly heredoc: Heredoc | null;
  /** The interpreter: the shell in force, or what the first line of the heredoc (`#!`) says. */
  readonly shell: ShellState;
  readonly escape: Escape;
  /**
   * Simple commands in the order of their text, those in pipes, lists, subshells, functions, `$(...)` included, and those of the scripts that `sh -c`,
   * `su -c` and a shell's heredoc hold. Empty for PowerShell, cmd and programs that are no shell.
   */
  readonly commands: readonly Command[];
  /** Those of that name. Most scripts have none, so this is the way to look for certain commands. */
  named(name: string): readonly Command[];
  /** Variables that are set by no command: `NAME=value` on its own, and the variables of `for` loops. */
  readonly settings: readonly ShellSetting[];
  /** Lists, pipes and subshells as `unbash` has them; `null` for exec forms and shells it does not parse. */
  readonly tree: unknown;
  /** The text could not be parsed as a shell script; `commands` may be incomplete. */
  readonly broken: boolean;
  /** Maps a range of the script's text to the file. */
  locate(range: Range): { readonly range: Range; readonly loc: Location };
}

/** One simple command. All ranges are of the file. */
export interface Command {
  /** The last part of the command's path, quotes removed: `apt-get` also for `/usr/bin/apt-get` and `$BIN/apt-get`; `null` when it is a variable or expansion. */
  readonly name: string | null;
  /** As written, quotes removed. */
  readonly path: string;
  readonly nameWord: ShellWord;
  /** The words after the name. */
  readonly args: readonly ShellWord[];
  /** `NAME=value` before the name. */
  readonly assignments: readonly ShellWord[];
  readonly redirects: readonly Redirect[];
  /** From the first assignment or word to the last word or redirect. */
  readonly range: Range;
  readonly loc: Location;
  /** Commands looked through to get here, outermost first: `sudo`, `env`, `exec`, `xargs`, `time`, ..., and the `bash` of `bash -c`. */
  readonly wrappers: readonly Wrapper[];
  /** Place in the structure around it. */
  readonly context: CommandContext;
}

/** A variable that a script sets without a command. */
export interface ShellSetting {
  readonly name: string;
  /** The words that it is set to: one for an assignment (`+=` and arrays have none), each in turn for a loop. */
  readonly words: readonly ShellWord[];
  /** In `words` the value follows `NAME=`. */
  readonly assignment: boolean;
  /** How many of the script's commands stand before it. */
  readonly position: number;
  readonly context: CommandContext;
}

export interface Wrapper {
  readonly name: string;
  readonly word: ShellWord;
  readonly args: readonly ShellWord[];
}

export interface CommandContext {
  /** Commands of the same pipeline share it; alone in it when `size` is 1. */
  readonly pipeline: { readonly id: number; readonly position: number; readonly size: number };
  /** Joined to the command before it in the same list: `&&`, `||`, `;`, `&`, a line feed; `null` for the first one. */
  readonly operator: "&&" | "||" | ";" | "&" | "\n" | null;
  /** Runs in a subshell (or a shell of its own), a substitution, a function body, a branch or a loop; outermost first. */
  readonly nesting: readonly ("subshell" | "substitution" | "function" | "branch" | "loop" | "group")[];
  /** A number for each of `nesting`: what has the same number stands in the same subshell, function or loop. */
  readonly scopes: readonly number[];
}

export interface ShellWord {
  readonly range: Range;
  readonly loc: Location;
  /** As written, continuations joined. */
  readonly raw: string;
  /** Quotes removed; variables and substitutions as written. */
  readonly value: string;
  /** No variable, substitution, glob, brace or tilde in it: `value` is what the command gets. */
  readonly literal: boolean;
  /** The whole word stands in one pair of quotes. */
  readonly quoted: boolean;
}

export interface Redirect {
  readonly operator: string;
  readonly fd: number | null;
  readonly target: ShellWord | null;
  readonly range: Range;
  readonly loc: Location;
}

// State

export interface StageState {
  /** Absolute path, or `null` when it is not known (the base image's, or a variable). */
  readonly workdir: string | null;
  /** As USER says, variables resolved; `null` when it is not known or the base image's. */
  readonly user: string | null;
  /** ENV of the file, and of the base image where it is known. */
  readonly env: ReadonlyMap<string, string | null>;
  readonly args: ReadonlyMap<string, string | null>;
}

// Mounts

export interface Mount {
  readonly flag: Flag;
  /** `bind` when none is written. */
  readonly type: string;
  /** `target`, also written `dst` or `destination`. */
  readonly target: string | null;
  readonly source: string | null;
  readonly from: string | null;
  /** Keys lower-cased, in the order of the text. */
  readonly options: readonly {
    readonly key: string;
    readonly value: string | null;
    readonly range: Range;
    readonly loc: Location;
    readonly valueRange: Range;
  }[];
}
