import type { Instruction } from "@stagewright/ast";
import type { Command, Facts, Stage } from "@stagewright/core";

/** What a container of an image starts. */
export interface Entry {
  /** The last part of the program's path. */
  readonly program: string;
  readonly args: readonly string[];
  /** For people, a tool that builds or tests, or an application. */
  readonly kind: "shell" | "tool" | "program";
  /** It runs nothing: a shell without a script, or a command that only waits. */
  readonly idle: boolean;
  /** The tool runs the application itself: `dotnet run`. */
  readonly runs: boolean;
}

const shells = new Set(
  "bash sh ash zsh fish ghci irb iex python python2 python3 node R julia scala jshell php ocaml utop clj erl csi guile sbcl racket octave groovy tmux vim sshd jupyter ipython true".split(
    " ",
  ),
);

const tools = new Set(
  "tox nosetests pytest py.test jest mocha newman cypress cucumber cucumber-js wdio protractor karma nightwatch codeceptjs robot behat phpunit make cmake mvn gradle ant sbt lein go cargo dotnet mix stack cabal gcc g++ gulp grunt webpack tsc ninja bazel activator ember".split(
    " ",
  ),
);

/** Goals with which a build tool runs the application itself. */
const runGoals = /^(run\w*|spring-boot:run|bootRun|exec|appRun|phx\.server|phoenix\.server|jetty:run|exec:java|start)$/;

/** The program that a stage starts, ENTRYPOINT and CMD together; `null` when neither it nor a stage it is built on says so. */
export function entryOf(chain: readonly Stage[], facts: Facts): Entry | null {
  const entrypoint = wordsOf(last(chain, "Entrypoint"), facts);
  const cmd = wordsOf(last(chain, "Cmd"), facts);
  const [first, ...args] = behindInit([...entrypoint, ...cmd]);
  if (first === undefined) return null;
  const name = nameOf(first);
  const kind = isForPeople(entrypoint, cmd) ? "shell" : kindOf(first, args);
  const runs = tools.has(name) && args.some((word) => runGoals.test(word));
  const idle = waits([first, ...args]) || (isPlainShell.test(name) && args.length === 0);
  // `bash /start.sh` starts the script.
  const script = isPlainShell.test(name) ? args.find((word) => !word.startsWith("-")) : undefined;
  return { program: nameOf(script ?? first), args, kind: idle ? "shell" : kind, idle, runs };
}

const isPlainShell = /^(?:ba|da|a|z)?sh$/;

/** Without an init that starts the words of CMD: `tini --`. */
function behindInit(words: readonly string[]): readonly string[] {
  if (!/(?:^|\/)(?:tini|dumb-init|catatonit)$/.test(words[0] ?? "")) return words;
  const start = words.findIndex((word, index) => index > 0 && !word.startsWith("-"));
  return start === -1 ? words : words.slice(start);
}

/** It starts a shell or a notebook, behind a script or not, or only says its version. */
function isForPeople(entrypoint: readonly string[], cmd: readonly string[]): boolean {
  const all = [...entrypoint, ...cmd].map(nameOf);
  if (all.some((word) => /^(?:jupyter(?:-?(?:lab|notebook))?|jupyterhub-singleuser|notebook)$/.test(word))) return true; // prettier-ignore
  if (entrypoint.length === 0) return cmd.length === 2 && /^(-v|-V|--version|version)$/.test(cmd[1] ?? "");
  // A script of this name runs the words of CMD; others have their own mind.
  return /entrypoint/.test(entrypoint.at(-1) ?? "") && cmd[0] !== undefined && isShell(nameOf(cmd[0]), cmd.slice(1));
}

/** `tail -f /dev/null`, `sleep infinity`. */
const waits = ([program = "", ...args]: readonly string[]): boolean =>
  (nameOf(program) === "tail" && args.includes("/dev/null")) || (nameOf(program) === "sleep" && args.length === 1);

const isBareShell = ({ path, args }: Command): boolean =>
  isShell(
    nameOf(path),
    args.map(({ value }) => value),
  );

const nameOf = (path: string): string => path.split("/").at(-1) ?? path;

/** A shell or REPL without a script to run; `bash -c` with the CMD `bash` is one too. */
const isShell = (program: string, args: readonly string[]): boolean =>
  shells.has(program) && args.every((word) => word.startsWith("-") || shells.has(nameOf(word)));

function kindOf(path: string, args: readonly string[]): Entry["kind"] {
  const program = nameOf(path);
  if (isShell(program, args)) return "shell";
  const startsAssembly = program === "dotnet" && args.some((word) => word.endsWith(".dll"));
  // `./go` is what the file has built.
  const isTool = tools.has(program) && /^[^/]*$|bin\/[^/]*$/.test(path);
  return isTool && !startsAssembly ? "tool" : "program";
}

function last(chain: readonly Stage[], type: "Cmd" | "Entrypoint"): Instruction | null {
  for (const stage of chain) {
    const found = stage.instructions.findLast((node) => node.type === type);
    if (found) return found;
  }
  return null;
}

/** They prepare a start, or keep a container alive behind it: none of them is the program. */
const helpers = new Set("cd export set source . ulimit umask sleep tail wait echo mkdir chown chmod".split(" "));

function wordsOf(node: Instruction | null, facts: Facts): string[] {
  if (!node) return [];
  const commands = facts.script(node)?.commands ?? [];
  // `sh -c "exec app"` starts app.
  const [first, ...rest] = commands;
  const inner = rest.length > 0 && first?.args.some(({ value }) => /^-\w*c$/.test(value)) ? rest : commands;
  const programs = inner.filter(({ name }) => name === null || !helpers.has(name));
  // A shell at the end of others keeps the container alive, too.
  const main = programs.findLast((command) => !isBareShell(command)) ?? programs.at(-1) ?? inner.at(-1);
  return main ? [main.path, ...main.args.map(({ value }) => value)] : [];
}
