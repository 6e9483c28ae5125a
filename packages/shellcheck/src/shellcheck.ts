import { cacheKey, type CommentCache, openCache } from "./cache.ts";
import type { EngineOptions } from "./engine.ts";
import { toRequest } from "./places.ts";
import { whyUnknown } from "./prefilter/index.ts";
import { toFullScript, toJob } from "./script.ts";
import type { Engine, ShellCheckRequest, ShellCheckResult } from "./types.ts";
import { shellCheckVersion } from "./version.ts";

export interface ShellCheckOptions extends EngineOptions {
  /** Where comments are kept across runs; nowhere when absent. */
  readonly cacheDirectory?: string;
  /** `false`: ask ShellCheck also where it is known to have nothing to say. Results are the same, later. */
  readonly prefilter?: boolean;
  /** `false`: export every variable. Results are the same, later. */
  readonly trim?: boolean;
}

/** How requests were answered, since the start. */
export interface ShellCheckStats {
  requests: number;
  /** Known to be clean without running anything. */
  filtered: number;
  /** The same script as an earlier one. */
  repeated: number;
  cached: number;
  linted: number;
  failed: number;
}

export interface ShellCheck {
  /**
   * Results in the order of the requests; never rejects. Ask for many at once, or again before the first ones are answered: the longest scripts
   * go first.
   */
  lint(requests: readonly ShellCheckRequest[]): Promise<readonly ShellCheckResult[]>;
  /** Loads the engine now, so that it is there when a script needs it. */
  start(): void;
  /** Ends workers and processes. */
  close(): Promise<void>;
  readonly stats: Readonly<ShellCheckStats>;
}

const clean: ShellCheckResult = { comments: [] };
/** Results kept in memory. */
const mostRemembered = 5000;

/** Light until a script needs ShellCheck itself; only then is the engine loaded. */
export function createShellCheck(options: ShellCheckOptions = {}): ShellCheck {
  const { cacheDirectory, prefilter = true, trim = true } = options;
  const cache: CommentCache | null = cacheDirectory === undefined ? null : openCache(cacheDirectory);
  const remembered = new Map<string, Promise<ShellCheckResult>>();
  const stats: ShellCheckStats = { requests: 0, filtered: 0, repeated: 0, cached: 0, linted: 0, failed: 0 };
  let loading: Promise<Engine> | null = null;

  const load = () => (loading ??= import("./engine.ts").then(({ createEngine }) => createEngine(options)));

  const lintScript = async (script: string): Promise<ShellCheckResult> => {
    const key = cache && cacheKey(shellCheckVersion, script);
    const comments = key !== null && cache?.read(key);
    if (comments) {
      stats.cached++;
      return { comments };
    }
    try {
      const engine = await load();
      const result = await engine.lint(script);
      if ("error" in result) stats.failed++;
      else {
        stats.linted++;
        if (key !== null && engine.version === shellCheckVersion) cache?.write(key, result.comments);
      }
      return result;
    } catch (error) {
      stats.failed++;
      return { error: error instanceof Error ? error.message : String(error) };
    }
  };

  const remember = (script: string): Promise<ShellCheckResult> => {
    const known = remembered.get(script);
    if (known) {
      stats.repeated++;
      remembered.delete(script);
    }
    const result = known ?? lintScript(script);
    remembered.set(script, result);
    if (remembered.size > mostRemembered) remembered.delete(remembered.keys().next().value!);
    void result.then((done) => {
      if ("error" in done && remembered.get(script) === result) remembered.delete(script);
    });
    return result;
  };

  const lintOne = async (request: ShellCheckRequest): Promise<ShellCheckResult> => {
    stats.requests++;
    const job = toJob(request);
    if (prefilter && whyUnknown(job) === null) {
      stats.filtered++;
      return clean;
    }
    const full = toFullScript(job, trim);
    const result = await remember(full.text);
    return "error" in result
      ? result
      : { comments: result.comments.flatMap((comment) => toRequest(comment, full) ?? []) };
  };

  return {
    lint: (requests) => Promise.all(requests.map(lintOne)),
    start() {
      void load().catch(() => {});
    },
    async close() {
      const engine = await loading?.catch(() => null);
      await engine?.close();
    },
    stats,
  };
}
