import type { ShellCheckRequest } from "../types.ts";
import { checkList } from "./check-list.ts";
import { knownVariables } from "./known-variables.ts";
import { allCommands, type Command, toList } from "./list.ts";
import { checkAppends } from "./pipes.ts";
import { shells } from "./tables.ts";
import { whyTestsUnknown } from "./tests.ts";
import { tokenize } from "./tokenize.ts";
import { Refusal } from "./tokens.ts";
import { checkVariables } from "./variables.ts";

/**
 * Says `null` where ShellCheck 0.11.0 provably has no comment on the script, else what kept this from being known.
 *
 * The grammar is closed: simple commands and tests joined by `&&`, `||`, `;`, `|` and ends of lines, in groups, branches and substitutions, made of
 * forms for which every check of that version was read and is excluded. What is not recognised is refused. Forms are described by what they may hold,
 * never by what they may not: a list of bad characters has always had a hole.
 */
export function whyUnknown({ shell, variables, script }: ShellCheckRequest): string | null {
  if (!shells.has(shell)) return "shell";
  const exported = knownVariables(variables);
  if (exported.quoted.some((name) => script.includes(name))) return "value";
  const tokens = tokenize(script);
  if (tokens instanceof Refusal) return tokens.reason;
  const list = toList(tokens);
  if (list instanceof Refusal) return list.reason;
  const commands = allCommands(list);
  const bashLike = /bash|ksh/.test(shell);
  const stopsOnError = shell.endsWith(" -e") || commands.some(setsErrexit);
  return (
    checkList(list, {
      shell: shell.replace(" -e", ""),
      bashLike,
      stopsOnError,
      known: exported.known,
      mayExit: true,
      losesValues: false,
      substituted: false,
      inLoop: false,
    }) ??
    checkAppends(list, commands) ??
    whyTestsUnknown(list) ??
    checkVariables(list, commands, shell, exported)
  );
}

const setsErrexit = (command: Command): boolean =>
  command.type === "simple" &&
  command.words[0]?.raw === "set" &&
  command.words.some((arg) => /^-[eux]*e[eux]*$/.test(arg.raw));
