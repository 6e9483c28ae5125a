import { mayBeMisspelt } from "../names.ts";
import type { Job } from "../script.ts";
import { commandRules, exportedPair, outputTakers } from "./commands.ts";
import {
  allCommands,
  type Command,
  filesOf,
  type Group,
  innerLists,
  isGroup,
  type List,
  ownWords,
  type Redirect,
  type SimpleCommand,
  type Test,
  toList,
} from "./list.ts";
import {
  closingKeywords,
  commonCommands,
  internalVariables,
  isSpecialVariable,
  keywords,
  nonReadingCommands,
  quotedDollarCommands,
  refusedCommands,
  settableVariables,
  shells,
} from "./tables.ts";
import { splitFree } from "./split-free.ts";
import { whyTestUnknown, whyTestsUnknown } from "./tests.ts";
import { hasVariable, type ListOperator, Refusal, tokenize, variablesOf, type Word } from "./tokens.ts";

/**
 * Says `null` where ShellCheck 0.11.0 provably has no comment on the script, else what kept this from being known.
 *
 * The grammar is closed: simple commands and tests joined by `&&`, `||`, `;`, `|` and ends of lines, in groups, branches and substitutions, made of
 * forms for which every check of that version was read and is excluded. What is not recognised is refused. Forms are described by what they may hold,
 * never by what they may not: a list of bad characters has always had a hole.
 */
export function whyUnknown(job: Job): string | null {
  if (!shells.has(job.shell)) return "shell";
  if (job.variables.some(({ name, value }) => value !== null && /["'\\]/.test(value) && job.script.includes(name)))
    return "value";
  const tokens = tokenize(job.script);
  if (tokens instanceof Refusal) return tokens.reason;
  const list = toList(tokens);
  if (list instanceof Refusal) return list.reason;
  const commands = allCommands(list);
  const bashLike = /bash|ksh/.test(job.shell);
  const known = new Set(job.variables.map(({ name }) => name));
  const stopsOnError = job.shell.endsWith(" -e") || commands.some(setsErrexit);
  return (
    checkList(list, {
      shell: job.shell.replace(" -e", ""),
      bashLike,
      stopsOnError,
      known,
      mayExit: true,
      losesValues: false,
      substituted: false,
      inLoop: false,
    }) ??
    checkAppends(list, commands) ??
    whyTestsUnknown(list) ??
    checkVariables(list, commands, job)
  );
}

const setsErrexit = (command: Command): boolean =>
  command.type === "simple" &&
  command.words[0]?.raw === "set" &&
  command.words.some((arg) => /^-[eux]*e[eux]*$/.test(arg.raw));

/** Where a list stands. */
interface Context {
  /** What stands after `#!`, without flags. */
  readonly shell: string;
  readonly bashLike: boolean;
  readonly stopsOnError: boolean;
  /** Variables that are exported before the script. */
  readonly known: ReadonlySet<string>;
  /** Its last command may end the shell: nothing stands behind it that would never run. */
  readonly mayExit: boolean;
  /** In a pipe or in `$(...)`: what is set there is lost. */
  readonly losesValues: boolean;
  /** In `$(...)`. */
  readonly substituted: boolean;
  readonly inLoop: boolean;
}

/** A command with what stands around it. */
interface Place extends Context {
  readonly list: List;
  readonly index: number;
  readonly previous: ListOperator | undefined;
  readonly next: ListOperator | undefined;
  readonly piped: boolean;
}

function checkList(list: List, context: Context): string | null {
  const { commands, operators } = list;
  for (let index = 0; index < commands.length; index++) {
    const command = commands[index]!;
    const previous = operators[index - 1];
    const next = operators[index];
    const piped = previous === "|" || next === "|";
    // Spelt out: to spread the context took a seventh of the pre-filter's time.
    const place: Place = {
      shell: context.shell,
      bashLike: context.bashLike,
      stopsOnError: context.stopsOnError,
      known: context.known,
      mayExit: context.mayExit && index === commands.length - 1,
      losesValues: context.losesValues || piped,
      substituted: context.substituted,
      inLoop: context.inLoop,
      list,
      index,
      previous,
      next,
      piped,
    };
    const reason =
      (context.substituted ? checkSubstituted(command, place) : null) ??
      (command.type === "simple"
        ? checkSimple(command, place)
        : command.type === "test"
          ? checkTest(command, place)
          : checkGroup(command, place));
    if (reason !== null) return reason;
  }
  return null;
}

function checkSimple(command: SimpleCommand, place: Place): string | null {
  const { list, index, previous, next, piped } = place;
  if (command.words.length === 0) return checkAssigning(command, place);
  const name = commandName(command);
  if (name instanceof Refusal) return name.reason;
  const args = command.words.slice(1);
  const rule = Object.hasOwn(commandRules, name) ? commandRules[name] : undefined;
  return (
    checkElse(list, index, name) ??
    checkAssignments(command) ??
    checkWords(command, name, place) ??
    checkArguments(args, name) ??
    checkOutputs(command, name, place) ??
    checkRedirects(command, name, previous === "|", next === "|") ??
    (piped ? checkPipe(place, name) : null) ??
    (place.inLoop && notInLoops.has(name) ? `${name}: in a loop` : null) ??
    (rule ? rule(command, args, place) : null)
  );
}

/** What they change lasts into the next round. */
const notInLoops = new Set(["cd", "set", "export", ".", "source"]);

/** `NAME=value` and nothing else: SC2030, SC2036, SC2100, SC2269. */
function checkAssigning(command: SimpleCommand, place: Place): string | null {
  const [word, ...more] = command.assignments;
  if (!word || more.length > 0 || place.losesValues) return "assignment: form";
  const [name, value] = exportedPair(word)!;
  if (/^[^=]*="?\$\{?[A-Za-z0-9_]+\}?"?$/.test(word.raw) && variablesOf(word).includes(name))
    return "assignment: itself";
  if (!word.quoted && !hasVariable(word) && /^[A-Za-z_][A-Za-z0-9_]*[-+*]/.test(value)) return "assignment: arithmetic";
  return (
    checkElse(place.list, place.index, "") ??
    checkAssignments(command) ??
    checkWords(command, "", place) ??
    checkOutputs(command, "", place)
  );
}

function checkTest(test: Test, place: Place): string | null {
  if (place.piped) return "test: in a pipe";
  return (
    checkElse(place.list, place.index, "[") ??
    checkWords(test, "[", place) ??
    whyTestUnknown(test, place) ??
    checkSubstitutions(test, place)
  );
}

/** What stands in `$(...)`, and that the command has no rules for what comes out. */
function checkOutputs(command: SimpleCommand, name: string, place: Place): string | null {
  if (command.substitutions.length === 0) return null;
  if (name === "" && command.words.length > 0) return "substitution: command";
  if (Object.hasOwn(commandRules, name) && !outputTakers.has(name)) return "substitution: command";
  return checkSubstitutions(command, place);
}

function checkSubstitutions({ substitutions }: Command, context: Context): string | null {
  for (const list of substitutions) {
    const reason = checkList(list, { ...context, mayExit: false, losesValues: true, substituted: true });
    if (reason !== null) return reason;
  }
  return null;
}

/** SC2116, SC2327, SC2328, and what needs a shell that goes on. */
function checkSubstituted(command: Command, { list }: Place): string | null {
  if (command.type !== "simple" || command.words.length === 0) return "substitution: form";
  const [name] = command.words;
  if (command.assignments.length > 0 || hasVariable(name!)) return "substitution: form";
  if (/^(exit|set|export|\.|source)$/.test(name!.text)) return "substitution: command";
  if (list.commands.length === 1 && name!.text === "echo") return "substitution: echo";
  const away = command.redirects.some(({ operator }) => operator.operator !== "<" && operator.fd !== "2");
  return away ? "substitution: redirect" : null;
}

/** SC2204, SC2205, SC2233 to SC2235, SC2317, and redirects of the whole group. */
function checkGroup(group: Group, place: Place): string | null {
  const { list, index, previous, next, piped } = place;
  const own =
    checkElse(list, index, "") ??
    (piped && group.redirects.length > 0 ? "group: redirect in a pipe" : null) ??
    checkRedirects(group, "", previous === "|", next === "|") ??
    checkWords(group, "", place) ??
    (piped ? checkPipe(place, "") : null) ??
    (group.type === "case" ? checkCase(group, place) : null) ??
    (group.type === "for" ? checkFor(group, place) : null) ??
    checkSubstitutions(group, place);
  if (own !== null) return own;
  const inner = group.lists.flatMap(allCommands);
  if (group.type === "subshell") {
    if (inner.some((each) => each.type === "test" || (each.type === "simple" && each.words[0]?.text === "test")))
      return "subshell: test";
    if (inner.some((each) => each.type === "simple" && comparisons.has(each.words[1]?.text ?? "")))
      return "subshell: comparison";
  }
  const conditional = (previous === "&&" || previous === "||") && (next === ";" || next === undefined);
  const mayExit =
    group.type === "if" || group.type === "case"
      ? hasWayPast(group)
      : group.type !== "for" && (place.mayExit || conditional);
  for (const [at, each] of group.lists.entries()) {
    const isCondition = group.type === "if" && at % 2 === 0 && !(group.hasElse && at === group.lists.length - 1);
    const reason = checkList(each, {
      ...place,
      mayExit: mayExit && !piped && !isCondition,
      inLoop: place.inLoop || group.type === "for",
    });
    if (reason !== null) return reason;
  }
  return null;
}

/** SC2194, SC2195, SC2221, SC2222, SC2254: the word may be anything, and no two patterns are equal. */
function checkCase({ words: [word, ...patterns] }: Group, { piped }: Place): string | null {
  if (piped) return "case: in a pipe";
  if (word!.text !== "\0") return "case: word";
  return new Set(patterns.map(({ text }) => text)).size === patterns.length ? null : "case: pattern twice";
}

/** SC2013, SC2030, SC2041 to SC2045, SC2066, SC2231, SC2258; SC2165 and SC2167 are those of two loops. */
function checkFor({ words, variable }: Group, { losesValues, known }: Place): string | null {
  if (losesValues) return "for: subshell";
  if (isSpecialVariable(variable!) || variable === "PATH" || known.has(variable!)) return "for: variable";
  const [first] = words;
  const isOneWord = words.length === 1 && (!first!.glob || first!.text.includes(",")) && !isBareVariable(first!);
  if (!first || isOneWord) return "for: one word";
  const plain = words.every(
    (word) =>
      !word.bareSubstitution &&
      !word.text.endsWith(",") &&
      !word.text.includes("{}") &&
      !(word.glob && word.bareVariables.length > 0) &&
      !variablesOf(word).includes(variable!),
  );
  return plain ? null : "for: words";
}

const isBareVariable = ({ text, bareVariables }: Word): boolean => text === "\0" && bareVariables.length === 1;

/** What `( a -eq b )` looks like a test for. */
const comparisons = new Set("-nt -ot -ef == != <= >= -eq -ne -lt -le -gt -ge =~ =".split(" "));

/** Some branch does not end the shell. */
function hasWayPast({ type, lists, hasElse }: Group): boolean {
  if (!hasElse) return true;
  const branches = type === "case" ? lists : [...lists.filter((_, at) => at % 2 === 1), lists.at(-1)!];
  return branches.some((branch) =>
    allCommands(branch).every((each) => each.type !== "simple" || each.words[0]?.text !== "exit"),
  );
}

/** The last part of the command's path; empty when it is a variable. */
function commandName({ words }: SimpleCommand): string | Refusal {
  const word = words[0]!;
  if (word.substitutions.length > 0) return new Refusal("command: substitution");
  if (word.glob || word.escaped || word.singleQuoted !== null) return new Refusal("command: quoting");
  if (word.quoted && !(word.quotedVariables.length > 0 && word.startsQuoted)) return new Refusal("command: quoting");
  const shape = word.text.replaceAll("\0", "x");
  if (!/^(~\/)?[A-Za-z0-9_./:][A-Za-z0-9_./:@%+,^~-]*$/.test(shape)) return new Refusal("command: characters");
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
  return operators[index] !== "|" && ["echo", "true", ":", "exit", "printf"].includes(name) ? null : "&& ... ||";
}

function checkAssignments({ assignments, words }: SimpleCommand): string | null {
  for (const word of assignments) {
    const [name, value] = exportedPair(word)!;
    if (word.glob) return "assignment: glob";
    // SC1007 asks what is meant where a word follows.
    if (value === "" && words.length > 0) return "assignment: value";
    if (value.startsWith("=") || closingKeywords.has(value)) return "assignment: value";
    // A comment begins there, and the value is empty (SC2034).
    if (word.raw.includes("=#")) return "assignment: comment";
    if (!word.quoted && commonCommands.has(value)) return "assignment: command";
    if (value.includes("{}")) return "assignment: braces";
    if (isSpecialVariable(name) || name === "PATH") return "assignment: name";
  }
  return null;
}

/** Of groups and substitutions too. */
function wordsOf(command: Command): readonly Word[] {
  const own = ownWords(command);
  const lists = innerLists(command);
  return lists.length === 0 ? own : [...own, ...lists.flatMap(({ commands }) => commands.flatMap(wordsOf))];
}

/** What would be expanded in double quotes, and what sed itself means by `$`. */
const expansion = /\$[{(0-9a-zA-Z_]|`[^`]+`/;
const sedAddress = /\$[{dpsaic]($|[^a-zA-Z])/;

function checkWords(command: Command, name: string, { known }: Place): string | null {
  const isSpecial = (variable: string) =>
    isSpecialVariable(variable) && !(settableVariables.has(variable) && known.has(variable));
  const assignments = command.type === "simple" ? command.assignments : [];
  const program = name === "find" ? foundProgram(command) : name;
  for (const word of ownWords(command)) {
    if (hasVariable(word) && variablesOf(word).some(isSpecial)) return "variable: special";
    if (!word.quoted && !word.escaped && closingKeywords.has(word.text.toLowerCase())) return "keyword as a word";
    if (word.singleQuoted === null || !expansion.test(word.singleQuoted)) continue;
    // SC2016
    const meant =
      program === "sed"
        ? sedAddress.test(word.singleQuoted)
        : quotedDollarCommands.has(program) || program.endsWith("awk") || program.startsWith("perl");
    if (assignments.includes(word) || !meant) return "$ in single quotes";
  }
  return null;
}

/** What stands behind `-exec`. */
function foundProgram({ words }: Pick<Command, "words">): string {
  const action = words.findIndex(({ text }) => text === "-exec");
  return action < 0 ? "find" : (words[action + 1]?.text ?? "find");
}

function checkArguments(args: readonly Word[], name: string): string | null {
  const [first] = args;
  if (first && !first.startsQuoted && /^\+?=/.test(first.text)) return "argument: =";
  // SC2035
  if (name !== "echo" && args.some((arg) => arg.glob && /^[*?]/.test(arg.text))) return "argument: glob";
  return /^\]+$/.test(args.at(-1)?.text ?? "") ? "argument: ]" : null;
}

/** SC2094, SC2069, SC2188, SC2210, SC2217, SC2238, SC2259-SC2261, SC3025, SC3031. */
function checkRedirects(
  command: SimpleCommand | Group,
  name: string,
  pipedIn: boolean,
  pipedOut: boolean,
): string | null {
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

/** A word, the value of an assignment, or a variable is called like that file. */
const names = (word: Word, { text }: Word): boolean =>
  word.text === text ||
  word.text.endsWith(`=${text}`) ||
  variablesOf(word).includes(text) ||
  word.raw.includes(`{${text}}`);

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
function checkPipe({ list: { commands, operators }, index, bashLike }: Place, name: string): string | null {
  if (operators[index - 1] === "|") {
    const other = commands[index - 1]!;
    const before = isGroup(other) ? "" : (other.words[0]?.text ?? "");
    if (nonReadingCommands.has(name)) return "pipe: not read";
    if (name === "xargs" && /(^|\/)(find|ls)$/.test(before)) return "pipe: xargs";
    if (name === "wc" && before.endsWith("grep")) return "pipe: wc";
    // SC2000, SC2001
    const isReplaced = name === "wc" || (name === "sed" && bashLike);
    if (isReplaced && before === "echo" && !isGroup(other) && isOneVariable(other.words.slice(1))) return "pipe: echo";
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

const isOneVariable = (words: readonly Word[]): boolean => words.length === 1 && words[0]!.text === "\0";

/** SC2129: three appends in a row of commands. */
function checkAppends(list: List, commands: readonly Command[]): string | null {
  const appends = commands
    .flatMap(({ redirects }): readonly Redirect[] => redirects)
    .filter(({ operator }) => operator.operator === ">>");
  return appends.length >= 3 && (commands.some(isGroup) || list.operators.includes(";")) ? "appends" : null;
}

const setsNothing = (command: Command): boolean =>
  command.type === "simple"
    ? command.assignments.length === 0 && command.words[0]?.text !== "export"
    : command.type !== "for";

/**
 * Every variable is known: a bare one is exported with a value that cannot be split, a quoted one is set, always there, or at least not taken for
 * a misspelt one (SC2086, SC2153, SC2154, SC2097, SC2098), and what is set is used (SC2034).
 */
function checkVariables(list: List, commands: readonly Command[], job: Job): string | null {
  if (commands.every((command) => setsNothing(command) && !ownWords(command).some(hasVariable))) return null;
  const simple = commands.filter((command) => command.type === "simple");
  const known = new Set(job.variables.map(({ name }) => name));
  // In `sh` what `export` is given is split like any argument.
  const exportsQuote = !/\/sh( -e)?$/.test(job.shell);
  const exported = simple.flatMap(({ words: [name, ...args] }) => (name?.text === "export" ? args : []));
  const exports = exported.filter((word) => exportedPair(word) !== null);
  const onlyNamed = exported.filter((word) => exportedPair(word) === null).map(({ raw }) => raw);
  const assigned = simple.flatMap(({ words, assignments }) => (words.length === 0 ? assignments : []));
  const loops = commands.filter(isGroup).filter(({ variable }) => variable !== null);
  const looped = loops.map(({ variable }) => variable!);
  if (new Set(looped).size !== looped.length) return "for: variable twice";
  const assignedNames = [...assigned.map((word) => exportedPair(word)![0]), ...looped];
  const set = new Set([...exports.map((word) => exportedPair(word)![0]), ...assignedNames]);
  const isSet = (name: string) => known.has(name) || internalVariables.has(name) || set.has(name);
  const isSetOtherwise = (name: string) =>
    known.has(name) || assignedNames.filter((other) => other === name).length > 1;
  const isUnsafe = (name: string) =>
    !isSet(name) && (/[a-z]/.test(name) || [...known, ...set].some((other) => mayBeMisspelt(name, other)));
  if (!onlyNamed.every((name) => known.has(name) || assignedNames.includes(name))) return "variable: exported";
  // SC2090: to export a name is to use it bare, and quotes come along from one value to the next.
  const given = [
    ...simple.flatMap(({ assignments }) => assignments),
    ...exports,
    ...loops.flatMap(({ words }) => words),
  ];
  if (onlyNamed.length > 0 && given.some(({ text }) => /["'\\]/.test(text))) return "variable: exported";
  const used = new Set(onlyNamed);
  const values = [...exports, ...simple.flatMap((each) => each.assignments)];
  const isLooped = loopsOverLiterals(loops, values);
  if (commands.some((command) => command.type === "subshell" && isSeenOutside(command, commands)))
    return "subshell: variable";
  const whole = new Set(job.variables.flatMap(({ name, value }) => (value === null ? name : [])));
  const isSplitFree = splitFree(list, whole, values, looped);

  for (const command of commands) {
    const assignments = command.type === "simple" ? command.assignments : [];
    const own = new Set(assignments.map((word) => exportedPair(word)![0]));
    for (const word of ownWords(command)) {
      if (!hasVariable(word)) continue;
      for (const name of variablesOf(word)) {
        used.add(name);
        // A value made from the old one, which something else has set.
        const isRemade = command.type === "simple" && command.words.length === 0 && isSetOtherwise(name);
        if (own.has(name) && !isRemade) return "variable: set by the same command";
        // `-n` and `-z` count as giving it a value.
        if (command.type === "test" && !isSet(name)) return "variable: tested";
      }
      if (word.quotedVariables.some(isUnsafe)) return "variable: unknown";
      const isValue = assignments.includes(word) || (exportsQuote && exports.includes(word)) || command.type === "for";
      const bad = isValue ? isUnsafe : (name: string) => !isSplitFree(command, name) && !isLooped(command, name);
      if (word.bareVariables.some(bad)) return "variable: bare";
    }
  }
  // SC2034
  return assignedNames.every((name) => known.has(name) || used.has(name)) ? null : "variable: unused";
}

/** Something that a subshell sets is used or set outside of it, too (SC2030, SC2031). */
function isSeenOutside(subshell: Group, all: readonly Command[]): boolean {
  const inside = new Set(subshell.lists.flatMap(allCommands));
  const names = new Set([...inside].flatMap(namesSetBy));
  if (names.size === 0) return false;
  return all.some(
    (command) =>
      !inside.has(command) &&
      (namesSetBy(command).some((name) => names.has(name)) ||
        ownWords(command).some((word) => variablesOf(word).some((name) => names.has(name)))),
  );
}

function namesSetBy(command: Command): readonly string[] {
  if (isGroup(command)) return command.variable === null ? [] : [command.variable];
  if (command.type === "test") return [];
  const { words, assignments } = command;
  const exported = words[0]?.text === "export" ? words.slice(1) : [];
  return [...assignments, ...exported].map((word) => exportedPair(word)?.[0] ?? word.raw);
}

/** Whether a variable is one of a loop over plain words that nothing else sets, in that loop: no value of it is ever split. */
function loopsOverLiterals(
  loops: readonly Group[],
  assigned: readonly Word[],
): (command: Command, name: string) => boolean {
  const others = new Set(assigned.map((word) => exportedPair(word)?.[0]));
  const plain = loops.filter(({ words }) => words.every(({ raw }) => /^[A-Za-z0-9_./:@%+-]+$/.test(raw)));
  const inside = new Map(
    plain.map(({ variable, lists }) => [variable!, new Set(others.has(variable!) ? [] : lists.flatMap(allCommands))]),
  );
  return (command, name) => inside.get(name)?.has(command) ?? false;
}
