import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import {
  type AnswerProvider,
  BuildFiles,
  configOf,
  Configs,
  decodeText,
  discoverBuilds,
  type FileConfig,
  type FileResult,
  type Found,
  lintAs,
  lintFiles,
  LintPool,
  nearestName,
  type LintFilesOptions,
  pathHint,
  isRuleName,
  registryProvider,
  type ResultCache,
  rulesNamed,
  shellCheckProvider,
  Stats,
  UnreadableFile,
  unknownRule,
  UnknownTargets,
} from "@stagewright/host";
import { rules } from "@stagewright/rules";
import { commands } from "./commands.ts";
import { internalError } from "./internal-error.ts";
import type { LintArguments } from "./lint-arguments.ts";
import { stdout } from "./standard-streams.ts";
import { UsageProblem } from "./usage-problem.ts";

/** One run over the paths of a command line. */
export class LintRun {
  readonly cwd: string;
  /** Why the results of a run that nothing was written for are not all that was meant, such as a ShellCheck that is missing. */
  readonly notices: string[] = [];
  readonly #args: LintArguments;
  readonly #configs: Configs;
  readonly #builds = new BuildFiles();
  readonly #options: LintFilesOptions;
  readonly #pool: LintPool | null;
  /** Where the time goes, when that was asked for. */
  readonly stats: Stats | null;
  #cache: ResultCache | null = null;
  /** Read when the first script needs ShellCheck, so that a cache may still be named after the start. */
  readonly #shellCheck: { cacheDirectory?: string } = {};
  #targets = new UnknownTargets();
  /** Paths that the walk found, and those that were taken from it. */
  readonly #walk = { total: 0, taken: 0 };

  constructor(args: LintArguments, cwd: string) {
    this.#args = args;
    this.cwd = cwd;
    this.stats = args.stats ? new Stats() : null;
    this.#configs = new Configs({
      rules,
      cwd,
      preset: args.preset,
      changes: args.rule,
      file: args.config,
      isolated: args.isolated,
      buildArgs: args.buildArgs,
      trusted: true,
      env: process.env,
    });
    const providers = this.#providers();
    // Times are those of one thread.
    this.#pool =
      args.stats || args.watch || args.fix !== null
        ? null
        : new LintPool(
            rules.length,
            providers,
            (message) => this.notices.push(message),
            // With a cache, nobody knows how many of them have to be linted.
            () => (this.#cache ? 0 : this.#walk.total),
          );
    this.#options = {
      cwd,
      configs: this.#configs,
      builds: this.#builds,
      providers,
      repair: this.#repair(),
      stats: this.stats,
      failed: (error) => internalError(error, args.debug),
      pool: this.#pool,
    };
  }

  /**
   * Opens the cache of findings, where one is wanted and everything that findings come from is at hand. What ShellCheck has said of scripts is kept
   * beside them: most scripts of a file that was changed are as they were.
   */
  async openCache(version: string): Promise<void> {
    const { cache, fix } = this.#args;
    if (cache === null) return;
    const [{ ResultCache }, { resultCacheFolder }, { makeFolder }] = await Promise.all([
      import("@stagewright/host/cache"),
      import("@stagewright/host/cache-folder"),
      import("@stagewright/host/make-folder"),
    ]);
    const directory = cache === true ? resultCacheFolder(process.env) : resolve(this.cwd, cache);
    try {
      makeFolder(directory, 0o700);
    } catch (error) {
      const { code = String(error) } = error as NodeJS.ErrnoException;
      this.notices.push(`The cache folder \`${directory}\` cannot be made (${code}), so nothing is kept.`);
      return;
    }
    this.#shellCheck.cacheDirectory = join(directory, "scripts");
    if (fix !== null) return;
    this.#cache = new ResultCache({ directory, version });
  }

  /** Files may be changed. */
  get writes(): boolean {
    return this.#options.repair?.write === true;
  }

  /** What is wrong with the configurations read so far, one sentence each. */
  get problems(): readonly string[] {
    return this.#configs.problems;
  }

  /** Throws `UsageProblem` where the command line names a configuration that is not there, or a rule that neither we nor the configurations of the files have. */
  async checkNames(): Promise<void> {
    const { config, rule, fixRule } = this.#args;
    if (config !== null && !existsSync(resolve(this.cwd, config))) {
      throw new UsageProblem(`There is no configuration \`${config}\`${pathHint(config, this.cwd)}`);
    }
    const names = [...rule.map(({ name }) => name), ...fixRule];
    let unknown = names.filter((name) => !isRuleName(name, rules));
    const known = new Set(rules);
    for await (const each of unknown.length > 0 ? this.#configured() : []) {
      for (const own of each.rules) known.add(own);
      unknown = unknown.filter((name) => !isRuleName(name, each.rules));
      if (unknown.length === 0) return;
    }
    const [first] = unknown;
    if (first !== undefined) throw new UsageProblem(unknownRule(first, [...known]));
  }

  /** The results in the order of the paths, standard input first; `known` ones, by path, still hold. Throws `UsageProblem` where git does not know what is asked of it. */
  async results(known: ReadonlyMap<string, FileResult> = new Map()): Promise<AsyncGenerator<FileResult>> {
    const paths = this.#args.paths.filter((path) => path !== "-");
    // Many paths are files, all but a few.
    if (!this.#cache) this.#pool?.expect(paths.length);
    return this.#results(paths, await this.#found(paths), known);
  }

  /** Which part of the files has been begun, from 0 to 1; 0 as long as nobody knows how many there are. */
  get begun(): number {
    const { total, taken } = this.#walk;
    return total === 0 ? 0 : Math.min(1, taken / total);
  }

  /** Configurations, Compose and Bake files and what belongs to them, as absolute paths. */
  get readFiles(): ReadonlySet<string> {
    return new Set([...this.#configs.files, ...this.#builds.files]);
  }

  /** Read configurations and what belongs to them again: files have changed. */
  forget(): void {
    this.#configs.forget();
    this.#builds.forget();
    this.#targets = new UnknownTargets();
  }

  /** A configuration may hold for other Dockerfiles than those that are linted. */
  #isPartial(source: string | null): boolean {
    const { since, staged, shard, paths, config } = this.#args;
    const base = source === null || config !== null ? this.cwd : dirname(source);
    const isAbove = (path: string) => !relative(resolve(this.cwd, path), base).startsWith("..");
    return since !== null || staged || shard !== null || !paths.some(isAbove);
  }

  async *#results(
    paths: readonly string[],
    files: AsyncIterable<Found>,
    known: ReadonlyMap<string, FileResult>,
  ): AsyncGenerator<FileResult> {
    if (paths.length < this.#args.paths.length) {
      const result = await this.#standardInput();
      if (result) yield result;
    }
    for await (const result of lintFiles(files, { ...this.#options, cache: this.#cache }, known)) {
      this.#targets.see(result);
      yield result;
    }
  }

  async #found(paths: readonly string[]): Promise<AsyncGenerator<Found>> {
    const { shard, staged, since } = this.#args;
    const all = staged || since !== null ? await this.#foundByGit(paths) : this.#walked(paths);
    return shard ? every(all, shard.index, shard.total) : all;
  }

  async #foundByGit(paths: readonly string[]): Promise<AsyncGenerator<Found>> {
    const { since } = this.#args;
    const { changedFiles, GitProblem, stagedFiles } = await import("@stagewright/host/git");
    try {
      if (since === null) return stagedFiles(paths, this.cwd, this.#builds);
      return changedFiles(paths, this.cwd, this.#builds, since);
    } catch (error) {
      throw error instanceof GitProblem ? new UsageProblem(error.message) : error;
    }
  }

  async *#walked(paths: readonly string[]): AsyncGenerator<Found> {
    this.#walk.taken = 0;
    const found = discoverBuilds(paths, this.cwd, this.#builds, (total) => (this.#walk.total = total));
    for await (const file of found) {
      this.#walk.taken++;
      yield this.#orCommand(file);
    }
  }

  /** The first word may be a misspelt command. */
  #orCommand(found: Found): Found {
    if (!("message" in found) || found.path !== this.#args.paths[0] || /\W/.test(found.path)) return found;
    const near = nearestName(found.path, Object.keys(commands));
    if (near === null) return found;
    return { ...found, message: found.message.replace(/\.$/, `; did you mean the command \`${near}\`?`) };
  }

  /** The files that `results` would be about, and those that are ignored; `message` says why a path gives none. */
  async *files(): AsyncGenerator<{
    readonly path: string;
    readonly ignored: boolean;
    readonly message: string | null;
  }> {
    const paths = this.#args.paths.filter((path) => path !== "-");
    if (paths.length < this.#args.paths.length)
      yield { path: this.#args.stdinFilename ?? "-", ignored: false, message: null };
    for await (const found of await this.#found(paths)) {
      const { path } = found;
      if ("message" in found) yield { path, ignored: false, message: found.message };
      else if ("buildFile" in found && !found.buildFile.builds.some(({ inline }) => inline)) continue;
      else yield { path, ignored: (await this.configOf(path)).ignored, message: null };
    }
  }

  configOf(path: string): Promise<FileConfig> {
    return configOf(resolve(this.cwd, path), this.#options);
  }

  async close(): Promise<void> {
    await this.#pool?.close();
    await Promise.all(this.#options.providers.map((provider) => provider.close?.()));
    for (const file of this.#configs.code) this.notices.push(`${file} is code and was run.`);
    this.notices.push(...this.#targets.problems((source) => this.#isPartial(source)));
  }

  /** The configurations of the files that are named, as far as they are known before anything is read. */
  async *#configured(): AsyncGenerator<FileConfig> {
    if (this.#args.ndjson) yield this.configOf("Dockerfile");
    else for await (const { path, message } of this.files()) if (message === null) yield this.configOf(path);
  }

  #repair(): NonNullable<LintFilesOptions["repair"]> | null {
    const { fix, fixRule, diff } = this.#args;
    if (fix === null) return null;
    // A name that is none of ours is one of a plugin.
    const only = fixRule.flatMap((name) => [name, ...rulesNamed(name, rules).map((rule) => rule.name)]);
    return { kind: fix, only: fixRule.length > 0 ? new Set(only) : null, write: !diff };
  }

  #providers(): AnswerProvider[] {
    const notice = (message: string) => {
      this.notices.push(message);
      this.#cache?.answerFailed();
    };
    const { registry } = this.#args;
    return [shellCheckProvider(this.#shellCheck, notice), ...(registry ? [registryProvider(registry, notice)] : [])];
  }

  /** A text under a name; `null` when its configuration says not to lint it. */
  lintText(path: string, text: string): Promise<FileResult | null> {
    return lintAs(path, text, { ...this.#options, cache: this.#cache });
  }

  async #standardInput(): Promise<FileResult | null> {
    const path = this.#args.stdinFilename ?? "-";
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    let text: string;
    try {
      text = decodeText(Buffer.concat(chunks));
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      return { path, text: null, findings: [], errors: [error.message], config: null };
    }
    const { repair } = this.#options;
    const options = repair ? { ...this.#options, repair: { ...repair, write: false } } : this.#options;
    const result = await lintAs(path, text, options);
    // An ignored text comes back as it was.
    if (this.writes) stdout.write(result?.text ?? text);
    return result;
  }
}

async function* every<Item>(items: AsyncIterable<Item>, index: number, total: number): AsyncGenerator<Item> {
  let count = 0;
  for await (const item of items) if (count++ % total === index) yield item;
}
