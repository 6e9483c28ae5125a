import { checkElse } from "./branches.ts";
import { checkGroup } from "./groups.ts";
import type { Command, List, Test } from "./list.ts";
import type { Context, Place } from "./place.ts";
import { checkSimple } from "./simple-commands.ts";
import { whyTestUnknown } from "./tests.ts";
import { hasVariable } from "./tokens.ts";
import { checkWords } from "./words.ts";

/** Each command of a list in its place. */
export function checkList(list: List, context: Context): string | null {
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

function checkTest(test: Test, place: Place): string | null {
  if (place.piped) return "test: in a pipe";
  return (
    checkElse(place.list, place.index, "[") ??
    checkWords(test, "[", place) ??
    whyTestUnknown(test, place) ??
    checkSubstitutions(test, place)
  );
}

export function checkSubstitutions({ substitutions }: Command, context: Context): string | null {
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
