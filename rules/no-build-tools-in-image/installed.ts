import type { Run } from "@stagewright/ast";
import { type Command, type Facts, type PackageKind, packageKind, type ShellWord } from "@stagewright/core";
import { operandsOf } from "../shared/words.ts";

/** A build package that a RUN leaves in the image. */
export interface LeftPackage {
  readonly name: string;
  readonly kind: PackageKind;
  /** Where it is named: the word, or the variable that holds it. */
  readonly word: ShellWord;
}

const managers: Readonly<
  Record<string, { readonly add: RegExp; readonly remove: RegExp; readonly valueFlags: ReadonlySet<string> }>
> = {
  "apt-get": {
    add: /^install$/,
    remove: /^(remove|purge|autoremove)$/,
    valueFlags: new Set(["t", "o", "target-release"]),
  },
  apt: { add: /^install$/, remove: /^(remove|purge|autoremove)$/, valueFlags: new Set(["t", "o"]) },
  apk: { add: /^add$/, remove: /^del$/, valueFlags: new Set(["t", "virtual", "X", "repository", "p"]) },
  yum: {
    add: /^(install|groupinstall|group)$/,
    remove: /^(remove|erase|autoremove|groupremove)$/,
    valueFlags: new Set(["c"]),
  },
  dnf: { add: /^(install|groupinstall|group)$/, remove: /^(remove|erase|autoremove)$/, valueFlags: new Set(["c"]) },
  microdnf: { add: /^install$/, remove: /^remove$/, valueFlags: new Set() },
  zypper: { add: /^(install|in)$/, remove: /^(remove|rm)$/, valueFlags: new Set(["t"]) },
};

/**
 * The build packages that a RUN adds and does not take away again itself. Virtual groups of apk, variables and lists that the script computes count as
 * their packages; what a removal takes that cannot be known is taken to be everything. `purged` says that some were taken away.
 */
export function leftPackages(
  run: Run,
  facts: Facts,
): { readonly left: readonly LeftPackage[]; readonly purged: boolean } {
  const commands = facts.script(run)?.commands ?? [];
  if (!commands.some(({ name }) => name !== null && Object.hasOwn(managers, name))) return { left: [], purged: false };
  const values = valuesAt(run, commands, facts);
  const left = new Map<string, LeftPackage>();
  const groups = new Map<string, readonly string[]>();
  let purged = false;
  for (const command of commands) {
    const manager = command.name === null ? undefined : managers[command.name];
    if (!manager) continue;
    const operands = operandsOf(command, manager.valueFlags);
    // `apt-get ${FLAGS} install`: a variable that holds nothing but flags is no operand.
    const [action, ...words] = operands.filter((word) => !word.value.includes("$") || expand(word, values).length > 0);
    if (!action) continue;
    if (manager.add.test(action.value)) {
      const added = words.flatMap((word) => expand(word, values).map((name) => ({ name, word })));
      const group = virtualGroup(command);
      if (group !== null)
        groups.set(
          group,
          added.map(({ name }) => name),
        );
      for (const { name, word } of added) {
        const kind = packageKind(name);
        if (kind) left.set(name, { name, kind, word });
      }
    } else if (manager.remove.test(action.value)) {
      const removed = words.flatMap((word) => expand(word, values));
      const before = left.size;
      if (removed.some((name) => /[$`]/.test(name)) || takesAll(command, commands)) left.clear();
      const keepsParts = command.name?.startsWith("apt") === true && !takesUnused(command, commands);
      for (const name of removed) {
        if (keepsParts && metaPackages.has(name)) continue;
        for (const each of groups.get(name) ?? [name]) left.delete(each);
      }
      purged ||= left.size < before;
    }
  }
  return { left: [...left.values()], purged };
}

/** Packages of apt that only name others, which stay when the name goes: gcc, g++ and make for the first. */
const metaPackages: ReadonlySet<string> = new Set(["build-essential"]);

/** What nothing needs any more is removed as well, by the command itself or by a later `autoremove`. */
const takesUnused = ({ args, name }: Command, commands: readonly Command[]): boolean =>
  args.some(({ value }) => /^(?:--auto-?remove|autoremove)$/.test(value)) ||
  commands.some(
    (other) => other.name === name && other.args.some(({ value }) => /^(?:--auto-?remove|autoremove)$/.test(value)),
  );

/** apt's own record of what was installed for the build: everything marked automatic goes. */
function takesAll({ args }: Command, commands: readonly Command[]): boolean {
  const auto = args.some(({ value }) => value === "--auto-remove" || value === "--autoremove");
  return (
    auto && commands.some((other) => other.name === "apt-mark" || other.wrappers.some(({ name }) => name === "xargs"))
  );
}

function virtualGroup({ args }: Command): string | null {
  for (const [index, { value }] of args.entries()) {
    if (value === "-t" || value === "--virtual") return args[index + 1]?.value ?? null;
    const attached = /^(?:--virtual=|-t)(.+)$/.exec(value);
    if (attached) return attached[1] ?? null;
  }
  return null;
}

/** Values of variables: of the stage, and of assignments in the script. */
function valuesAt(run: Run, commands: readonly Command[], facts: Facts): ReadonlyMap<string, string> {
  const { env, args } = facts.state(run);
  const values = new Map<string, string>();
  for (const [name, value] of [...args, ...env]) if (value !== null) values.set(name, value);
  const text = facts.script(run)?.text?.value ?? "";
  for (const [, name = "", double, single, plain] of text.matchAll(
    /(?:^|[\s;&(])(?:export\s+)?([A-Za-z_]\w*)=(?:"([^"]*)"|'([^']*)'|([^\s;&"'$`]+))/g,
  )) {
    values.set(name, double ?? single ?? plain ?? "");
  }
  return commands.length > 0 ? values : new Map();
}

function expand(word: ShellWord, values: ReadonlyMap<string, string>): string[] {
  const text = word.value.replace(/\$\{?(\w+)\}?/g, (whole, name: string) => values.get(name) ?? whole);
  return text.split(/\s+/).filter((name) => name !== "" && !name.startsWith("-"));
}
