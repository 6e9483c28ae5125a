import type { Instruction, Node } from "@stagewright/ast";
import { baseImage } from "../knowledge/base-images.ts";
import type { Settings } from "../rule.ts";
import type { SourceCode } from "../source-code.ts";
import { expandWord, type Lookup } from "./expand.ts";
import { formatImage, parseImage } from "./images.ts";
import type { Stage, StageGraph, StageState } from "./types.ts";

/** A variable: its value, `null` when the file does not show it, and what declares it. */
export interface Setting {
  readonly value: string | null;
  readonly declaration: Node | null;
}

/** All that is known before an instruction. */
export interface FullState extends StageState {
  readonly envSettings: ReadonlyMap<string, Setting>;
  readonly argSettings: ReadonlyMap<string, Setting>;
  /** The base image may set variables that are not known here. */
  readonly baseMaySet: boolean;
}

export interface States {
  before(instruction: Instruction): FullState;
  /** At the end of a stage. */
  after(stage: Stage): FullState;
  /** ARGs before the first FROM, and BuildKit's own. */
  readonly globals: ReadonlyMap<string, Setting>;
  lookup(name: string, at: Instruction): Setting | undefined;
}

const platformNames = ["BUILD", "TARGET"].flatMap((side) =>
  ["PLATFORM", "OS", "OSVERSION", "ARCH", "VARIANT"].map((part) => side + part),
);

/** Proxy variables that a RUN and ARG may use without being declared. */
export const proxyNames = ["HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY"].flatMap((name) => [
  name,
  name.toLowerCase(),
]);

/** Follows WORKDIR, USER, ENV and ARG through the stages, as BuildKit's dispatch does; one walk over the file. */
export function createStates(sourceCode: SourceCode, stages: StageGraph, settings: Settings): States {
  const { escape } = sourceCode.ast;
  const buildArgs = settings.buildArgs ?? {};
  const platform = new Map<string, Setting>(
    [...platformNames, "TARGETSTAGE"].map((name) => [name, { value: buildArgs[name] ?? null, declaration: null }]),
  );
  const globals = new Map(platform);
  const states = new Map<Instruction, FullState>();
  const ends = new Map<Stage, FullState>();

  for (const instruction of stages.preamble) {
    states.set(instruction, snapshot(emptyState(), new Map(), new Map(globals)));
    if (instruction.type === "Arg") declareGlobals(instruction);
  }
  for (const stage of stages.all) walkStage(stage);

  function declareGlobals(instruction: Extract<Instruction, { type: "Arg" }>): void {
    for (const pair of instruction.pairs) {
      const given = buildArgs[pair.key.value];
      const value = given ?? (pair.value ? expand(pair.value.raw, (name) => valueIn(globals, name)) : null);
      if (pair.value === null && given === undefined && platform.has(pair.key.value)) continue;
      globals.set(pair.key.value, { value, declaration: pair });
    }
  }

  function expand(raw: string, lookup: Lookup): string | null {
    return expandWord(raw, escape, lookup);
  }

  function walkStage(stage: Stage): void {
    let { env, args, ...place } = start(stage);
    let current = snapshot(place, env, args);
    for (const instruction of stage.instructions) {
      states.set(instruction, current);
      if (instruction.type === "Onbuild" && instruction.instruction) states.set(instruction.instruction, current);
      const lookup: Lookup = (name) => valueIn(env, name) ?? (env.has(name) ? null : valueIn(args, name));
      switch (instruction.type) {
        case "Env": {
          env = new Map(env);
          const values = instruction.pairs.map(({ value }) => (value ? expand(value.raw, lookup) : ""));
          for (const [index, pair] of instruction.pairs.entries()) {
            const key = expand(pair.key.raw, lookup) ?? pair.key.value;
            env.set(key, { value: values[index] ?? null, declaration: pair });
          }
          break;
        }
        case "Arg": {
          args = new Map(args);
          for (const pair of instruction.pairs) {
            const name = pair.key.value;
            const inherited = globals.get(name);
            const own = pair.value
              ? expand(pair.value.raw, (other) => valueIn(env, other) ?? (env.has(other) ? null : valueIn(args, other)))
              : undefined;
            const value = buildArgs[name] ?? (own === undefined ? (inherited?.value ?? null) : own);
            args.set(name, { value, declaration: pair });
          }
          break;
        }
        case "Workdir": {
          const path = instruction.path ? expand(instruction.path.raw, lookup) : null;
          place = { ...place, workdir: joinPaths(place.workdir, path) };
          break;
        }
        case "User":
          place = { ...place, user: instruction.user ? expand(instruction.user.raw, lookup) : null };
          break;
        default:
          continue;
      }
      current = snapshot(place, env, args);
    }
    ends.set(stage, current);
  }

  function start(stage: Stage) {
    if (stage.base.kind === "stage") {
      const end = ends.get(stage.base.stage);
      if (end) {
        const { workdir, user, baseMaySet } = end;
        return { workdir, user, baseMaySet, env: new Map(end.envSettings), args: new Map<string, Setting>() };
      }
    }
    const env = new Map<string, Setting>([["PATH", { value: null, declaration: null }]]);
    const args = new Map<string, Setting>();
    if (stage.base.kind === "scratch") return { workdir: "/", user: null, baseMaySet: false, env, args };
    const text = stage.from.image && expand(stage.from.image.word.raw, (name) => valueIn(globals, name));
    const image = text ? parseImage(text) : null;
    const answer = image && sourceCode.answers.get({ kind: "image", reference: formatImage(image), platform: null });
    if (answer?.env) {
      for (const [name, value] of answer.env) env.set(name, { value, declaration: null });
      return { workdir: answer.workdir ?? "/", user: answer.user, baseMaySet: false, env, args };
    }
    if (settings.baseImageKnowledge === false) return { workdir: null, user: null, baseMaySet: false, env, args };
    const known = image && baseImage(image);
    for (const name of known?.env ?? []) env.set(name, { value: null, declaration: null });
    return { workdir: known?.workdir ?? null, user: null, baseMaySet: known?.completeEnv !== true, env, args };
  }

  const nothing = snapshot(emptyState(), new Map(), new Map());

  return {
    before: (instruction) => states.get(instruction) ?? nothing,
    after: (stage) => ends.get(stage) ?? nothing,
    globals,
    lookup(name, at) {
      const state = states.get(at) ?? nothing;
      if (at.type === "From") return globals.get(name);
      return state.envSettings.get(name) ?? state.argSettings.get(name);
    },
  };
}

const emptyState = () => ({ workdir: null, user: null, baseMaySet: false });

const valueIn = (settings: ReadonlyMap<string, Setting>, name: string): string | null | undefined => {
  const setting = settings.get(name);
  return setting === undefined ? undefined : setting.value;
};

function snapshot(
  place: { readonly workdir: string | null; readonly user: string | null; readonly baseMaySet: boolean },
  env: ReadonlyMap<string, Setting>,
  args: ReadonlyMap<string, Setting>,
): FullState {
  return new Snapshot(place, env, args);
}

class Snapshot implements FullState {
  readonly workdir: string | null;
  readonly user: string | null;
  readonly baseMaySet: boolean;
  readonly envSettings: ReadonlyMap<string, Setting>;
  readonly argSettings: ReadonlyMap<string, Setting>;

  constructor(
    {
      workdir,
      user,
      baseMaySet,
    }: { readonly workdir: string | null; readonly user: string | null; readonly baseMaySet: boolean },
    env: ReadonlyMap<string, Setting>,
    args: ReadonlyMap<string, Setting>,
  ) {
    this.workdir = workdir;
    this.user = user;
    this.baseMaySet = baseMaySet;
    this.envSettings = env;
    this.argSettings = args;
  }

  get env() {
    return new Map([...this.envSettings].map(([name, { value }]) => [name, value]));
  }

  get args() {
    return new Map([...this.argSettings].map(([name, { value }]) => [name, value]));
  }
}

/** WORKDIR after another: absolute paths replace, others are appended; Windows drives are absolute. */
export function joinPaths(base: string | null, path: string | null): string | null {
  if (path === null) return null;
  if (path.startsWith("/") || /^[A-Za-z]:/.test(path)) return clean(path);
  return base === null ? null : clean(`${base}/${path}`);
}

function clean(path: string): string {
  if (/^[A-Za-z]:|\\/.test(path)) return path;
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}
