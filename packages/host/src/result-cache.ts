import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Finding, ResolvedConfig } from "@stagewright/core";
import { rules } from "@stagewright/rules";
import { collectAnswers } from "./answers.ts";
import type { FileConfig } from "./config/configs.ts";
import { createDiskCache, type DiskCache } from "./disk-cache.ts";

const month = 30 * 24 * 60 * 60 * 1000;

interface ResultCacheOptions {
  readonly directory: string;
  /** Of Stagewright. */
  readonly version: string;
}

/**
 * Findings by all that they come from: the text, its name, the configuration, the `.dockerignore`, the versions of Stagewright and ShellCheck, and the day, which
 * decides what is too old. Rules of plugins may look at anything, so nothing is kept where there are some; nor is anything that a registry had a say in: a run
 * that may ask one uses no cache.
 */
export class ResultCache {
  readonly #cache: DiskCache;
  readonly #tools: string;
  readonly #hasShellCheck: boolean;
  readonly #configs = new WeakMap<ResolvedConfig, string>();
  #spoiled = false;

  constructor({ directory, version }: ResultCacheOptions) {
    const shellCheck = shellCheckIdentity();
    this.#cache = createDiskCache({ directory, now: () => Date.now(), keeps: false });
    this.#hasShellCheck = shellCheck !== null;
    this.#tools = JSON.stringify([version, shellCheck, new Date().toISOString().slice(0, 10)]);
  }

  /** What `lint` gives, or what it gave before for the same. `filename` is absolute. */
  async findings(
    filename: string,
    text: string,
    fileConfig: FileConfig,
    lint: () => Promise<readonly Finding[]>,
  ): Promise<readonly Finding[]> {
    if (fileConfig.rules.length !== rules.length) return lint();
    const key = await this.#keyOf(filename, text, fileConfig);
    const known = this.#cache.read(key);
    if (Array.isArray(known)) return known as readonly Finding[];
    const findings = await lint();
    if (!this.#spoiled) await this.#cache.write(key, findings, month);
    return findings;
  }

  /** An answer is missing that may be there the next time: what comes from now on is not kept. */
  answerFailed(): void {
    this.#spoiled ||= this.#hasShellCheck;
  }

  async #keyOf(filename: string, text: string, { config, context }: FileConfig): Promise<string> {
    const ignores = await collectAnswers([{ kind: "file", path: ".dockerignore" }], filename, [], context);
    const parts = [this.#tools, this.#configKey(config), filename, context ?? null, [...ignores.values()], text];
    return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  }

  #configKey(config: ResolvedConfig): string {
    let key = this.#configs.get(config);
    if (key === undefined) {
      const plain = JSON.stringify(config, (_, value: unknown) => (value instanceof Map ? [...value] : value));
      this.#configs.set(config, (key = createHash("sha256").update(plain).digest("hex")));
    }
    return key;
  }
}

/** What tells one ShellCheck from another; `null` where there is none. */
function shellCheckIdentity(): string | null {
  try {
    const file = createRequire(join(process.cwd(), "index.js")).resolve("@stagewright/shellcheck");
    const { size, mtimeMs } = statSync(file);
    return `${file} ${size} ${mtimeMs}`;
  } catch {
    return null;
  }
}
