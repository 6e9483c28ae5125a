import type { From, Instruction, Run } from "@stagewright/ast";
import type { Settings } from "../rule.ts";
import type { SourceCode } from "../source-code.ts";
import { type Base, createBases } from "./bases.ts";
import { type AllEffects, createEffects } from "./effects/index.ts";
import { createGlobals, type Globals } from "./globals.ts";
import { findImages } from "./images.ts";
import { namedContexts } from "./named-contexts.ts";
import { mountsOf } from "./mounts.ts";
import { createScripts } from "./scripts.ts";
import { createShells } from "./shells.ts";
import { createStageGraph } from "./stages.ts";
import { createStates, type States } from "./states.ts";
import type { InstructionEffects, StagePackages } from "./effects/types.ts";
import type { Facts, ImageUse, Mount, Script, ShellState, Stage, StageGraph, StageState, Variables } from "./types.ts";
import { createVariables } from "./variables.ts";

/** The facts of a file; each is computed on first use, with the answers that are there then, and kept. */
export const createFacts = (sourceCode: SourceCode, settings: Settings): Facts => new LazyFacts(sourceCode, settings);

class LazyFacts implements Facts {
  readonly #sourceCode: SourceCode;
  readonly #settings: Settings;
  #globals: Globals | null = null;
  #bases: ((from: From) => Base) | null = null;
  #stages: StageGraph | null = null;
  #states: States | null = null;
  #variables: Variables | null = null;
  #images: readonly ImageUse[] | null = null;
  #scripts: ((instruction: Instruction) => Script | null) | null = null;
  #shells: ((instruction: Instruction) => ShellState) | null = null;
  #effects: AllEffects | null = null;
  readonly #mounts = new Map<Run, readonly Mount[]>();
  readonly #derived = new Map<(sourceCode: SourceCode) => unknown, unknown>();

  constructor(sourceCode: SourceCode, settings: Settings) {
    this.#sourceCode = sourceCode;
    this.#settings = settings;
  }

  get #globalArgs() {
    return (this.#globals ??= createGlobals(this.#sourceCode, this.#settings));
  }

  base(from: From): Base {
    return this.#baseOf(from);
  }

  get #baseOf() {
    return (this.#bases ??= createBases(this.#sourceCode, this.#globalArgs, this.#settings));
  }

  get #allStates() {
    return (this.#states ??= createStates(
      this.#sourceCode,
      this.stages,
      this.#globalArgs,
      this.#baseOf,
      this.#settings,
    ));
  }

  get stages() {
    return (this.#stages ??= createStageGraph(this.#sourceCode, this.#globalArgs, namedContexts(this.#settings)));
  }

  get variables() {
    return (this.#variables ??= createVariables(
      this.#sourceCode,
      this.stages,
      this.#globalArgs,
      this.#allStates,
      this.#settings,
    ));
  }

  get images() {
    return (this.#images ??= findImages(this.#sourceCode, this.stages, this.#baseOf, namedContexts(this.#settings)));
  }

  script = (instruction: Instruction): Script | null => {
    this.#scripts ??= createScripts(this.#sourceCode, this.shell, this.#settings);
    return this.#scripts(instruction);
  };

  shell = (instruction: Instruction): ShellState => {
    this.#shells ??= createShells(this.#sourceCode, this.stages, this.#baseOf);
    return this.#shells(instruction);
  };

  state = (instruction: Instruction): StageState => this.#allStates.before(instruction);

  get #allEffects() {
    return (this.#effects ??= createEffects({
      states: this.#allStates,
      stages: this.stages,
      variables: () => this.variables,
      script: this.script,
      shell: this.shell,
      base: this.#baseOf,
    }));
  }

  effects = (instruction: Instruction): InstructionEffects => this.#allEffects.of(instruction);

  packages = (stage: Stage): StagePackages => this.#allEffects.packages(stage);

  mounts = (run: Run): readonly Mount[] => {
    let mounts = this.#mounts.get(run);
    if (!mounts) this.#mounts.set(run, (mounts = mountsOf(run, this.#sourceCode)));
    return mounts;
  };

  derived<Result>(make: (sourceCode: SourceCode) => Result): Result {
    if (!this.#derived.has(make)) this.#derived.set(make, make(this.#sourceCode));
    return this.#derived.get(make) as Result;
  }
}
