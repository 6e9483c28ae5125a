import { basename, dirname, relative, resolve, sep } from "node:path";
import type { ResolvedConfig, Rule, Settings, Severity } from "@stagewright/core";
import type { PresetName } from "@stagewright/rules";
import { configNames, hadolintFileOfUser, hadolintNames, hasHadolintVariables, NearestFile } from "./find-config.ts";
import type { Layer, LoadedConfig } from "./layer.ts";
import { type ConfigStep, resolveConfig, type RuleChange } from "./rules.ts";

/** Where configurations come from, besides the files beside and above a Dockerfile. */
export interface ConfigOptions {
  readonly rules: readonly Rule[];
  /** In place of the presets that configurations begin with. */
  readonly preset?: PresetName | null;
  /** Laid over everything else. */
  readonly changes?: readonly RuleChange[];
  readonly settings?: Settings;
  /** Values of ARG that go before those of configurations, by name. */
  readonly buildArgs?: Readonly<Record<string, string>>;
  /** The only configuration to use; patterns in it are relative to the working folder. */
  readonly file?: string | null;
  /** A configuration as a value, with what a file of it would hold; the only one to use. Patterns in it are relative to the working folder. */
  readonly object?: unknown;
  /** Look for no configuration. */
  readonly isolated?: boolean;
  /** Configurations that are code may be run. */
  readonly trusted: boolean;
  /** For hadolint's variables and its files of the account. */
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd: string;
}

/** The configuration of one Dockerfile. */
export interface FileConfig {
  /** The file that it comes from, or `null` for the defaults. */
  readonly source: string | null;
  /** A pattern of `ignores` matches: the file is not to be linted. */
  readonly ignored: boolean;
  readonly config: ResolvedConfig;
  /** All rules there are, those of plugins among them. */
  readonly rules: readonly Rule[];
  /** What hadolint's configuration says about the exit code. */
  readonly failOn: Severity | "never" | null;
  /** The folder that the file is built with, where it is known; else the one that it lies in. */
  readonly context?: string;
}

/** A configuration that was loaded, with what was made of it for groups of files. */
interface Prepared {
  readonly source: string | null;
  readonly layers: readonly Layer[];
  readonly rules: readonly Rule[];
  readonly resolved: Map<string, ResolvedConfig>;
}

/** Finds, reads and keeps the configurations of Dockerfiles. */
export class Configs {
  /** What is wrong with the configurations read so far: `FILE:LINE: sentence`, each once. */
  readonly problems: string[] = [];
  /** Configurations that are code and were run. */
  readonly code: string[] = [];
  /** All files of configurations that were read. */
  readonly files = new Set<string>();
  readonly #options: ConfigOptions;
  #own = new NearestFile(configNames);
  #hadolint = new NearestFile(hadolintNames);
  #account: { readonly file: string | null } | null = null;
  readonly #prepared = new Map<string | null, Promise<Prepared> | Prepared>();

  constructor(options: ConfigOptions) {
    this.#options = options;
  }

  /** The configuration of a file, given by its absolute path. Never rejects: what is wrong with it is among the problems. */
  of(file: string): Promise<FileConfig> | FileConfig {
    const prepared = this.#prepare(this.#sourceOf(dirname(file)));
    return prepared instanceof Promise
      ? prepared.then((each) => this.#configOf(file, each))
      : this.#configOf(file, prepared);
  }

  /** Read everything again: files have changed. */
  forget(): void {
    this.#prepared.clear();
    this.#own = new NearestFile(configNames);
    this.#hadolint = new NearestFile(hadolintNames);
    this.#account = null;
    this.problems.length = 0;
    this.code.length = 0;
    this.files.clear();
  }

  #sourceOf(folder: string): string | null {
    const { file = null, isolated = false, object, cwd, env } = this.#options;
    if (object !== undefined) return null;
    if (file !== null) return resolve(cwd, file);
    if (isolated) return null;
    this.#account ??= { file: env ? hadolintFileOfUser(env) : null };
    return this.#own.of(folder) ?? this.#hadolint.of(folder) ?? this.#account.file;
  }

  #prepare(source: string | null): Promise<Prepared> | Prepared {
    const known = this.#prepared.get(source);
    if (known) return known;
    const isDefault = source === null && this.#options.object === undefined && !this.#hasVariables();
    const prepared = isDefault ? this.#finish(null, defaults) : this.#load(source);
    this.#prepared.set(source, prepared);
    return prepared;
  }

  #hasVariables(): boolean {
    const { env = {}, isolated = false } = this.#options;
    return !isolated && hasHadolintVariables(env);
  }

  async #load(source: string | null): Promise<Prepared> {
    const { rules, trusted, file = null, object, cwd, env = {} } = this.#options;
    if (object !== undefined) {
      const { loadConfigObject } = await import("./own-config.ts");
      return this.#finish(null, await loadConfigObject(object, { rules, trusted, base: cwd }));
    }
    if (source === null || basename(source).includes("hadolint")) {
      const { loadHadolintConfig } = await import("./hadolint-config.ts");
      return this.#finish(source, loadHadolintConfig(source, env));
    }
    const folder = dirname(source);
    const others = file === null ? this.#own.in(folder).slice(1) : [];
    for (const other of others)
      this.problems.push(`${other}: \`${basename(source)}\` beside it counts; remove one of them.`);
    const { loadConfig } = await import("./own-config.ts");
    return this.#finish(source, await loadConfig(source, { rules, trusted, base: file === null ? folder : cwd }));
  }

  #finish(source: string | null, { layers, problems, code, files }: LoadedConfig): Prepared {
    this.problems.push(...problems);
    this.code.push(...code);
    for (const file of files) this.files.add(file);
    const plugins = layers.flatMap((layer) => layer.plugins ?? []);
    const { rules } = this.#options;
    const names = new Set(rules.map(({ name }) => name));
    return {
      source,
      layers,
      rules: plugins.length === 0 ? rules : [...rules, ...plugins.filter(({ name }) => !names.has(name))],
      resolved: new Map(),
    };
  }

  #configOf(file: string, { source, layers, rules, resolved }: Prepared): FileConfig {
    const matching = layers.flatMap(({ overrides = [] }) =>
      overrides.filter(({ base, test }) => matches(file, base, test)),
    );
    const key = matching.map((override) => layers.flatMap((layer) => layer.overrides ?? []).indexOf(override)).join();
    let config = resolved.get(key);
    if (!config) resolved.set(key, (config = resolveConfig(this.#steps(layers, new Set(matching)), rules)));
    return {
      source,
      ignored: layers.some(({ ignores }) => ignores && matches(file, ignores.base, ignores.test)),
      config,
      rules,
      failOn: layers.findLast(({ failOn }) => failOn !== undefined)?.failOn ?? null,
    };
  }

  #steps(layers: readonly Layer[], matching: ReadonlySet<unknown>): ConfigStep[] {
    const { preset = null, changes = [], settings = {}, buildArgs = {} } = this.#options;
    const own = layers.flatMap(({ overrides = [], ...layer }): ConfigStep[] => {
      if (preset !== null && layer.preset !== undefined) return [];
      return [layer, ...overrides.filter((override) => matching.has(override))];
    });
    return [...(preset === null ? [] : [{ preset }]), ...own, { changes, settings, buildArgs }];
  }
}

const defaults: LoadedConfig = { layers: [{ preset: "recommended" }], problems: [], code: [], files: [] };

function matches(file: string, base: string, test: (path: string) => boolean): boolean {
  const path = relative(base, file).split(sep).join("/");
  return !path.startsWith("../") && test(path);
}
