import { checkList } from "../prefilter/check-list.ts";
import { commandRules } from "../prefilter/commands.ts";
import { knownVariables } from "../prefilter/known-variables.ts";
import { allCommands, type Command, type List, ownWords, toList } from "../prefilter/list.ts";
import { tokenize } from "../prefilter/tokenize.ts";
import { Refusal, variablesOf, type Word } from "../prefilter/tokens.ts";
import type { Job } from "../script.ts";

/** Commands with rules of the pre-filter that change nothing for the commands behind them. */
const harmless = new Set("rm mkdir chmod cp mv ln echo printf find grep tr xargs ls ps sudo".split(" "));

/**
 * Whether ShellCheck has nothing to say of a command or pipeline of a script, and nothing depends on it that is said of others. `joined`: it stands between two `&&`,
 * else between two `;`.
 */
export function inertCommands(job: Job): (text: string, joined: boolean) => boolean {
  const { known, whole } = knownVariables(job.variables);
  const onlyRead = new Map<string, boolean>();
  const isRead = (variable: string): boolean => {
    if (!onlyRead.has(variable)) onlyRead.set(variable, known.has(variable) && isOnlyRead(variable, job.script));
    return onlyRead.get(variable)!;
  };
  const isPlain = (word: Word) =>
    word.guardedVariables.length === 0 &&
    variablesOf(word).every(isRead) &&
    word.bareVariables.every((variable) => whole.has(variable));
  const context = {
    shell: job.shell.replace(" -e", ""),
    bashLike: /bash|ksh/.test(job.shell),
    known,
    mayExit: false,
    losesValues: false,
    substituted: false,
    inLoop: false,
  };
  return (text, joined) => {
    const list = readPipeline(text);
    if (!list) return false;
    const commands = allCommands(list);
    return (
      commands.every((command) => changesNothing(command, joined)) &&
      commands.every((command) => ownWords(command).every(isPlain)) &&
      // The `&&` behind it checks a `cd`.
      checkList(list, { ...context, stopsOnError: joined }) === null
    );
  };
}

function readPipeline(text: string): List | null {
  const tokens = tokenize(text);
  const list = tokens instanceof Refusal ? tokens : toList(tokens);
  return list instanceof Refusal || list.operators.some((operator) => operator !== "|") ? null : list;
}

function changesNothing(command: Command, joined: boolean): boolean {
  if (command.type !== "simple" || command.assignments.length > 0) return false;
  const name = command.words[0]?.text.replace(/^.*\//, "");
  return name !== undefined && (harmless.has(name) || (name === "cd" && joined) || !Object.hasOwn(commandRules, name));
}

/** Everything that looks like its name is `$NAME` or `${NAME}`. */
function isOnlyRead(name: string, script: string): boolean {
  const count = (expression: string) => script.match(new RegExp(expression, "g"))?.length ?? 0;
  return count(`\\b${name}\\b`) === count(`\\$(?:${name}\\b|\\{${name}\\})`);
}
