import type { Location, Range } from "@stagewright/ast";
import { type Build, buildOf } from "../../knowledge/build-commands.ts";
import { commandOutcome, type Outcome, type Touch } from "../../knowledge/command-effects.ts";
import { packageManager } from "../../knowledge/package-managers.ts";
import { joinPaths } from "../paths.ts";
import type { Command, ShellWord } from "../types.ts";
import { expandFields, type Surroundings, type Values, type VariableLookup } from "./expand.ts";
import { packageChange } from "./package-change.ts";
import type { Followed } from "./shell.ts";
import type { ShellVariables } from "./shell-variables.ts";
import type { CommandEffects, ExpandedWord, Opaque, PackageChange, PathEffect } from "./types.ts";

/** One of the words that a word of the script becomes. */
export class Field implements ShellWord {
  readonly value: string;
  /** Nothing unknown is left in it. */
  readonly known: boolean;
  readonly #word: ShellWord;

  constructor(word: ShellWord, value: string, known: boolean) {
    this.#word = word;
    this.value = value;
    this.known = known;
  }

  get word(): ShellWord {
    return this.#word;
  }

  get raw(): string {
    return this.#word.raw;
  }

  get literal(): boolean {
    return this.#word.literal;
  }

  get quoted(): boolean {
    return this.#word.quoted;
  }

  get range(): Range {
    return this.#word.range;
  }

  get loc(): Location {
    return this.#word.loc;
  }
}

/** What a RUN begins with. */
export interface StageVariables {
  readonly lookup: VariableLookup;
  /** Nothing sets it, for certain. */
  isUnset(name: string): boolean;
}

/** The effects of one command of a RUN, each computed on first use. */
export class FollowedCommand implements CommandEffects, Surroundings {
  readonly command: Command;
  readonly cwd: string | null;
  readonly #variables: ShellVariables;
  readonly #version: number;
  readonly #outside: StageVariables;
  #words: readonly ExpandedWord[] | null = null;
  #fields: readonly Field[] | null = null;
  #packages: PackageChange | null | undefined = undefined;
  #outcome: Outcome | null | undefined = undefined;
  #isRead = false;
  #build: Build | null | undefined = undefined;
  #reads: readonly PathEffect[] | null = null;
  #writes: readonly PathEffect[] | null = null;
  #removes: readonly PathEffect[] | null = null;

  constructor({ command, cwd, variables, version }: Followed, outside: StageVariables) {
    this.command = command;
    this.cwd = cwd;
    this.#variables = variables;
    this.#version = version;
    this.#outside = outside;
  }

  get conditional(): boolean {
    const { operator, nesting } = this.command.context;
    return operator === "||" || nesting.some((each) => each === "branch" || each === "loop" || each === "function");
  }

  get words(): readonly ExpandedWord[] {
    return (this.#words ??= this.command.args.map((word) => this.#expand(word)));
  }

  /** The arguments that the command gets. */
  get fields(): readonly Field[] {
    return (this.#fields ??= this.#split());
  }

  #split(): readonly Field[] {
    const { args } = this.command;
    // Most commands hold nothing that a shell changes, and then the words are the fields.
    if (args.every(({ literal }) => literal)) return args.map((word) => new Field(word, word.value, true));
    return this.words.flatMap(({ word, values, known }) => values.map((value) => new Field(word, value, known)));
  }

  variable(name: string): string | null {
    const { assignments, wrappers } = this.command;
    const before = [...wrappers.flatMap(({ args }) => args), ...assignments];
    const own = before.findLast(({ value }) => value.startsWith(`${name}=`));
    if (!own) return this.lookup(name)?.each.join(" ") ?? null;
    const { values, known } = this.#expand(own);
    return known ? values.join(" ").slice(name.length + 1) : null;
  }

  get packages(): PackageChange | null {
    if (this.#packages === undefined) {
      const { name } = this.command;
      this.#packages = name === null || !packageManager(name) ? null : packageChange(this);
    }
    return this.#packages;
  }

  get build(): Build | null {
    if (this.#build === undefined) this.#build = buildOf(this.command);
    return this.#build;
  }

  get reads(): readonly PathEffect[] {
    return (this.#reads ??= [...this.#paths(this.#result?.reads), ...this.#redirected(/^<(?![<(&])/)]);
  }

  get writes(): readonly PathEffect[] {
    return (this.#writes ??= [...this.#paths(this.#result?.writes), ...this.#output()]);
  }

  get removes(): readonly PathEffect[] {
    return (this.#removes ??= this.#paths(this.#result?.removes));
  }

  get system() {
    const change = this.#result?.system;
    return change ? [change] : [];
  }

  get network(): boolean {
    const change = this.packages;
    if (change) return change.action !== "remove";
    return this.#result?.network === true;
  }

  get knowledge(): CommandEffects["knowledge"] {
    if (this.opaque !== null) return "opaque";
    // What a package's own scripts do belongs to the package.
    if (this.packages) return this.packages.computed ? "convention" : "exact";
    return this.#result?.convention || this.build ? "convention" : "exact";
  }

  get opaque(): Opaque | null {
    const { name, path, args } = this.command;
    if (this.packages) return null;
    if (this.#result) return null;
    if (name === null) return "unknown-command";
    const isShell = /^(?:sh|bash|ash|dash|zsh|ksh|source|\.|eval)$/.test(name);
    // Its script is among the commands.
    if (isShell && (name === "eval" || args.length === 0 || args.some(({ value }) => /^-\w*c$/.test(value))))
      return null;
    if (isShell || path.includes("/") || /\.(?:sh|py|pl|rb)$/.test(name)) return "script";
    return this.#result === undefined && !packageManager(name) ? "unknown-command" : "unknown-arguments";
  }

  get #result(): Outcome | null | undefined {
    if (this.#isRead) return this.#outcome;
    this.#isRead = true;
    const { name } = this.command;
    this.#outcome = name === null ? undefined : commandOutcome(name, { args: this.fields });
    if (this.#outcome === undefined && name !== null && packageManager(name)) this.#outcome = this.#asked();
    return this.#outcome;
  }

  /** A question to a package manager, or one of its settings. */
  #asked(): Outcome | null {
    return this.fields.some(({ value }) => /^(?:--print-arch|info|list|search|show|policy|repolist|query|--version|-v|version|repo|keys|help|--help|download|builddep|provides|key|dotdee)$/.test(value)) ? {} : null; // prettier-ignore
  }

  #paths(touches: readonly Touch[] = []): PathEffect[] {
    return touches.map(({ path, word, tree = false, into = false }) => {
      const known = !(word instanceof Field) || word.known;
      const source = word instanceof Field ? word.word : word;
      return { path: known ? this.#absolute(path) : null, word: source, tree, into };
    });
  }

  #output(): readonly PathEffect[] {
    const redirected = this.#redirected(/^(?:&?>>?\|?|<>|>&)$/);
    return redirected.filter(({ word }) => !/^(?:\d+|-)$/.test(word?.value ?? ""));
  }

  #redirected(operator: RegExp): PathEffect[] {
    return this.command.redirects.flatMap(({ operator: sign, target }) => {
      if (!target || !operator.test(sign)) return [];
      const { values, known } = this.#expand(target);
      const [value] = values;
      const path = known && values.length === 1 && value !== undefined ? this.#absolute(value) : null;
      return [{ path, word: target, tree: false, into: false }];
    });
  }

  /** Resolves in the folder of the command, and what the tables write as `~` and `$NAME`. */
  #absolute(path: string): string | null {
    const start = /^(?:~(?=\/|$)|\$(\w+))/.exec(path);
    if (!start) return joinPaths(this.cwd, path, false);
    const root = this.variable(start[1] ?? "HOME");
    return root === null ? null : joinPaths(null, root + path.slice(start[0].length), false);
  }

  #expand(word: ShellWord): ExpandedWord {
    return expandFields(word, this);
  }

  /** Neither the script nor the file nor the base image sets it. */
  isUnset(name: string): boolean {
    return (
      !this.#variables.open && this.#variables.get(name, this.#version) === undefined && this.#outside.isUnset(name)
    );
  }

  home(): string | null {
    return this.lookup("HOME")?.each[0] ?? null;
  }

  lookup(name: string): Values | null {
    if (name === "PWD") return this.cwd === null ? null : { each: [this.cwd], list: false };
    const own = this.#variables.get(name, this.#version);
    return own === undefined ? this.#outside.lookup(name) : own;
  }
}
