import { joinPaths } from "../paths.ts";
import type { Command, CommandContext, Script, ShellSetting } from "../types.ts";
import { expandFields, type Values, type VariableLookup } from "./expand.ts";

/** What a shell has made of its folder and variables. */
export interface ShellPlace {
  readonly cwd: string | null;
  /** Set by the script; `null` for what is not known. */
  readonly variables: ReadonlyMap<string, Values | null>;
}

export interface Followed {
  readonly command: Command;
  readonly place: ShellPlace;
}

interface Frame {
  readonly id: number;
  readonly kind: CommandContext["nesting"][number];
  readonly entry: ShellPlace;
}

/**
 * The folder and variables before each command of a script: through `cd`, assignments, `export`, lists, subshells, branches and loops. What depends on
 * whether a command ran is not known behind it.
 */
export function followShell(script: Script, cwd: string | null, outside: VariableLookup): readonly Followed[] {
  const followed: Followed[] = [];
  const { settings, commands } = script;
  let place: ShellPlace = { cwd, variables: new Map() };
  let stack: readonly Frame[] = [];
  let next = 0;

  for (const [index, command] of commands.entries()) {
    for (let setting = settings[next]; setting && setting.position <= index; setting = settings[++next])
      assign(setting);
    enter(command.context);
    if (startsElsewhere(command)) place = { ...place, cwd: null };
    followed.push({ command, place });
    const after = afterCommand(command);
    if (after !== place) place = runs(command.context, after);
  }
  return followed;

  function assign({ name, words, assignment, context }: ShellSetting): void {
    enter(context);
    const values = words.map((word) => expandFields(word, lookup, home()));
    const all = values.flatMap(({ values: each }) => each);
    const known = words.length > 0 && values.every((each) => each.known);
    const value: Values | null = !known
      ? null
      : assignment
        ? { each: [all.join(" ").slice(name.length + 1)], list: false }
        : { each: all, list: true };
    place = runs(context, withVariable(place, name, value));
  }

  /** Leaves the subshells, branches and loops that the command is not in, and enters its own. */
  function enter({ nesting, scopes }: CommandContext): void {
    let shared = 0;
    while (shared < stack.length && stack[shared]?.id === scopes[shared]) shared++;
    if (shared === stack.length && shared === scopes.length) return;
    for (const { kind, entry } of stack.slice(shared).reverse()) {
      if (kind === "subshell" || kind === "substitution" || kind === "function") place = entry;
      else if (kind !== "group") place = either(entry, place);
    }
    const entered = scopes
      .slice(shared)
      .map((id, index) => ({ id, kind: nesting[shared + index] ?? "group", entry: place }));
    stack = [...stack.slice(0, shared), ...entered];
  }

  /** In a pipe a change is the pipe's own; behind `||` it may not have happened. */
  function runs({ pipeline, operator }: CommandContext, after: ShellPlace): ShellPlace {
    if (pipeline.size > 1) return place;
    return operator === "||" ? either(place, after) : after;
  }

  function afterCommand({ name, args }: Command): ShellPlace {
    switch (name) {
      case "cd":
      case "pushd": {
        const [target, more] = args.filter(({ value }) => !/^-[LPe@]+$/.test(value) && value !== "--");
        if (more || target?.value === "-") return { ...place, cwd: null };
        const found = target ? expandFields(target, lookup, home()) : { values: [home()], known: home() !== null };
        const path = found.known && found.values.length === 1 ? (found.values[0] ?? null) : null;
        return { ...place, cwd: path === null || /[*?[]/.test(path) ? null : joinPaths(place.cwd, path, false) };
      }
      case "popd":
        return { ...place, cwd: null };
      case "export":
      case "local":
      case "declare":
      case "typeset":
      case "readonly":
        return args.reduce((before, word) => {
          const sign = /^\w+=/.exec(word.value);
          if (!sign) return before;
          const { values, known } = expandFields(word, lookup, home());
          const each = values.join(" ").slice(sign[0].length);
          return withVariable(before, sign[0].slice(0, -1), known ? { each: [each], list: false } : null);
        }, place);
      case "unset":
      case "read":
        return args.reduce(
          (before, { value }) => (/^\w+$/.test(value) ? withVariable(before, value, null) : before),
          place,
        );
      default:
        return place;
    }
  }

  function lookup(name: string): Values | null {
    if (name === "PWD") return place.cwd === null ? null : { each: [place.cwd], list: false };
    const own = place.variables.get(name);
    return own === undefined ? outside(name) : own;
  }

  function home(): string | null {
    return lookup("HOME")?.each[0] ?? null;
  }
}

const withVariable = (place: ShellPlace, name: string, value: Values | null): ShellPlace => ({
  ...place,
  variables: new Map(place.variables).set(name, value),
});

/** What holds whether or not it went the second way. */
function either(first: ShellPlace, second: ShellPlace): ShellPlace {
  if (first === second) return first;
  const variables = new Map(first.variables);
  for (const [name, value] of second.variables) {
    if (variables.get(name)?.each.join(" ") !== value?.each.join(" ")) variables.set(name, null);
  }
  return { cwd: first.cwd === second.cwd ? first.cwd : null, variables };
}

/** A login shell, or `env --chdir`, changes the folder. */
const startsElsewhere = ({ wrappers }: Command): boolean =>
  wrappers.some(
    ({ name, args }) =>
      ((name === "su" || name === "runuser") && args.some(({ value }) => /^(?:-|-l|--login)$/.test(value))) ||
      ((name === "env" || name === "sudo") && args.some(({ value }) => /^(?:-C|-D|-i|--chdir.*)$/.test(value))),
  );
