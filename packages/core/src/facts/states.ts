import type { Arg, Env, From, Instruction, JsonString, Word } from "@stagewright/ast";
import type { Settings } from "../rule.ts";
import type { SourceCode } from "../source-code.ts";
import type { Base } from "./bases.ts";
import { expandWord } from "./expand.ts";
import type { Globals } from "./globals.ts";
import { joinPaths } from "./paths.ts";
import { Scope, type Setting } from "./scope.ts";
import type { Stage, StageGraph, StageState } from "./types.ts";

/** All that is known before an instruction. */
export interface FullState extends StageState {
  /** A position in the scope's counting. */
  readonly position: number;
  readonly scope: Scope;
  /** The instruction stands in an ONBUILD: it runs in another build. */
  readonly deferred: boolean;
}

export interface States {
  before(instruction: Instruction): FullState;
  after(instruction: Instruction): FullState;
}

interface Place {
  readonly workdir: string | null;
  readonly user: string | null;
  readonly windows: boolean;
}

interface End {
  readonly place: Place;
  readonly scope: Scope;
}

/** Where BuildKit looks for programs when the base image does not say (system.DefaultPathEnvUnix). */
export const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** These BuildKit keeps out of the environment (dockerfile2llb's nonEnvArgs). */
const keptOut: ReadonlySet<string> = new Set(["BUILDKIT_SBOM_SCAN_CONTEXT", "BUILDKIT_SBOM_SCAN_STAGE"]);

/** Follows WORKDIR, USER, ENV and ARG through the stages as BuildKit's dispatch does, in one walk over the file. */
export function createStates(
  sourceCode: SourceCode,
  stages: StageGraph,
  globals: Globals,
  baseOf: (from: From) => Base,
  settings: Settings,
): States {
  const { escape } = sourceCode.ast;
  const buildArgs = settings.buildArgs ?? {};
  const states = new Map<Instruction, FullState>();
  const afters = new Map<Instruction, FullState>();
  const ends = new Map<Stage, End>();
  let position = 0;
  for (const stage of stages.all) walk(stage);

  function walk(stage: Stage): void {
    const { scope, place: first } = start(stage);
    let place = first;
    const { base } = stage;
    if (base.kind === "stage") {
      for (const instruction of base.stage.instructions) {
        if (instruction.type === "Onbuild" && instruction.instruction)
          place = apply(instruction.instruction, place, scope);
      }
    }
    let previous: Instruction | null = null;
    for (const instruction of stage.instructions) {
      const state = new Snapshot(place, scope, position, instruction.type === "Onbuild");
      if (previous) afters.set(previous, state);
      previous = instruction;
      states.set(instruction, state);
      if (instruction.type === "Onbuild" && instruction.instruction) states.set(instruction.instruction, state);
      place = apply(instruction, place, scope);
    }
    if (previous) afters.set(previous, new Snapshot(place, scope, position, false));
    ends.set(stage, { place, scope });
  }

  function apply(instruction: Instruction, place: Place, scope: Scope): Place {
    switch (instruction.type) {
      case "Env":
        setEnv(instruction, scope);
        return place;
      case "Arg":
        setArgs(instruction, scope);
        return place;
      case "Workdir": {
        const path = instruction.path && expand(instruction.path, scope);
        return { ...place, workdir: joinPaths(place.workdir, path, place.windows) };
      }
      case "User":
        return { ...place, user: instruction.user && expand(instruction.user, scope) };
      default:
        return place;
    }
  }

  /** All values are expanded with what was set before the instruction. */
  function setEnv({ pairs }: Env, scope: Scope): void {
    for (const pair of pairs) {
      const name = expand(pair.key, scope) ?? pair.key.value;
      const value = pair.value ? expand(pair.value, scope) : "";
      scope.set(name, { kind: "env", value, unset: false, declaration: pair }, position);
    }
    position++;
  }

  /** Each value is expanded with what the ARGs before it have set. */
  function setArgs({ pairs }: Arg, scope: Scope): void {
    for (const pair of pairs) {
      const name = pair.key.value;
      const value = buildArgs[name] ?? (pair.value && expand(pair.value, scope));
      const unset = buildArgs[name] === undefined && pair.value === null;
      // Without a value of its own it takes over the global one, or leaves an ENV of that name alone.
      const inherited = unset ? (setGlobal(name) ?? scope.get(name, position)) : undefined;
      const setting: Setting = {
        kind: "arg",
        value: inherited ? inherited.value : value,
        unset: inherited ? inherited.unset : unset,
        declaration: pair,
      };
      if (!keptOut.has(name)) scope.set(name, setting, position);
      position++;
    }
  }

  function setGlobal(name: string): Setting | undefined {
    const setting = globals.get(name);
    return setting?.unset ? undefined : setting;
  }

  function expand(word: Word | JsonString, scope: Scope): string | null {
    if (word.type === "JsonString" || word.variables.length === 0) return word.value;
    return expandWord(word.raw, escape, scope.lookup(position));
  }

  function start(stage: Stage): End {
    const parent = stage.base.kind === "stage" ? ends.get(stage.base.stage) : undefined;
    if (parent) return { place: parent.place, scope: new Scope(parent.scope) };
    if (stage.base.kind === "scratch") {
      const scope = new Scope(null);
      setBase(scope, "PATH", defaultPath);
      return { place: { workdir: "/", user: null, windows: false }, scope };
    }
    const { hidden, answer, triggers, known, windows } = baseOf(stage.from);
    if (answer?.env) {
      const scope = new Scope(null);
      setBase(scope, "PATH", null);
      for (const [name, value] of answer.env) setBase(scope, name, value);
      const workdir = joinPaths(windows ? "C:\\" : "/", answer.workdir ?? "", windows);
      const place = { workdir, user: answer.user || null, windows };
      return { place: triggers.reduce((before, trigger) => pull(trigger, before, scope), place), scope };
    }
    const unknown = settings.baseImageKnowledge !== false && known?.completeEnv !== true;
    const scope = new Scope(null, hidden || unknown);
    for (const name of ["PATH", ...(known?.env ?? [])]) setBase(scope, name, null);
    return { place: { workdir: known?.workdir ?? null, user: null, windows }, scope };
  }

  /** A trigger of the base image. What it sets comes from there: nothing in the file declares it. */
  function pull(trigger: Instruction, place: Place, scope: Scope): Place {
    if (trigger.type !== "Env" && trigger.type !== "Arg") return apply(trigger, place, scope);
    for (const { key, value } of trigger.pairs) {
      const given = trigger.type === "Arg" ? buildArgs[key.value] : undefined;
      setBase(scope, key.value, given ?? (value && expand(value, scope)));
    }
    return place;
  }

  function setBase(scope: Scope, name: string, value: string | null): void {
    scope.set(name, { kind: "base", value, unset: false, declaration: null }, position++);
  }

  const nothing = new Snapshot({ workdir: null, user: null, windows: false }, new Scope(null), 0, false);
  return {
    before: (instruction) => states.get(instruction) ?? nothing,
    after: (instruction) => afters.get(instruction) ?? states.get(instruction) ?? nothing,
  };
}

const envKinds: readonly Setting["kind"][] = ["env", "base"];
const argKinds: readonly Setting["kind"][] = ["arg"];

class Snapshot implements FullState {
  readonly #place: Place;
  readonly scope: Scope;
  readonly position: number;
  readonly deferred: boolean;
  #env: ReadonlyMap<string, string | null> | null = null;
  #args: ReadonlyMap<string, string | null> | null = null;

  constructor(place: Place, scope: Scope, position: number, deferred: boolean) {
    this.#place = place;
    this.scope = scope;
    this.position = position;
    this.deferred = deferred;
  }

  get workdir() {
    return this.#place.workdir;
  }

  get user() {
    return this.#place.user;
  }

  get env() {
    return (this.#env ??= this.scope.values(this.position, envKinds));
  }

  get args() {
    return (this.#args ??= this.scope.values(this.position, argKinds));
  }
}
