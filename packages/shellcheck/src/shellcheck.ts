import { cacheKey, type CommentCache, openCache } from "./cache.ts";
import type { EngineOptions } from "./engine.ts";
import { toRequest } from "./places.ts";
import { isKnownClean, spareParts } from "./filter.ts";
import { type FullScript, toFullScript, toJob } from "./script.ts";
import {
  type Engine,
  type ShellCheckComment,
  type ShellCheckRequest,
  type ShellCheckResult,
  unwantedResult,
} from "./types.ts";
import { shellCheckVersion } from "./version.ts";

export interface ShellCheckOptions extends EngineOptions {
  /** Where comments are kept across runs; nowhere when absent. */
  readonly cacheDirectory?: string;
  /** `false`: ask ShellCheck also where it is known to have nothing to say. Results are the same, later. */
  readonly prefilter?: boolean;
  /** `false`: export every variable, and give ShellCheck the whole script. Results are the same, later. */
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
   * go first. When `signal` is aborted, all results are errors at once, and scripts that have not been begun and that nobody else waits for are given up.
   */
  lint(
    requests: readonly ShellCheckRequest[],
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<readonly ShellCheckResult[]>;
  /** Ends workers and processes, and removes old entries of the cache. */
  close(): Promise<void>;
  readonly stats: Readonly<ShellCheckStats>;
}

/** A script on its way through an engine. */
interface Lint {
  readonly script: string;
  /** Calls that want the result; it is given up when the last one has been aborted. */
  callers: number;
  readonly result: Promise<ShellCheckResult>;
}

const clean: ShellCheckResult = { comments: [] };

const isSyntaxError = ({ code, level }: ShellCheckComment): boolean => code < 2000 && level === "error";
/** Results kept in memory. */
const mostRemembered = 5000;

/** Light until a script needs ShellCheck itself; only then is the engine loaded. */
export function createShellCheck(options: ShellCheckOptions = {}): ShellCheck {
  const { cacheDirectory, prefilter = true, trim = true } = options;
  const cache: CommentCache | null = cacheDirectory === undefined ? null : openCache(cacheDirectory);
  const remembered = new Map<string, Lint>();
  const stats: ShellCheckStats = { requests: 0, filtered: 0, repeated: 0, cached: 0, linted: 0, failed: 0 };
  let loading: Promise<Engine> | null = null;

  const load = () => (loading ??= import("./engine.ts").then(({ createEngine }) => createEngine(options)));

  const lintScript = async (script: string, wanted: () => boolean): Promise<ShellCheckResult> => {
    const key = cache && cacheKey(shellCheckVersion, script);
    const comments = key !== null && cache?.read(key);
    if (comments) {
      stats.cached++;
      return { comments };
    }
    try {
      const engine = await load();
      const result = await engine.lint(script, wanted);
      if (result === unwantedResult) return result;
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

  const begin = (script: string): Lint => {
    const wanted = () => {
      // Whoever asks for it from now on begins anew.
      if (lint.callers === 0) forget(lint);
      return lint.callers > 0;
    };
    const lint: Lint = { script, callers: 0, result: lintScript(script, wanted) };
    void lint.result.then((done) => {
      if ("error" in done) forget(lint);
    });
    return lint;
  };
  const forget = (lint: Lint) => {
    if (remembered.get(lint.script) === lint) remembered.delete(lint.script);
  };
  const remember = (script: string): Lint => {
    const known = remembered.get(script);
    if (known) {
      stats.repeated++;
      remembered.delete(script);
    }
    const lint = known ?? begin(script);
    remembered.set(script, lint);
    if (remembered.size > mostRemembered) remembered.delete(remembered.keys().next().value!);
    return lint;
  };

  const lintOne = async (
    request: ShellCheckRequest,
    own: Set<Lint>,
    signal: AbortSignal | undefined,
  ): Promise<ShellCheckResult> => {
    stats.requests++;
    if (prefilter && isKnownClean(request)) {
      stats.filtered++;
      return clean;
    }
    const job = toJob(request);
    const answer = async (full: FullScript): Promise<ShellCheckResult> => {
      const lint = remember(full.text);
      if (!own.has(lint)) lint.callers++;
      own.add(lint);
      const result = await lint.result;
      return "error" in result
        ? result
        : { comments: result.comments.flatMap((comment) => toRequest(comment, full) ?? []) };
    };
    const without = trim ? spareParts(job) : [];
    const result = await answer(toFullScript(job, trim, without));
    if (without.length === 0 || "error" in result || !result.comments.some(isSyntaxError)) return result;
    // Where ShellCheck stops reading may depend on what was left out.
    return signal?.aborted ? unwantedResult : answer(toFullScript(job, trim));
  };

  return {
    lint(requests, { signal } = {}) {
      const own = new Set<Lint>();
      const results = Promise.all(requests.map((request) => lintOne(request, own, signal)));
      if (!signal) return results;
      return new Promise((resolve) => {
        const giveUp = () => {
          own.forEach((lint) => lint.callers--);
          resolve(requests.map(() => unwantedResult));
        };
        if (signal.aborted) giveUp();
        else signal.addEventListener("abort", giveUp, { once: true });
        void results.then((done) => {
          signal.removeEventListener("abort", giveUp);
          resolve(done);
        });
      });
    },
    async close() {
      const engine = await loading?.catch(() => null);
      await Promise.all([engine?.close(), cache?.prune()]);
    },
    stats,
  };
}
