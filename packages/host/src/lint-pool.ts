import { availableParallelism } from "node:os";
import type { Worker } from "node:worker_threads";
import type { Finding, Request, ResolvedConfig, Settings } from "@stagewright/core";
import { type AnswerProvider, providersFor } from "./answers.ts";
import type { FileConfig } from "./config/configs.ts";

/** What a worker is sent. */
export type LintMessage = LintJob | LintAnswers;

/** A text to lint, with its configuration when that is new. */
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

/** What a worker has asked for, of the text with that id. */
export interface LintAnswers {
  readonly id: number;
  readonly kind: Request["kind"];
  readonly answers: ReadonlyMap<string, unknown>;
}

/** What a worker has to ask of the outside world, for the text with that id. */
export interface LintQuestion {
  readonly id: number;
  readonly kind: Request["kind"];
  readonly requests: readonly Request[];
}

/** What a worker sends: first that it is ready, then questions and what it found; `findings` are `null` where it failed. */
export type LintDone = "ready" | LintQuestion | { readonly id: number; readonly findings: readonly Finding[] | null };

/**
 * How many texts wait for one worker at a time, besides those that wait for answers: enough for as long as the caller lints a large one itself, and few enough that
 * no thread has much left to do when the others have ended.
 */
const depth = 16;

/** So many texts are worth the start of workers, which load for as long as it takes to lint about a hundred. */
const patience = 100;

/** More of them only wait for the thread that reads files and prints. */
const mostWorkers = 7;

/** A text in a worker. */
interface Text {
  readonly filename: string;
  readonly settings: Settings;
  readonly resolve: (findings: readonly Finding[] | null) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly configs: Map<ResolvedConfig, number>;
  readonly texts: Map<number, Text>;
  /** Questions of its texts that have not been answered yet. */
  asking: number;
  /** It has started and takes texts. */
  isOpen: boolean;
}

/**
 * Lints texts in worker threads, beside the thread that calls it. It takes a text only where a worker has room for it. Workers ask nobody outside: what
 * their texts have to ask goes through the providers of the caller.
 */
export class LintPool {
  readonly #ruleCount: number;
  readonly #providers: readonly AnswerProvider[];
  readonly #notice: (message: string) => void;
  readonly #expected: () => number;
  #threads: Thread[] = [];
  #seen = 0;
  #starting: Promise<void> | null = null;
  #next = 0;
  #turn: Promise<unknown> = Promise.resolve();

  /**
   * Workers have the rules that come with Stagewright, `ruleCount` of them, and no others; `providers` are those of the caller. `notice` hears one sentence for
   * each worker that is lost. `expected` says how many texts there will be, as far as that is known: of many, the workers start with the first one.
   */
  constructor(
    ruleCount: number,
    providers: readonly AnswerProvider[],
    notice: (message: string) => void,
    expected: () => number = () => 0,
  ) {
    this.#expected = expected;
    this.#ruleCount = ruleCount;
    this.#providers = providers;
    this.#notice = notice;
  }

  /** Of so many texts to come that it is worth it, the workers start now, to load while the caller still looks for the first one. */
  expect(texts: number): void {
    if (texts > 2 * patience) this.#starting ??= this.#start();
  }

  /** `null` for a text that the caller has to lint. */
  async lint(
    text: string,
    filename: string,
    { rules, config, context }: FileConfig,
  ): Promise<readonly Finding[] | null> {
    if (rules.length !== this.#ruleCount) return null;
    this.#seen++;
    this.expect(this.#expected());
    if (this.#seen > patience) this.#starting ??= this.#start();
    await this.#starting;
    if (this.#threads.length === 0) return null;
    await this.#hear();
    const thread = this.#threads.find(({ isOpen, texts, asking }) => isOpen && texts.size - asking < depth);
    if (!thread) return null;
    const known = thread.configs.get(config);
    const number = known ?? thread.configs.size;
    thread.configs.set(config, number);
    const id = this.#next++;
    const newConfig = known === undefined ? config : null;
    const kinds = providersFor(config.settings, this.#providers).map(({ kind }) => kind);
    const job: LintJob = { id, text, filename, context, config: number, newConfig, kinds };
    return new Promise((resolve) => {
      thread.texts.set(id, { filename, settings: config.settings, resolve });
      thread.worker.postMessage(job satisfies LintMessage);
    });
  }

  /** Lets what workers have sent come in, once for each text. */
  #hear(): Promise<unknown> {
    return (this.#turn = this.#turn.then(() => new Promise((resolve) => setImmediate(resolve))));
  }

  /** What is still waited for comes to nothing. */
  async close(): Promise<void> {
    await this.#starting;
    for (const thread of this.#threads) this.#end(thread);
  }

  async #start(): Promise<void> {
    const count = Math.min(availableParallelism() - 1, mostWorkers);
    const { startWorker } = await import("./start-worker.ts");
    for (let index = 0; index < count; index++) this.#threads.push(this.#threadOf(startWorker()));
  }

  #threadOf(worker: Worker): Thread {
    const thread: Thread = { worker, configs: new Map(), texts: new Map(), asking: 0, isOpen: false };
    worker.on("message", (done: LintDone) => {
      if (done === "ready") {
        thread.isOpen = true;
      } else if ("requests" in done) {
        void this.#answer(thread, done);
      } else {
        thread.texts.get(done.id)?.resolve(done.findings);
        thread.texts.delete(done.id);
        if (done.findings === null) this.#end(thread);
      }
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

  async #answer(thread: Thread, { id, kind, requests }: LintQuestion): Promise<void> {
    const text = thread.texts.get(id);
    if (!text) return;
    const provider = providersFor(text.settings, this.#providers).find((each) => each.kind === kind);
    thread.asking++;
    const answers = (await provider?.answer(requests, text.filename, text.settings)) ?? new Map<string, unknown>();
    thread.asking--;
    thread.worker.postMessage({ id, kind, answers } satisfies LintMessage);
  }

  #end(thread: Thread): void {
    this.#threads = this.#threads.filter((other) => other !== thread);
    for (const { resolve } of thread.texts.values()) resolve(null);
    thread.texts.clear();
    void thread.worker.terminate();
  }
}
