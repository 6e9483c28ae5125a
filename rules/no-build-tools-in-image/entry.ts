import type { Instruction } from "@stagewright/ast";
import type { Facts, Stage } from "@stagewright/core";

/** What a container of an image starts. */
export interface Entry {
  /** The last part of the program's path. */
  readonly program: string;
  readonly args: readonly string[];
  readonly kind: "shell" | "tool" | "program";
}

const shells = new Set(
  "bash sh ash zsh fish ghci irb iex python python2 python3 node R julia scala jshell php ocaml utop clj erl groovy tmux vim sshd jupyter ipython true".split(
    " ",
  ),
);

const tools = new Set(
  "tox nosetests pytest py.test jest mocha newman cypress cucumber cucumber-js wdio protractor karma nightwatch codeceptjs robot behat phpunit make cmake mvn gradle ant sbt lein go cargo dotnet mix stack cabal gcc g++ gulp grunt webpack tsc ninja bazel".split(
    " ",
  ),
);

/** Goals with which a build tool runs the application itself. */
const runGoals = /^(run|spring-boot:run|bootRun|exec|appRun|phx\.server|phoenix\.server|jetty:run|exec:java|start)$/;

/** The program that a stage starts, ENTRYPOINT and CMD together; `null` when neither it nor a stage it is built on says so. */
export function entryOf(chain: readonly Stage[], facts: Facts): Entry | null {
  const [entrypoint, cmd] = (["Entrypoint", "Cmd"] as const).map((type) => wordsOf(last(chain, type), facts));
  const [first, ...args] = behindInit([...(entrypoint ?? []), ...(cmd ?? [])]);
  if (first === undefined) return null;
  const program = first.split("/").at(-1) ?? first;
  const kind = isForPeople(entrypoint ?? [], cmd ?? []) ? "shell" : kindOf(program, args);
  return { program, args, kind };
}

/** Without an init that starts the words of CMD: `tini --`. */
function behindInit(words: readonly string[]): readonly string[] {
  if (!/(?:^|\/)(?:tini|dumb-init|catatonit)$/.test(words[0] ?? "")) return words;
  const start = words.findIndex((word, index) => index > 0 && !word.startsWith("-"));
  return start === -1 ? words : words.slice(start);
}

/** A build tool that runs the application at its start. */
export const startsByBuildTool = ({ program, args }: Entry): boolean =>
  tools.has(program) && args.some((word) => runGoals.test(word));

/** It starts a shell, behind a script or not, or says its version; with an ENTRYPOINT of its own, `--help` is what an application does without arguments. */
function isForPeople(entrypoint: readonly string[], cmd: readonly string[]): boolean {
  if (entrypoint.length === 0)
    return cmd.length === 2 && /^(-v|-V|--version|version|--help|-h|help)$/.test(cmd[1] ?? "");
  // A script of this name runs the words of CMD; others have their own mind.
  return (
    /entrypoint/.test(entrypoint.at(-1) ?? "") && cmd.length === 1 && /(?:^|\/)(?:ba|a|da|z|fi)?sh$/.test(cmd[0] ?? "")
  );
}

function kindOf(program: string, args: readonly string[]): Entry["kind"] {
  const operands = args.filter((word) => !word.startsWith("-"));
  // `bash -c` with the CMD `bash` is a shell too.
  if (shells.has(program) && operands.every((word) => shells.has(word.split("/").at(-1) ?? word))) return "shell";
  return tools.has(program) && !(program === "dotnet" && operands.some((word) => word.endsWith(".dll")))
    ? "tool"
    : "program";
}

function last(chain: readonly Stage[], type: "Cmd" | "Entrypoint"): Instruction | null {
  for (const stage of chain) {
    const found = stage.instructions.findLast((node) => node.type === type);
    if (found) return found;
  }
  return null;
}

function wordsOf(node: Instruction | null, facts: Facts): string[] {
  if (!node) return [];
  const commands = facts.script(node)?.commands ?? [];
  // `sh -c "exec app"` starts app.
  const inner =
    commands.length > 1 && ["sh", "bash", "ash"].includes(commands[0]?.name ?? "") ? commands.slice(1) : commands;
  const main =
    inner
      .filter(
        ({ name }) =>
          ![
            "cd",
            "export",
            "set",
            "source",
            ".",
            "ulimit",
            "umask",
            "sleep",
            "echo",
            "mkdir",
            "chown",
            "chmod",
          ].includes(name ?? ""),
      )
      .at(-1) ?? inner.at(-1);
  return main ? [main.path, ...main.args.map(({ value }) => value)] : [];
}
