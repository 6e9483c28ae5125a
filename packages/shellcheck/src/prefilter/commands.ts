import { isName } from "../names.ts";
import type { SimpleCommand } from "./list.ts";
import { builtins, closingKeywords, importantPaths, isSpecialVariable } from "./tables.ts";
import { whyTestUnknown } from "./tests.ts";
import { type ListOperator, variablesOf, type Word } from "./tokens.ts";

/** What stands around a command, as the rules of single commands look at it. */
export interface Surroundings {
  readonly previous: ListOperator | undefined;
  readonly next: ListOperator | undefined;
  /** Nothing stands behind it that would never run if the shell ended here. */
  readonly mayExit: boolean;
  /** In a pipe or a substitution: what it sets is lost. */
  readonly losesValues: boolean;
  readonly piped: boolean;
  /** What stands after `#!`, without flags. */
  readonly shell: string;
  /** bash or ksh. */
  readonly bashLike: boolean;
  /** `-e` of the shell, or `set -e` somewhere in the script. */
  readonly stopsOnError: boolean;
}

type Check = (command: SimpleCommand, args: readonly Word[], place: Surroundings) => string | null;

/** Why a command may have a comment, or `null` where ShellCheck 0.11.0 has none; commands that are not here have no checks of their own. */
export const commandRules: Readonly<Record<string, Check>> = {
  // SC2164, SC2103, SC2015
  cd(_, args, { next, piped, stopsOnError }) {
    const [folder] = args;
    if (args.length > 1 || piped || (folder && folder.text.startsWith("-") && folder.text !== "-"))
      return "cd: arguments";
    return next === "&&" || next === "||" || stopsOnError ? null : "cd: unchecked";
  },

  // SC2114, SC2115
  rm(_, args) {
    const recursive = flagsOf(args).some((flag) =>
      flag.startsWith("--") ? flag === "--recursive" : /[rR]/.test(flag),
    );
    if (!recursive) return null;
    return args.some((arg) => arg.bracket || importantPaths.has(fixPath(arg.text.replaceAll("\0", ""))))
      ? "rm: path"
      : null;
  },

  // SC2174
  mkdir(_, args) {
    const flags = flagsOf(args).join(" ");
    if (!/^((-[pv]+|--parents|--verbose|-m[0-7]*)( |$))*$/.test(flags)) return "mkdir: flag";
    return flags.includes("m") && flags.includes("p") ? "mkdir: mode" : null;
  },

  // SC2263
  chmod: (_, args) => (args.some((arg) => arg.text === "-r") ? "chmod: -r" : null),

  // SC2225, SC2226
  cp: twoFiles,
  mv: twoFiles,
  ln: twoFiles,

  // SC2005, SC2028, SC2291, SC2116, SC3036, SC3037
  echo(command, args, { shell, bashLike }) {
    const hasRedirectInside = command.redirects.some(({ operator: { start } }) => {
      const before = args.filter((arg) => arg.start < start).length;
      return before > 0 && before < args.length;
    });
    if (hasRedirectInside) return "echo: redirect";
    const first = args[0]?.text ?? "";
    const expands = shell === "/bin/dash" || shell === "/bin/busybox sh" || first === "-e";
    if (!expands && args.some((arg) => /\\([rntabefv\\']|[0-7]{1,3}|x[0-9A-Fa-f]{1,2})/.test(arg.text)))
      return "echo: escapes";
    if (/^-[eEsn]+$/.test(first) && !bashLike && !knownFlags[shell]?.test(first)) return "echo: flag";
    if (args.slice(1).some((arg) => arg.gap >= 4)) return "echo: blanks";
    return args.length === 1 && args[0]!.text === "\0" && args[0]!.substitutions.length > 0 ? "echo: output" : null;
  },

  // SC2155, SC2318, SC3044 and others; only `export NAME=value`, and `export NAME` of what is set elsewhere
  export(_, args, { losesValues }) {
    if (losesValues || args.length === 0) return "export: form";
    const names = args.map((arg) => exportedPair(arg)?.[0]);
    for (const arg of args) {
      if (isName(arg.raw) && !isSpecialVariable(arg.raw) && !names.includes(arg.raw)) continue;
      const pair = exportedPair(arg);
      if (!pair || arg.startsQuoted || arg.glob) return "export: form";
      const [name, value] = pair;
      if (isSpecialVariable(name) || value === "" || closingKeywords.has(value)) return "export: value";
      if (/^[=#]|["'\\]|\{\}/.test(value)) return "export: value";
      if (names.length > 1 && variablesOf(arg).some((used) => names.includes(used))) return "export: own name";
    }
    return null;
  },

  // SC2121, SC3040, SC3041
  set(_, args, place) {
    const flags = isSh(place) ? /^[-+][eux]*(o?)$/ : /^[-+][euxE]*(o?)$/;
    for (let index = 0; index < args.length; index++) {
      const flag = flags.exec(args[index]!.raw);
      if (!flag || flag[0].length < 2) return "set: flags";
      if (flag[1] === "") continue;
      const option = args[++index]?.raw ?? "";
      const isKnown = /^(errexit|nounset|xtrace)$/.test(option) || (option === "pipefail" && !isSh(place));
      if (!isKnown) return "set: option";
    }
    return args.length > 0 ? null : "set: flags";
  },

  // SC2014, SC2061, SC2067, SC2156, SC2146, SC2150, SC2227
  find(command, args) {
    if (!args[0] || args[0].text.startsWith("-")) return "find: path";
    if (args.some((arg) => arg.glob || /^-(ok|or$|execdir|okdir)/.test(arg.text))) return "find: expression";
    const action = args.findIndex((arg) => arg.text === "-exec");
    if (action >= 0 && !isPlainAction(args.slice(action + 1))) return "find: expression";
    if (args.some((arg) => arg.text === "-o") && args.slice(0, action < 0 ? undefined : action).some(isUngrouped))
      return "find: -o";
    const last = args.at(-1)!.start;
    return command.redirects.some(({ operator: { start } }) => start < last) ? "find: redirect" : null;
  },

  // SC2022, SC2062, SC2063
  grep: (_, args) => (args.some((arg) => arg.glob || /[*?]/.test(arg.text)) ? "grep: pattern" : null),

  // SC2024, SC2232
  sudo(command, args) {
    return command.redirects.length > 0 || args.length === 0 || args.some((arg) => builtins.has(arg.text))
      ? "sudo"
      : null;
  },

  // SC2012, SC2010, SC2009
  ls: notPiped,
  ps: notPiped,

  ".": sourced,
  source: (command, args, place) => (place.bashLike ? sourced(command, args, place) : "source"),

  // SC2065, SC2268 and others; only `test -f word`, `test "$V" = word` and comparisons of numbers
  test(command, args, place) {
    if (place.piped || command.redirects.length > 0) return "test: command";
    return whyTestUnknown({ words: args, negated: false }, place);
  },

  // SC2018 to SC2021, SC2060
  tr(_, args) {
    const isPlain = ({ text, glob }: Word) =>
      !glob &&
      !text.includes("[") &&
      text !== "a-z" &&
      text !== "A-Z" &&
      (text.startsWith("-") || !/([A-Za-z]).*\1/s.test(text));
    return args.length > 0 && args.every(isPlain) ? null : "tr";
  },

  // SC2242, SC2317
  exit(command, args, { previous, next, mayExit, piped }) {
    const reached = mayExit || ((previous === "&&" || previous === "||") && (next === ";" || next === undefined));
    if (!reached || piped || command.redirects.length > 0 || args.length > 1) return "exit";
    return !args[0] || (/^[0-9]{1,3}$/.test(args[0].raw) && Number(args[0].raw) <= 255) ? null : "exit: status";
  },

  // SC2117
  su: (_, args) => (args.length < 2 ? "su" : null),

  // SC2059, SC2182, SC2183
  printf(_, args) {
    const [format] = args;
    if (!format || format.text.includes("\0") || format.text.startsWith("-") || args.some((arg) => arg.glob))
      return "printf: format";
    const rest = format.text.replaceAll("%%", "");
    const places = rest.match(/%-?[0-9]*[sd]/g)?.length ?? 0;
    if ((rest.match(/%/g)?.length ?? 0) !== places) return "printf: format";
    const values = args.length - 1;
    return (places === 0 ? values === 0 : values > 0 && values % places === 0) ? null : "printf: values";
  },

  // SC2267, SC2146
  xargs(_, args) {
    const program = args.findIndex((arg) => !/^-([0rt]|[nPL][0-9]+)$/.test(arg.raw));
    const own = args[program]?.text.startsWith("-") ? args : args.slice(0, Math.max(program, 0));
    return flagsOf(own).some((flag) => flag.includes("i")) || args.some((arg) => arg.glob) ? "xargs" : null;
  },
};

const isBusybox = ({ shell }: Pick<Surroundings, "shell">): boolean => shell === "/bin/busybox sh";

/** POSIX's own shell, of which ShellCheck expects least. */
const isSh = ({ shell }: Surroundings): boolean => shell.endsWith("/sh");

/** What `echo` takes in the shells that are not POSIX's (SC3036). */
const knownFlags: Readonly<Record<string, RegExp>> = { "/bin/dash": /^-n$/, "/bin/busybox sh": /^-[en]+$/ };

/** Name and value of `NAME=value`. */
export function exportedPair(word: Word): readonly [name: string, value: string] | null {
  const match = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(word.text);
  return match && [match[1]!, match[2]!];
}

/** Programs that may stand behind `-exec`: nothing is known of them, whatever they are given. */
const foundPrograms = new Set("rm chmod chown chgrp touch strip gzip gunzip cp mv sed ldd".split(" "));

/** `program words {} \;` or `{} +` up to the end of the command; `sh -c` with a script without `{}`. */
function isPlainAction(args: readonly Word[]): boolean {
  const [program] = args;
  const [files, end] = args.slice(-2);
  if (args.length < 3 || !/^'?\{\}'?$/.test(files!.raw) || !/^(\\;|';'|'?\+'?)$/.test(end!.raw)) return false;
  const words = args.slice(1, -2);
  if (words.some(({ text, substitutions }) => /\{\}|^-exec$|^[;+]$/.test(text) || substitutions.length > 0))
    return false;
  return foundPrograms.has(program!.raw) || (/^(ba|da)?sh$/.test(program!.raw) && words[0]?.raw === "-c");
}

const namingTest = /^-i?(name|regex|wholename)$/;

/** `-name x -o -name y` and then something else: an action there is for the last one alone. */
const isUngrouped = (word: Word, index: number, words: readonly Word[]): boolean =>
  namingTest.test(word.text) &&
  words[index + 2]?.text === "-o" &&
  namingTest.test(words[index + 3]?.text ?? "") &&
  words[index + 5]?.text !== ")";

/** Commands whose arguments may be the output of another one; commands without a rule may too. */
export const outputTakers = new Set(["echo", "cp", "mv", "ln", "mkdir", "chmod", "printf"]);

function flagsOf(args: readonly Word[]): string[] {
  return args.filter((arg) => arg.text.startsWith("-")).map((arg) => arg.text);
}

function twoFiles(_: SimpleCommand, args: readonly Word[]): string | null {
  return args.filter((arg) => !arg.text.startsWith("-")).length < 2 ? "too few files" : null;
}

function notPiped(_: SimpleCommand, __: readonly Word[], { next }: Surroundings): string | null {
  return next === "|" ? "output in a pipe" : null;
}

/** SC2240 */
function sourced(command: SimpleCommand, args: readonly Word[], place: Surroundings): string | null {
  const [file] = args;
  if (!file || file.glob || file.text === "" || file.text === "/dev/null") return "source: file";
  const takesArguments = place.bashLike || isBusybox(place);
  if (args.length > 1 && !takesArguments) return "source: arguments";
  return place.piped || command.redirects.length > 0 ? "source" : null;
}

function fixPath(path: string): string {
  const short = path.replace(/\*+/g, "*").replace(/\/+/g, "/");
  return short === "/" ? short : short.replace(/\/+$/, "");
}
