import { existsSync, statSync } from "node:fs";
import { dirname, extname, isAbsolute, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Rule, Settings, Severity } from "@stagewright/core";
import { type PresetName, presetNames } from "@stagewright/rules";
import { hint } from "../names.ts";
import { pathHint } from "../path-hint.ts";
import { type ConfigDocument, readDocument, unreadable } from "./document.ts";
import { fileTest, ignoreTest } from "./globs.ts";
import type { JsonPath, JsonSchema } from "./json-schema.ts";
import type { Layer, LoadedConfig } from "./layer.ts";
import { packageEntry } from "./package-entry.ts";
import type { Level, RuleChange } from "./rules.ts";
import { configSchema } from "./schema.ts";
import { validate } from "./validate.ts";

export interface LoadOptions {
  readonly rules: readonly Rule[];
  /** Configurations that are code may be run. */
  readonly trusted: boolean;
  /** What patterns are relative to. */
  readonly base: string;
}

/** Reads a configuration with all that it extends. Never rejects: what is wrong is among the problems, the rest counts. */
export async function loadConfig(file: string, options: LoadOptions): Promise<LoadedConfig> {
  const loader = new Loader(options);
  const layers = await loader.load(file, options.base, []);
  return { layers, problems: loader.problems, code: loader.code, files: loader.files };
}

/** As `loadConfig`, for a value; what it extends is looked for from the base. */
export async function loadConfigObject(value: unknown, options: LoadOptions): Promise<LoadedConfig> {
  const loader = new Loader(options);
  const file = join(options.base, "configuration");
  const layers = await loader.accept({ value, lineOf: () => null }, true, file, options.base, []);
  return { layers, problems: loader.problems, code: loader.code, files: loader.files };
}

type RuleEntry = Level | readonly [level: Level, options?: Readonly<Record<string, unknown>>];

interface RuleBlock {
  readonly rules?: Readonly<Record<string, RuleEntry>>;
  readonly settings?: Settings;
}

/** What a configuration holds once the schema has accepted it. */
export interface Config extends RuleBlock {
  readonly $schema?: string;
  readonly extends?: string | readonly string[];
  readonly overrides?: readonly (RuleBlock & { readonly files?: string | readonly string[] })[];
  readonly ignores?: string | readonly string[];
  readonly reportUnusedDisableDirectives?: Severity | "off" | boolean;
  readonly requireReason?: boolean;
  /** In a configuration that is code: rules of one's own, made with `createRule`. */
  readonly plugins?: readonly { readonly rules: readonly Rule[] }[];
}

class Loader {
  readonly problems: string[] = [];
  readonly code: string[] = [];
  readonly files: string[] = [];
  readonly #options: LoadOptions;

  constructor(options: LoadOptions) {
    this.#options = options;
  }

  /** `from` are the configurations that led here. */
  async load(file: string, base: string, from: readonly string[]): Promise<Layer[]> {
    if (from.includes(file)) {
      this.#report(file, `The configuration extends itself by way of ${from.join(", ")}.`);
      return [];
    }
    this.files.push(file);
    const isCode = /^\.[cm]?[jt]s$/.test(extname(file));
    const source = isCode ? await this.#run(file) : this.#read(file);
    if (!source) return from.length === 0 ? [{ preset: "recommended" }] : [];
    return this.accept(source, isCode, file, base, from);
  }

  /** What a configuration comes to; `file` is where it stands. */
  async accept(source: Source, isCode: boolean, file: string, base: string, from: readonly string[]): Promise<Layer[]> {
    const plugins = isCode ? pluginsOf(source.value) : [];
    const { value, mistakes } = validate(withoutPlugins(source.value, isCode), this.#schema(plugins));
    for (const { path, atKey, message } of mistakes) this.#report(file, message, source.lineOf(path, atKey), path);
    return this.#layers((value ?? {}) as Config, plugins, file, base, from, source);
  }

  async #layers(
    config: Config,
    plugins: readonly Rule[],
    file: string,
    base: string,
    from: readonly string[],
    source: Source,
  ): Promise<Layer[]> {
    const layers: Layer[] = [];
    const names = config.extends === undefined && from.length === 0 ? ["recommended"] : listOf(config.extends);
    for (const [index, name] of names.entries()) {
      if (isPreset(name)) layers.push({ preset: name });
      else {
        const path = typeof config.extends === "string" ? ["extends"] : ["extends", index];
        layers.push(...(await this.#extend(name, file, base, from, source.lineOf(path, false))));
      }
    }
    const { settings, reportUnusedDisableDirectives: unused, requireReason } = config;
    const ignores = listOf(config.ignores);
    layers.push({
      changes: changesOf(config.rules),
      overrides: (config.overrides ?? []).map((override) => ({
        base,
        test: fileTest(listOf(override.files)),
        changes: changesOf(override.rules),
        settings: settingsOf(override.settings),
      })),
      settings: settingsOf(settings),
      ...(ignores.length > 0 && { ignores: { base, test: ignoreTest(ignores) } }),
      ...(unused !== undefined && { reportUnusedDisableDirectives: levelOf(unused) }),
      ...(requireReason !== undefined && { requireReason }),
      ...(plugins.length > 0 && { plugins }),
    });
    return layers;
  }

  async #extend(
    name: string,
    file: string,
    base: string,
    from: readonly string[],
    line: number | null,
  ): Promise<Layer[]> {
    const folder = dirname(file);
    if (name.startsWith(".") || isAbsolute(name)) {
      const target = resolve(folder, name);
      if (existsSync(target)) return this.load(target, dirname(target), [...from, file]);
      this.#report(file, `There is no file \`${name}\` to extend${pathHint(name, folder)}`, line);
      return [];
    }
    const entry = packageEntry(name, folder);
    if (entry !== null) return this.load(entry, base, [...from, file]);
    const near = existsSync(join(folder, name)) ? `; write \`./${name}\` for the file.` : hint(name, presetNames);
    this.#report(file, `There is no preset and no package \`${name}\` to extend${near || "."}`, line);
    return [];
  }

  #read(file: string): Source | null {
    let document: ConfigDocument;
    try {
      document = readDocument(file);
    } catch (error) {
      this.#report(file, unreadable(file, error));
      return null;
    }
    for (const { line, message } of document.problems) this.#report(file, message, line);
    if (document.value === undefined) return null;
    // An empty file, or one of comments alone, says nothing, and that is allowed.
    return document.value === null ? { value: {}, lineOf: () => 1 } : document;
  }

  async #run(file: string): Promise<Source | null> {
    if (!this.#options.trusted) {
      this.#report(file, "The configuration is code, and this workspace is not trusted, so it was not run.");
      return null;
    }
    this.code.push(file);
    try {
      // Node.js keeps a module by its URL, and the file may have changed since.
      const module = (await import(`${pathToFileURL(file).href}?${statSync(file).mtimeMs}`)) as {
        readonly default?: unknown;
      };
      if (module.default !== undefined) return { value: module.default, lineOf: () => null };
      this.#report(file, "The configuration has no default export.");
    } catch (error) {
      const { code, message, stack = "" } = error as NodeJS.ErrnoException;
      const [first = ""] = (message ?? String(error)).split("\n");
      const reason =
        code === "ERR_UNKNOWN_FILE_EXTENSION"
          ? "This Node.js does not run TypeScript (22.18 and later do); call the file stagewright.config.mjs"
          : `The configuration failed: ${first.replace(/\.$/, "")}`;
      this.#report(file, `${reason}.`, lineIn(stack, file));
    }
    return null;
  }

  #schema(plugins: readonly Rule[]): JsonSchema {
    return configSchema(plugins.length > 0 ? [...this.#options.rules, ...plugins] : this.#options.rules);
  }

  #report(file: string, message: string, line: number | null = null, path: JsonPath = []): void {
    const place = line === null ? (path.length > 0 ? `: ${path.join(".")}` : "") : `:${line}`;
    this.problems.push(`${file}${place}: ${message}`);
  }
}

interface Source {
  readonly value: unknown;
  /** `null` where the configuration is code. */
  readonly lineOf: (path: JsonPath, atKey: boolean) => number | null;
}

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;

const isPreset = (name: string): name is PresetName => (presetNames as readonly string[]).includes(name);

function changesOf(entries: RuleBlock["rules"] = {}): RuleChange[] {
  return Object.entries(entries).map(([name, entry]) => {
    const [level, options] = typeof entry === "string" ? [entry] : entry;
    return { name, level, ...(options && { options }) };
  });
}

/** Build arguments may be written as numbers. */
function settingsOf(settings: Settings = {}): Settings {
  if (!settings.buildArgs) return settings;
  const values = Object.entries(settings.buildArgs).map(([name, value]) => [name, String(value)]);
  return { ...settings, buildArgs: Object.fromEntries(values) as Record<string, string> };
}

function pluginsOf(value: unknown): readonly Rule[] {
  const { plugins } = (value ?? {}) as { readonly plugins?: unknown };
  if (!Array.isArray(plugins)) return [];
  return plugins.flatMap((plugin: unknown) => {
    const { rules } = (plugin ?? {}) as { readonly rules?: unknown };
    return Array.isArray(rules) ? rules.filter(isRule) : [];
  });
}

function isRule(value: unknown): value is Rule {
  const { name, create, meta } = (value ?? {}) as Partial<Rule>;
  return typeof name === "string" && typeof create === "function" && typeof meta?.docs === "object";
}

/** The part of a configuration that is data. */
function withoutPlugins(value: unknown, isCode: boolean): unknown {
  if (!isCode || typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== "plugins"));
}

const levelOf = (level: Severity | "off" | boolean): Severity | "off" =>
  level === true ? "warning" : level === false ? "off" : level;

/** The line of a module that an error's stack names first. */
function lineIn(stack: string, file: string): number | null {
  const name = [pathToFileURL(file).href, file].find((each) => stack.includes(each));
  if (name === undefined) return null;
  const line = /^(?:\?[\d.]+)?:(\d+)/.exec(stack.slice(stack.indexOf(name) + name.length))?.[1];
  return line === undefined ? null : Number(line);
}
