import { checkElse } from "./branches.ts";
import { checkSubstitutions } from "./check-list.ts";
import { commandRules, exportedPair, outputTakers } from "./commands.ts";
import type { SimpleCommand } from "./list.ts";
import { checkPipe } from "./pipes.ts";
import type { Place } from "./place.ts";
import { checkRedirects } from "./redirects.ts";
import { closingKeywords, commonCommands, isSpecialVariable, keywords, refusedCommands } from "./tables.ts";
import { hasVariable, Refusal, variablesOf, type Word } from "./tokens.ts";
import { checkWords } from "./words.ts";

export function checkSimple(command: SimpleCommand, place: Place): string | null {
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

/** The last part of the command's path; empty when it is a variable. */
function commandName({ words }: SimpleCommand): string | Refusal {
  const word = words[0]!;
  if (word.substitutions.length > 0) return new Refusal("command: substitution");
  if (word.glob || word.escaped || word.singleQuoted !== null) return new Refusal("command: quoting");
  if (word.quoted && !(word.quotedVariables.length > 0 && word.startsQuoted)) return new Refusal("command: quoting");
  const isVariable = hasVariable(word);
  const shape = isVariable ? word.text.replaceAll("\0", "x") : word.text;
  if (!/^(~\/)?[A-Za-z0-9_./:][A-Za-z0-9_./:@%+,^~-]*$/.test(shape)) return new Refusal("command: characters");
  if (shape !== "." && (/[.,%/]$/.test(shape) || shape.startsWith("//"))) return new Refusal("command: characters");
  // SC1010, SC1130
  if (/^(if|then|else|elif|fi|do|done|case|esac|while|until|for|select|in|function|time|coproc):/i.test(shape)) {
    return new Refusal("command: keyword");
  }
  if (isVariable) return "";
  const name = shape.slice(shape.lastIndexOf("/") + 1);
  if (keywords.has(shape.toLowerCase())) return new Refusal("command: keyword");
  if (refusedCommands.has(shape) || refusedCommands.has(name)) return new Refusal(`command: ${name}`);
  return isCutToSpecial(name) ? new Refusal("command: cut") : name;
}

/** ShellCheck's parser ends a literal where an extended glob may begin, and some of its checks look only at the first one: `export+` is `export` to them. */
function isCutToSpecial(name: string): boolean {
  const first = /^[^@+]*/.exec(name)![0];
  return first !== name && (refusedCommands.has(first) || Object.hasOwn(commandRules, first));
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

function checkArguments(args: readonly Word[], name: string): string | null {
  const [first] = args;
  if (first && !first.startsQuoted && /^\+?=/.test(first.text)) return "argument: =";
  // SC2035
  if (name !== "echo" && args.some((arg) => arg.glob && /^[*?]/.test(arg.text))) return "argument: glob";
  return /^\]+$/.test(args.at(-1)?.text ?? "") ? "argument: ]" : null;
}

/** What stands in `$(...)`, and that the command has no rules for what comes out. */
function checkOutputs(command: SimpleCommand, name: string, place: Place): string | null {
  if (command.substitutions.length === 0) return null;
  if (name === "" && command.words.length > 0) return "substitution: command";
  if (Object.hasOwn(commandRules, name) && !outputTakers.has(name)) return "substitution: command";
  return checkSubstitutions(command, place);
}
