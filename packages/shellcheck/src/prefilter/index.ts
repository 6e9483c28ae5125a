import { mayBeMisspelt } from "../names.ts";
import type { Job } from "../script.ts";
import { commandRules, exportedPair, hasVariable } from "./commands.ts";
import { type List, type Redirect, type SimpleCommand, toList } from "./list.ts";
import {
  closingKeywords,
  commonCommands,
  internalVariables,
  isSpecialVariable,
  keywords,
  nonReadingCommands,
  quotedDollarCommands,
  refusedCommands,
  shells,
} from "./tables.ts";
import { Refusal, tokenize, type Word } from "./tokens.ts";

/**
 * Says `null` where ShellCheck 0.11.0 provably has no comment on the script, else what kept this from being known.
 *
 * The grammar is closed: simple commands joined by `&&`, `||`, `;`, `|` and ends of lines, made of forms for which every check of that version was
 * read and is excluded. What is not recognised is refused. Forms are described by what they may hold, never by what they may not:
 * a list of bad characters has always had a hole.
 */
export function whyUnknown(job: Job): string | null {
  if (!shells.has(job.shell)) return "shell";
  if (job.variables.some(({ name, value }) => value !== null && job.script.includes(name))) return "value";
  const tokens = tokenize(job.script);
  if (tokens instanceof Refusal) return tokens.reason;
  const list = toList(tokens);
  if (list instanceof Refusal) return list.reason;
  const bashLike = /bash|ksh/.test(job.shell);
  return (
    checkCommands(list, bashLike, job.shell.endsWith(" -e")) ??
    checkAppends(list) ??
    checkVariables(list, job, bashLike)
  );
}

function checkCommands(list: List, bashLike: boolean, errexit: boolean): string | null {
  const { commands, operators } = list;
  const stopsOnError =
    errexit ||
    commands.some(
      ({ words: [name, ...args] }) => name.raw === "set" && args.some((arg) => /^-[eux]*e[eux]*$/.test(arg.raw)),
    );
  for (const [index, command] of commands.entries()) {
    const previous = operators[index - 1];
    const next = operators[index];
    const piped = previous === "|" || next === "|";
    const name = commandName(command);
    if (name instanceof Refusal) return name.reason;
    const args = command.words.slice(1);
    const reason =
      checkElse(list, index, name) ??
      checkAssignments(command) ??
      checkWords(command, name) ??
      checkArguments(args) ??
      checkRedirects(command, name, previous === "|", next === "|") ??
      (piped ? checkPipe(list, index, name) : null) ??
      (Object.hasOwn(commandRules, name) ? commandRules[name]! : () => null)({
        command,
        args,
        previous,
        next,
        last: index === commands.length - 1,
        piped,
        bashLike,
        stopsOnError,
      });
    if (reason !== null) return reason;
  }
  return null;
}

/** The last part of the command's path; empty when it is a variable. */
function commandName({ words: [word] }: SimpleCommand): string | Refusal {
  if (word.glob || word.escaped || word.singleQuoted !== null) return new Refusal("command: quoting");
  if (word.quoted && !(word.quotedVariables.length > 0 && word.startsQuoted)) return new Refusal("command: quoting");
  const shape = word.text.replaceAll("\0", "x");
  if (!/^[A-Za-z0-9_./:][A-Za-z0-9_./:@%+,^~-]*$/.test(shape)) return new Refusal("command: characters");
  if (shape !== "." && (/[.,%/]$/.test(shape) || shape.startsWith("//"))) return new Refusal("command: characters");
  // SC1010, SC1130
  if (/^(if|then|else|elif|fi|do|done|case|esac|while|until|for|select|in|function|time|coproc):/i.test(shape)) {
    return new Refusal("command: keyword");
  }
  if (hasVariable(word)) return "";
  const name = shape.replace(/^.*\//, "");
  if (keywords.has(shape.toLowerCase())) return new Refusal("command: keyword");
  if (refusedCommands.has(shape) || refusedCommands.has(name)) return new Refusal(`command: ${name}`);
  return isCutToSpecial(name) ? new Refusal("command: cut") : name;
}

/** ShellCheck's parser ends a literal where an extended glob may begin, and some of its checks look only at the first one: `export+` is `export` to them. */
function isCutToSpecial(name: string): boolean {
  const first = /^[^@+]*/.exec(name)![0];
  return first !== name && (refusedCommands.has(first) || Object.hasOwn(commandRules, first));
}

/** SC2015: `A && B || C` is fine where C cannot fail. */
function checkElse({ operators }: List, index: number, name: string): string | null {
  if (operators[index - 1] !== "||" || index < 2) return null;
  let before = index - 2;
  while (operators[before] === "|") before--;
  if (operators[before] !== "&&") return null;
  return operators[index] !== "|" && ["echo", "true", ":"].includes(name) ? null : "&& ... ||";
}

function checkAssignments({ assignments }: SimpleCommand): string | null {
  for (const word of assignments) {
    const [name, value] = exportedPair(word)!;
    if (word.glob) return "assignment: glob";
    if (value === "" || value.startsWith("=") || closingKeywords.has(value)) return "assignment: value";
    // A comment begins there, and the value is empty (SC2034).
    if (word.raw.includes("=#")) return "assignment: comment";
    if (!word.quoted && commonCommands.has(value)) return "assignment: command";
    if (value.includes("{}")) return "assignment: braces";
    if (isSpecialVariable(name) || name === "PATH") return "assignment: name";
  }
  return null;
}

const wordsOf = ({ assignments, words, redirects }: SimpleCommand): Word[] => [
  ...assignments,
  ...words,
  ...filesOf(redirects),
];

const filesOf = (redirects: readonly Redirect[]): Word[] => redirects.flatMap(({ file }) => file ?? []);

/** What would be expanded in double quotes, and what sed itself means by `$`. */
const expansion = /\$[{(0-9a-zA-Z_]|`[^`]+`/;
const sedAddress = /\$[{dpsaic]($|[^a-zA-Z])/;

function checkWords(command: SimpleCommand, name: string): string | null {
  for (const word of wordsOf(command)) {
    if ([...word.quotedVariables, ...word.bareVariables].some(isSpecialVariable)) return "variable: special";
    if (!word.quoted && !word.escaped && closingKeywords.has(word.text.toLowerCase())) return "keyword as a word";
    if (word.singleQuoted === null || !expansion.test(word.singleQuoted)) continue;
    // SC2016
    const meant =
      name === "sed"
        ? sedAddress.test(word.singleQuoted)
        : quotedDollarCommands.has(name) || name.endsWith("awk") || name.startsWith("perl");
    if (command.assignments.includes(word) || !meant) return "$ in single quotes";
  }
  return null;
}

function checkArguments(args: readonly Word[]): string | null {
  const [first] = args;
  if (first && !first.startsQuoted && /^\+?=/.test(first.text)) return "argument: =";
  if (args.some((arg) => arg.glob && !arg.bracket && /^[*?]/.test(arg.text))) return "argument: glob";
  return /^\]+$/.test(args.at(-1)?.text ?? "") ? "argument: ]" : null;
}

/** SC2094, SC2069, SC2188, SC2210, SC2217, SC2238, SC2259-SC2261, SC3025, SC3031. */
function checkRedirects(command: SimpleCommand, name: string, pipedIn: boolean, pipedOut: boolean): string | null {
  const taken = new Set<string>();
  let duplicated = false;
  for (const { operator, file } of command.redirects) {
    if (!file) {
      duplicated = true;
      const known =
        operator.fd === "2"
          ? operator.duplicate === "1"
          : operator.fd !== "" && operator.fd !== "1"
            ? false
            : operator.duplicate === "2";
      if (!known) return "redirect: >&";
      continue;
    }
    if (!isPlainTarget(file)) return "redirect: file";
    if (operator.operator === "<") {
      if (operator.fd !== "" || nonReadingCommands.has(name) || pipedIn) return "redirect: input";
    } else {
      if (duplicated) return "redirect: after >&";
      if (operator.fd !== "" && operator.fd !== "1" && operator.fd !== "2") return "redirect: file descriptor";
      if (operator.fd !== "2" && pipedOut) return "redirect: out of a pipe";
    }
    const stream = operator.operator === "<" ? "in" : operator.fd === "2" ? "error" : "out";
    if (taken.has(stream)) return "redirect: twice";
    taken.add(stream);
    if (!isDevice(file) && wordsOf(command).some((word) => word !== file && names(word, file)))
      return "redirect: own argument";
  }
  return null;
}

/** A word, or the value of an assignment, is that file. */
const names = ({ text }: Word, file: Word): boolean => text === file.text || text.endsWith(`=${file.text}`);

const isDevice = (word: Word): boolean => word.text.startsWith("/dev/");

function isPlainTarget(file: Word): boolean {
  if (file.glob || file.escaped || !/^[A-Za-z0-9_./~\0 ]/.test(file.text)) return false;
  return (
    !/^[0-9]+$|^\/dev\/(tcp|udp)/.test(file.text) &&
    !closingKeywords.has(file.text.toLowerCase()) &&
    !commonCommands.has(file.text)
  );
}

/** SC2038, SC2126, SC2216, and a file that one command of the pipe writes and another one names (SC2094). */
function checkPipe({ commands, operators }: List, index: number, name: string): string | null {
  if (operators[index - 1] === "|") {
    const before = commands[index - 1]!.words[0].text;
    if (nonReadingCommands.has(name)) return "pipe: not read";
    if (name === "xargs" && /(^|\/)(find|ls)$/.test(before)) return "pipe: xargs";
    if (name === "wc" && before.endsWith("grep")) return "pipe: wc";
  }
  const files = filesOf(commands[index]!.redirects).filter((file) => !isDevice(file));
  if (files.length === 0) return null;
  let first = index;
  while (operators[first - 1] === "|") first--;
  for (let other = first; other === first || operators[other - 1] === "|"; other++) {
    if (other === index) continue;
    if (wordsOf(commands[other]!).some((word) => files.some((file) => names(word, file)))) return "pipe: own file";
  }
  return null;
}

/** SC2129: three appends in a row of commands. */
function checkAppends({ commands, operators }: List): string | null {
  const appends = commands.flatMap(({ redirects }) => redirects).filter(({ operator }) => operator.operator === ">>");
  return appends.length >= 3 && operators.includes(";") ? "appends" : null;
}

/**
 * Every variable is known: a bare one is exported with a value that cannot be split, a quoted one is set, always there, or at least not taken for
 * a misspelt one (SC2086, SC2153, SC2154, SC2097, SC2098).
 */
function checkVariables({ commands }: List, job: Job, bashLike: boolean): string | null {
  const known = new Set(job.variables.map(({ name }) => name));
  const exports = commands.flatMap(({ words: [name, word] }) => (name.text === "export" && word ? word : []));
  const exported = new Set(exports.map((word) => exportedPair(word)![0]));
  const prefixes = commands.flatMap(({ assignments }) => assignments).map((word) => exportedPair(word)![0]);
  const changed = new Set([...exported, ...prefixes]);
  const isSet = (name: string) => known.has(name) || internalVariables.has(name) || exported.has(name);
  const isUnsafe = (name: string) =>
    !isSet(name) && (/[a-z]/.test(name) || [...known, ...exported].some((other) => mayBeMisspelt(name, other)));

  for (const command of commands) {
    const own = new Set(command.assignments.map((word) => exportedPair(word)![0]));
    for (const word of wordsOf(command)) {
      if (word.bareVariables.length + word.quotedVariables.length === 0) continue;
      if ([...word.bareVariables, ...word.quotedVariables].some((name) => own.has(name)))
        return "variable: set by the same command";
      if (word.quotedVariables.some(isUnsafe)) return "variable: unknown";
      const assigned = command.assignments.includes(word) || (bashLike && exports.includes(word));
      const bad = assigned ? isUnsafe : (name: string) => !known.has(name) || changed.has(name);
      if (word.bareVariables.some(bad)) return "variable: bare";
    }
  }
  return null;
}
