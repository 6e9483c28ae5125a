import type { Run } from "@stagewright/ast";
import type { Command, Facts, Script, Stage, StageState } from "@stagewright/core";
import { type Packages, packagesOf } from "./packages.ts";
import { absolute } from "./paths.ts";
import type { Action, RunStep } from "./types.ts";

/** The RUNs of a stage with the folder in which each of their commands runs. */
export const runsOf = (stage: Stage, facts: Facts): RunStep[] =>
  stage.instructions.filter((each): each is Run => each.type === "Run").map((run) => stepOf(run, facts, null));

/** The RUN with the folder in which each of its commands runs; `workdir` is that of a base that is not known. */
export function stepOf(run: Run, facts: Facts, workdir: string | null): RunStep {
  const state = facts.state(run);
  const actions: Action[] = [];
  const local = new Map<string, string>();
  const home = state.user === null || state.user === "root" || state.user === "0" ? "/root" : `/home/${state.user}`;
  if (!state.env.has("HOME")) local.set("HOME", home);
  /** Folders to come back to at the end of subshells. */
  const outer: (string | null)[] = [];
  let cwd = state.workdir ?? workdir;
  let last: string | null = null;
  const script = facts.script(run);
  for (const [position, command] of (script?.commands ?? []).entries()) {
    const depth = command.context.nesting.filter((each) => each === "subshell" || each === "substitution").length;
    while (outer.length > depth) cwd = outer.pop() ?? null;
    while (outer.length < depth) outer.push(cwd);
    const expand = (text: string) =>
      /[$`~]/.test(text)
        ? expandWith(
            text.replace(/\$\(pwd\)|`pwd`|\$PWD\b|\$\{PWD\}/g, cwd ?? "$PWD"),
            local,
            state.env,
            state.args,
          ).replace(/^~(?=\/|$)/, state.env.get("HOME") ?? home)
        : text;
    for (const setting of script?.settings ?? []) if (setting.position === position) set(setting, expand);
    const words = command.args.map(({ value }) => expand(value));
    for (const { value } of command.assignments) remember(value, expand);
    if (command.name === "export") for (const word of words) remember(word, expand);
    actions.push({ command, cwd, words, redirects: redirectsOf(command, expand) });
    if (command.name === "cd" || command.name === "pushd") {
      const [target = home] = words.filter((word) => !word.startsWith("-") || word === "-");
      [cwd, last] = [target === "-" ? last : absolute(target, cwd), cwd];
    }
  }
  return new FollowedRun(run, actions, state);

  /** A variable of a loop, and one that is set on a condition, has no value that is known. */
  function set({ name, words, assignment, context }: Script["settings"][number], expand: (text: string) => string) {
    const [word] = words;
    if (
      assignment &&
      word &&
      context.nesting.every((each) => each === "group" || each === "subshell") &&
      !word.value.includes("$(") &&
      !word.value.includes("`")
    ) {
      remember(word.value, expand);
    } else local.delete(name);
  }

  function remember(assignment: string, expand: (text: string) => string) {
    const match = /^(\w+)=(.*)$/s.exec(assignment);
    if (match?.[1] !== undefined) local.set(match[1], expand(match[2] ?? ""));
  }
}

class FollowedRun implements RunStep {
  readonly run: Run;
  readonly actions: readonly Action[];
  readonly state: StageState;
  #packages: Packages | null = null;

  constructor(run: Run, actions: readonly Action[], state: StageState) {
    this.run = run;
    this.actions = actions;
    this.state = state;
  }

  get packages(): Packages {
    return (this.#packages ??= packagesOf(this.actions));
  }
}

function redirectsOf({ redirects }: Command, expand: (text: string) => string): Action["redirects"] {
  return redirects.flatMap(({ operator, target }) =>
    target && !/^\d+$|^-$/.test(target.value) && !operator.includes("<<") && !target.value.startsWith("/dev/")
      ? [{ isWritten: operator.includes(">"), file: expand(target.value) }]
      : [],
  );
}

type Values = ReadonlyMap<string, string | null>;

/** Puts in what is known; variables that are not stay as they are written. */
export function expandWith(text: string, ...values: readonly Values[]): string {
  if (!text.includes("$")) return text;
  return text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced?: string, plain?: string) => {
    const name = braced ?? plain ?? "";
    return values.find((each) => typeof each.get(name) === "string")?.get(name) ?? known[name] ?? whole;
  });
}

/** What official images of languages set. */
const known: Readonly<Record<string, string>> = {
  GOPATH: "/go",
  CARGO_HOME: "/usr/local/cargo",
  HOME: "/root",
};

/** Who owns what a RUN makes, for `--chown`; `null` for root. */
export const ownerOf = ({ state: { user } }: RunStep): string | null =>
  user === null || /^(root|0)(:|$)/.test(user) ? null : user;
