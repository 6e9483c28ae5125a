import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { FileConfig } from "../config/configs.ts";
import { readText, UnreadableFile } from "../read-text.ts";
import type { Build, BuildFile } from "./build.ts";
import { ciTargets } from "./ci-targets.ts";
import { buildFileKind, isBuildFile } from "./names.ts";

/**
 * The Compose and Bake files of a run, and what they say about Dockerfiles. Besides those that were read by name, it looks for them in the folder of a Dockerfile
 * and, inside a repository, above it up to its root, so that a Dockerfile means the same however it was found.
 */
export class BuildFiles {
  readonly #files = new Map<string, Promise<BuildFile>>();
  readonly #builds = new Map<string, Build[]>();
  readonly #folders = new Map<string, Promise<void> | null>();
  readonly #inRepository = new Map<string, boolean>();
  readonly #targets = new Map<string, readonly string[]>();
  /** Folders with a file that could not be read: it may build anything. */
  readonly #unread = new Set<string>();

  /** Files that may change what is found elsewhere, as absolute paths: those that were read, and the ignore files of what is built; there or not. */
  readonly files = new Set<string>();

  /** Reads a file, given by its absolute path, once. Never rejects: what is wrong with it is among its problems. */
  read(path: string): Promise<BuildFile> {
    let file = this.#files.get(path);
    if (!file) this.#files.set(path, (file = this.#read(path)));
    return file;
  }

  /**
   * The configuration of a Dockerfile, given by its absolute path, with the build arguments, targets and context that are known of it. The file is read where its
   * text is not given.
   */
  of(path: string, config: FileConfig, text?: string): Promise<FileConfig> | FileConfig {
    const known = () => {
      const builds = this.#builds.get(path);
      return withTargets(builds ? withBuilds(config, builds) : config, this.#ciTargets(path, text));
    };
    return this.#lookAround(dirname(path))?.then(known) ?? known();
  }

  /** How a Dockerfile, given by its absolute path, is built; empty where nothing is known of it. */
  async buildsOf(path: string): Promise<KnownBuilds> {
    await this.#lookAround(dirname(path));
    return knownBuilds(this.#builds.get(path) ?? []);
  }

  /** Read everything again: files have changed. */
  forget(): void {
    this.#files.clear();
    this.files.clear();
    this.#builds.clear();
    this.#folders.clear();
    this.#inRepository.clear();
    this.#targets.clear();
    this.#unread.clear();
  }

  async #read(path: string): Promise<BuildFile> {
    const file = await parse(path);
    this.#keep(file);
    return file;
  }

  #keep({ path, builds, problems, included = [], sources = new Set() }: BuildFile): void {
    if (builds.length === 0 && problems.length > 0) this.#unread.add(dirname(path));
    for (const file of [path, ...sources]) this.files.add(file);
    for (const build of builds) {
      if (build.context !== null) this.files.add(join(build.context, ".dockerignore"));
      if (build.dockerfile === null) continue;
      const known = this.#builds.get(build.dockerfile);
      if (known) known.push(build);
      else this.#builds.set(build.dockerfile, [build]);
    }
    for (const file of included) this.#keep(file);
  }

  /** What is said elsewhere about the stages of a Dockerfile; nobody asks for one that has a single stage. */
  #ciTargets(path: string, text: string | undefined): StageTargets {
    const stages = stageNames(text ?? textOf(path));
    const folders = stages.length === 0 ? [] : this.#foldersUpFrom(dirname(path));
    const unread = folders.some((each) => this.#unread.has(each)) ? ["*"] : [];
    return { stages, named: [...unread, ...folders.flatMap((each) => this.#inFolder(each))] };
  }

  /** The folder and, inside a repository, those above it up to its root. */
  #foldersUpFrom(folder: string): readonly string[] {
    return this.#isBelowRepository(folder) ? [folder, ...this.#foldersUpFrom(dirname(folder))] : [folder];
  }

  #inFolder(folder: string): readonly string[] {
    let targets = this.#targets.get(folder);
    if (!targets) this.#targets.set(folder, (targets = ciTargets(folder)));
    return targets;
  }

  /** Reads what lies in a folder and above it; `null` where there is nothing to wait for. */
  #lookAround(folder: string): Promise<void> | null {
    let looked = this.#folders.get(folder);
    if (looked === undefined) this.#folders.set(folder, (looked = this.#look(folder)));
    return looked;
  }

  #look(folder: string): Promise<void> | null {
    const here = namesIn(folder).filter(isBuildFile);
    const above = dirname(folder);
    const lookAbove = () => (this.#isBelowRepository(folder) ? this.#lookAround(above) : null);
    return here.length === 0 ? lookAbove() : this.#readAll(folder, here, lookAbove);
  }

  async #readAll(folder: string, names: readonly string[], after: () => Promise<void> | null): Promise<void> {
    for (const name of names) await this.read(join(folder, name));
    await after();
  }

  /** Whether a folder lies below the root of a repository; the root itself does not. */
  #isBelowRepository(folder: string): boolean {
    const above = dirname(folder);
    return above !== folder && !isRepository(folder) && this.#isInRepository(above);
  }

  /** Whether a folder is the root of a repository, or lies below one. */
  #isInRepository(folder: string): boolean {
    let known = this.#inRepository.get(folder);
    if (known === undefined) {
      const above = dirname(folder);
      known = isRepository(folder) || (above !== folder && this.#isInRepository(above));
      this.#inRepository.set(folder, known);
    }
    return known;
  }
}

const isRepository = (folder: string): boolean => existsSync(join(folder, ".git"));

/** The stages of a Dockerfile, and those that files of CI and scripts name as targets of some build. */
interface StageTargets {
  readonly stages: readonly string[];
  readonly named: readonly string[];
}

/** Where nothing is known of how a Dockerfile is built, targets that are none of its stages say nothing either. */
function withTargets(file: FileConfig, { stages, named }: StageTargets): FileConfig {
  const { settings } = file.config;
  const known = settings.usedTargets;
  if (named.length === 0 || (!known && !stages.some((stage) => named.includes(stage)))) return file;
  const usedTargets = [...new Set([...(known ?? []), ...named])];
  return { ...file, config: { ...file.config, settings: { ...settings, usedTargets } } };
}

/** What the builds of one Dockerfile have in common. */
export interface KnownBuilds {
  /** The stages that are built: `null` for the last one, `*` for one that is not known. */
  readonly targets: readonly (string | null)[];
  readonly namedContexts: readonly string[];
  /** Without what is said differently by two builds: each of them is as good. */
  readonly args: Readonly<Record<string, string>>;
  /** The folder that it is built with, where all builds have the same. */
  readonly context: string | null;
}

function knownBuilds(builds: readonly Build[]): KnownBuilds {
  const [first, ...others] = builds;
  const args = Object.entries(first?.args ?? {}).filter(([name, value]) =>
    others.every((build) => build.args[name] === value),
  );
  const contexts = new Set(builds.map(({ context }) => context));
  const [context = null] = contexts;
  return {
    targets: [...new Set(builds.map(({ target }) => target))],
    namedContexts: [...new Set(builds.flatMap((build) => build.namedContexts))],
    args: Object.fromEntries(args),
    context: contexts.size === 1 ? context : null,
  };
}

/** What the configuration says goes before. */
export function withBuilds(file: FileConfig, builds: readonly Build[]): FileConfig {
  const { settings } = file.config;
  const { targets, namedContexts, args, context } = knownBuilds(builds);
  const usedTargets = targets.filter((target) => target !== null);
  return {
    ...file,
    ...(context !== null && { context }),
    config: {
      ...file.config,
      settings: {
        ...settings,
        usedTargets,
        namedContexts,
        buildArgs: { ...args, ...settings.buildArgs },
      },
    },
  };
}

/** Reads a text as the Compose or Bake file of that absolute path. */
export async function parseBuildFile(path: string, text: string): Promise<BuildFile> {
  if (buildFileKind(path) === "compose") return (await import("./compose.ts")).readCompose(path, text);
  return (await import("./bake.ts")).readBake(path, text);
}

async function parse(path: string): Promise<BuildFile> {
  try {
    return await parseBuildFile(path, readText(path));
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { path, text: null, builds: [], problems: [{ line: 1, message: error.message }] };
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function textOf(path: string): string {
  try {
    return readText(path);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return "";
  }
}

/** The names in a Dockerfile of several stages; a rough look, which costs less than to read what CI says about files that need none of it. */
function stageNames(text: string): readonly string[] {
  const froms = [...text.matchAll(/^[ \t]*FROM[ \t]+[^\n]*$/gim)];
  return froms.length < 2 ? [] : froms.flatMap(([line]) => /\sAS\s+(\S+)/i.exec(line)?.[1] ?? []);
}
