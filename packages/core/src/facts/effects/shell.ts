import { joinPaths } from "../paths.ts";
import type { Command, CommandContext, Script, ShellSetting, ShellWord } from "../types.ts";
import { expandFields, type Values, type VariableLookup } from "./expand.ts";
import { ShellVariables } from "./shell-variables.ts";

/** What a shell has made of its folder and variables before a command. */
export interface Followed {
  readonly command: Command;
  readonly cwd: string | null;
  /** What the script has set, and the version of it that holds here. */
  readonly variables: ShellVariables;
  readonly version: number;
}

interface Frame {
  readonly id: number;
  readonly kind: CommandContext["nesting"][number];
  /** What held before it. */
  readonly cwd: string | null;
  readonly version: number;
}

/**
 * The folder and variables before each command of a script: through `cd`, assignments, `export`, lists, subshells, branches and loops. What depends on
 * whether a command ran is not known behind it.
 */
export function followShell(script: Script, start: string | null, outside: VariableLookup): readonly Followed[] {
  const followed: Followed[] = [];
  const { settings, commands } = script;
  const variables = new ShellVariables();
  const inside = { lookup, home };
  let cwd = start;
  let stack: readonly Frame[] = [];
  let next = 0;

  for (let index = 0; index < commands.length; index++) {
    const command = commands[index] as Command;
    for (let setting = settings[next]; setting && setting.position <= index; setting = settings[++next])
      assign(setting);
    enter(command.context);
    if (startsElsewhere(command)) cwd = null;
    followed.push({ command, cwd, variables, version: variables.version });
    run(command);
  }
  return followed;

  function assign({ name, words, assignment, context }: ShellSetting): void {
    enter(context);
    const values = words.map((word) => expandFields(word, inside));
    const all = values.flatMap(({ values: each }) => each);
    const known = words.length > 0 && values.every((each) => each.known);
    const value: Values | null = !known
      ? null
      : assignment
        ? { each: [all.join(" ").slice(name.length + 1)], list: false }
        : { each: all, list: true };
    if (context.pipeline.size === 1) set(name, value, context);
  }

  /** Leaves the subshells, branches and loops that the command is not in, and enters its own. */
  function enter({ nesting, scopes }: CommandContext): void {
    let shared = 0;
    while (shared < stack.length && stack[shared]?.id === scopes[shared]) shared++;
    if (shared === stack.length && shared === scopes.length) return;
    for (const { kind, cwd: before, version } of stack.slice(shared).reverse()) {
      if (kind === "group") continue;
      if (kind === "subshell" || kind === "substitution" || kind === "function") {
        cwd = before;
        variables.restore(version);
      } else {
        if (cwd !== before) cwd = null;
        variables.doubt(version);
      }
    }
    const entered = scopes
      .slice(shared)
      .map((id, index) => ({ id, kind: nesting[shared + index] ?? "group", cwd, version: variables.version }));
    stack = [...stack.slice(0, shared), ...entered];
  }

  /** What a command changes; in a pipe that is the pipe's own. */
  function run(command: Command): void {
    const { name, args, context } = command;
    if (context.pipeline.size > 1) return;
    switch (name) {
      case "cd":
      case "pushd":
        go(folderOf(args), context);
        return;
      case "popd":
        go(null, context);
        return;
      case "export":
      case "local":
      case "declare":
      case "typeset":
      case "readonly":
        for (const [sign, value] of args.map(declared)) if (sign) set(sign, value, context);
        return;
      case "unset":
      case "read":
        for (const { value } of args) if (/^\w+$/.test(value)) set(value, null, context);
        return;
      case ".":
      case "source":
      case "eval":
      case "getopts":
      case "let":
      case "mapfile":
      case "printf":
      case "readarray":
        variables.open = true;
    }
  }

  function folderOf(args: readonly ShellWord[]): string | null {
    const [target, more] = args.filter(({ value }) => !/^-[LPe@]+$/.test(value) && value !== "--");
    if (more || target?.value === "-") return null;
    const found = target ? expandFields(target, inside) : { values: [home()], known: home() !== null };
    const path = found.known && found.values.length === 1 ? (found.values[0] ?? null) : null;
    return path === null || /[*?[]/.test(path) ? null : joinPaths(cwd, path, false);
  }

  /** A name and its value, of words such as `NAME=value`. */
  function declared(word: ShellWord): readonly [string | null, Values | null] {
    const sign = /^\w+=/.exec(word.value);
    if (!sign) return [null, null];
    const { values, known } = expandFields(word, inside);
    const each = values.join(" ").slice(sign[0].length);
    return [sign[0].slice(0, -1), known ? { each: [each], list: false } : null];
  }

  /** Behind `||` a change may not have happened. */
  function go(folder: string | null, { operator }: CommandContext): void {
    cwd = operator === "||" && folder !== cwd ? null : folder;
  }

  function set(name: string, value: Values | null, { operator }: CommandContext): void {
    const { version } = variables;
    variables.set(name, value);
    if (operator === "||") variables.doubt(version);
  }

  function lookup(name: string): Values | null {
    if (name === "PWD") return cwd === null ? null : { each: [cwd], list: false };
    const own = variables.get(name);
    return own === undefined ? outside(name) : own;
  }

  function home(): string | null {
    return lookup("HOME")?.each[0] ?? null;
  }
}

/** A login shell, or `env --chdir`, changes the folder. */
const startsElsewhere = ({ wrappers }: Command): boolean =>
  wrappers.some(
    ({ name, args }) =>
      ((name === "su" || name === "runuser") && args.some(({ value }) => /^(?:-|-l|--login)$/.test(value))) ||
      ((name === "env" || name === "sudo") && args.some(({ value }) => /^(?:-C|-D|-i|--chdir.*)$/.test(value))),
  );
