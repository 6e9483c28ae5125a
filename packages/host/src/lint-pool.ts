import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Finding, Request, ResolvedConfig } from "@stagewright/core";
import { type AnswerProvider, providersFor } from "./answers.ts";
import type { FileConfig } from "./config/configs.ts";

/** What a worker is sent: a text to lint, with its configuration when that is new. */
export interface LintJob {
  readonly id: number;
  readonly text: string;
  readonly filename: string;
  readonly context: string | undefined;
  readonly config: number;
  readonly newConfig: ResolvedConfig | null;
  /** What may be asked outside. */
  readonly kinds: readonly Request["kind"][];
}

/** What a worker sends: first that it is ready, then what it found; `findings` are `null` where the text has something to ask outside. */
export type LintDone = "ready" | { readonly id: number; readonly findings: readonly Finding[] | null };

/** How many texts wait for one worker at a time. */
const depth = 8;

/** So many texts are linted before workers are started: they load for as long as it takes to lint about a hundred. */
const patience = 100;

/** More of them only wait for the thread that reads files and prints. */
const mostWorkers = 7;

interface Thread {
  readonly worker: Worker;
  readonly configs: Map<ResolvedConfig, number>;
  readonly waiting: Map<number, (findings: readonly Finding[] | null) => void>;
  /** It has started and takes texts. */
  isOpen: boolean;
}

/**
 * Lints texts in worker threads, beside the thread that asks. It takes a text only where a worker has room for it, and gives back those that have something to
 * ask outside, so that whoever asks lints them itself.
 */
export class LintPool {
  readonly #ruleCount: number;
  readonly #providers: readonly AnswerProvider[];
  readonly #notice: (message: string) => void;
  #threads: Thread[] = [];
  #seen = 0;
  #next = 0;
  #turn: Promise<unknown> = Promise.resolve();

  /**
   * Workers have the rules that come with Stagewright, `ruleCount` of them, and no others; `providers` are those of the caller. `notice` hears one sentence for
   * each worker that is lost.
   */
  constructor(ruleCount: number, providers: readonly AnswerProvider[], notice: (message: string) => void) {
    this.#ruleCount = ruleCount;
    this.#providers = providers;
    this.#notice = notice;
  }

  /** `null` for a text that the caller has to lint. */
  async lint(
    text: string,
    filename: string,
    { rules, config, context }: FileConfig,
  ): Promise<readonly Finding[] | null> {
    if (rules.length !== this.#ruleCount) return null;
    if (this.#seen++ === patience) this.#start();
    if (this.#threads.length === 0) return null;
    await this.#hear();
    const thread = this.#threads.find(({ isOpen, waiting }) => isOpen && waiting.size < depth);
    if (!thread) return null;
    const known = thread.configs.get(config);
    const number = known ?? thread.configs.size;
    thread.configs.set(config, number);
    const id = this.#next++;
    const newConfig = known === undefined ? config : null;
    const kinds = providersFor(config.settings, this.#providers).map(({ kind }) => kind);
    const job: LintJob = { id, text, filename, context, config: number, newConfig, kinds };
    return new Promise((resolve) => {
      thread.waiting.set(id, resolve);
      thread.worker.postMessage(job);
    });
  }

  /** Lets what workers have sent come in, once for each text. */
  #hear(): Promise<unknown> {
    return (this.#turn = this.#turn.then(() => new Promise((resolve) => setImmediate(resolve))));
  }

  /** What is still waited for comes to nothing. */
  close(): void {
    for (const thread of this.#threads) this.#end(thread);
  }

  #start(): void {
    const count = Math.min(availableParallelism() - 1, mostWorkers);
    for (let index = 0; index < count; index++) this.#threads.push(this.#startOne());
  }

  #startOne(): Thread {
    // Beside the folder of chunks that this is bundled into.
    const worker = new Worker(new URL("../lint-worker.js", import.meta.url));
    const thread: Thread = { worker, configs: new Map(), waiting: new Map(), isOpen: false };
    worker.on("message", (done: LintDone) => {
      if (done === "ready") {
        thread.isOpen = true;
        return;
      }
      thread.waiting.get(done.id)?.(done.findings);
      thread.waiting.delete(done.id);
      // Where one text has something to ask, most others have it too.
      if (done.findings === null) this.#end(thread);
    });
    worker.on("error", (error) => this.#lose(thread, error.message));
    worker.on("exit", (code) => this.#lose(thread, `exit code ${code}`));
    return thread;
  }

  /** What the worker had is left to those who wait for it. */
  #lose(thread: Thread, reason: string): void {
    if (!this.#threads.includes(thread)) return;
    this.#end(thread);
    const [line = ""] = reason.split("\n");
    this.#notice(`A worker thread failed (${line}), so its files were linted without it.`);
  }

  #end(thread: Thread): void {
    this.#threads = this.#threads.filter((other) => other !== thread);
    for (const resolve of thread.waiting.values()) resolve(null);
    thread.waiting.clear();
    void thread.worker.terminate();
  }
}
