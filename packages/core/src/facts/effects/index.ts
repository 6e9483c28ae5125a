import type { Instruction } from "@stagewright/ast";
import { baseValue } from "../../knowledge/base-environment.ts";
import { packageManager } from "../../knowledge/package-managers.ts";
import type { Base } from "../bases.ts";
import { joinPaths } from "../paths.ts";
import type { FullState, States } from "../states.ts";
import type { Script, ShellState, Stage, StageGraph, StageState, Variables } from "../types.ts";
import { FollowedCommand, type StageVariables } from "./command.ts";
import { stagePackages } from "./packages.ts";
import { followShell } from "./shell.ts";
import type { CommandEffects, EffectState, InstructionEffects, PathEffect, StagePackages } from "./types.ts";

interface Sources {
  readonly states: States;
  readonly stages: StageGraph;
  readonly variables: () => Variables;
  readonly script: (instruction: Instruction) => Script | null;
  readonly shell: (instruction: Instruction) => ShellState;
  readonly base: (from: Stage["from"]) => Base;
}

export interface AllEffects {
  of(instruction: Instruction): InstructionEffects;
  packages(stage: Stage): StagePackages;
}

/** Effects of the instructions of a file; each RUN is followed when it is first asked for. */
export function createEffects(sources: Sources): AllEffects {
  const effects = new Map<Instruction, KnownEffects>();
  const ledgers = new Map<Stage, StagePackages>();

  function of(instruction: Instruction): KnownEffects {
    let found = effects.get(instruction);
    if (!found) effects.set(instruction, (found = new KnownEffects(instruction, sources)));
    return found;
  }

  function packages(stage: Stage): StagePackages {
    let ledger = ledgers.get(stage);
    if (!ledger) {
      const runs = sources.stages
        .chain(stage)
        .toReversed()
        .flatMap(({ instructions }) => instructions.filter(managesPackages));
      ledger = stagePackages(runs.map((run) => ({ run, commands: of(run).commands })));
      ledgers.set(stage, ledger);
    }
    return ledger;
  }

  function managesPackages(instruction: Instruction): boolean {
    const commands = instruction.type === "Run" ? sources.script(instruction)?.commands : undefined;
    return commands?.some(({ name }) => name !== null && packageManager(name) !== null) === true;
  }

  return { of, packages };
}

class KnownEffects implements InstructionEffects {
  readonly instruction: Instruction;
  readonly #sources: Sources;
  #commands: readonly CommandEffects[] | null = null;

  constructor(instruction: Instruction, sources: Sources) {
    this.instruction = instruction;
    this.#sources = sources;
  }

  get before(): EffectState {
    const { states, shell } = this.#sources;
    return new StateWithShell(states.before(this.instruction), shell(this.instruction));
  }

  get after(): EffectState {
    const { states, shell, stages } = this.#sources;
    const all = stages.of(this.instruction)?.instructions ?? [];
    const next = all[all.indexOf(this.instruction) + 1];
    return new StateWithShell(states.after(this.instruction), shell(next ?? this.instruction));
  }

  get commands(): readonly CommandEffects[] {
    return (this.#commands ??= this.#follow());
  }

  get writes(): readonly PathEffect[] {
    const { instruction } = this;
    if (instruction.type === "Run") return this.commands.flatMap(({ writes }) => writes);
    const { workdir } = this.#sources.states.after(instruction);
    if (instruction.type === "Workdir") return [{ path: workdir, word: null, tree: false, into: false }];
    if (instruction.type !== "Copy" && instruction.type !== "Add") return [];
    const { destination, sources } = instruction;
    const text = destination && this.#sources.variables().expand(destination, instruction);
    const path = joinPaths(workdir, text, false);
    return [{ path, word: null, tree: true, into: text?.endsWith("/") === true || sources.length > 1 }];
  }

  get proved(): boolean {
    const { instruction } = this;
    if (instruction.type !== "Run") return true;
    const script = this.#sources.script(instruction);
    const isRead = script !== null && !script.broken && (script.exec !== null || script.tree !== null);
    return isRead && this.commands.every(({ knowledge }) => knowledge === "exact");
  }

  #follow(): readonly CommandEffects[] {
    const { instruction } = this;
    if (instruction.type !== "Run") return [];
    const { script, states, stages, base } = this.#sources;
    const found = script(instruction);
    if (!found) return [];
    const state = states.before(instruction);
    const outside = stageVariables(state, () => baseFamily(stages, instruction, base));
    return followShell(found, state.workdir, outside.lookup).map((each) => new FollowedCommand(each, outside));
  }
}

class StateWithShell implements EffectState {
  readonly workdir: string | null;
  readonly user: string | null;
  readonly shell: ShellState;
  readonly #state: StageState;

  constructor(state: StageState, shell: ShellState) {
    this.workdir = state.workdir;
    this.user = state.user;
    this.shell = shell;
    this.#state = state;
  }

  get env() {
    return this.#state.env;
  }

  get args() {
    return this.#state.args;
  }
}

/** Variables that a RUN begins with: of the stage, of the base where they are known, and the home of root. */
function stageVariables({ scope, position, user }: FullState, family: () => string | null): StageVariables {
  return {
    lookup(name) {
      const setting = scope.get(name, position);
      const value = setting?.value ?? (setting && setting.kind !== "base" ? null : baseOrHome(name));
      return value === null ? null : { each: [value], list: false };
    },
    isUnset: (name) => !scope.open && scope.get(name, position) === undefined && baseOrHome(name) === null,
  };

  function baseOrHome(name: string): string | null {
    if (name === "HOME") return user === null || /^(?:root|0)(?::|$)/.test(user) ? "/root" : null;
    const familiar = family();
    return familiar === null ? null : baseValue(familiar, name);
  }
}

function baseFamily(stages: StageGraph, instruction: Instruction, base: Sources["base"]): string | null {
  const stage = stages.of(instruction);
  const root = stage && stages.chain(stage).at(-1);
  return root ? (base(root.from).image?.familiar ?? null) : null;
}
