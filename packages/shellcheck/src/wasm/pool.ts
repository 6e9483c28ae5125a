import { Worker } from "node:worker_threads";
import { closedResult, type Engine, type ShellCheckResult, unwantedResult } from "../types.ts";
import type { RunnerOptions } from "./runner.ts";
import type { WorkerMessage } from "./worker.ts";

export interface PoolOptions {
  /** Workers are started while the module is still being compiled. */
  readonly runner: Promise<RunnerOptions>;
  readonly workerFile: URL;
  readonly workers: number;
  /** Milliseconds that one script may take. */
  readonly timeLimit: number;
}

export type Pool = Pick<Engine, "lint" | "close">;

interface Task {
  readonly script: string;
  readonly wanted: () => boolean;
  readonly resolve: (result: ShellCheckResult) => void;
}

/** Scripts that a worker holds at a time: with a second one it need not wait for its next message. */
const depth = 2;

/** Waiting scripts that make up for the start of another worker. */
const worthOne = 8;

/**
 * Workers that are started as scripts come in, the longest waiting script first. A worker that takes too long over a script is ended and replaced,
 * its other scripts go back to the queue. Idle workers do not keep the process alive.
 */
export function createPool({ runner, workerFile, workers, timeLimit }: PoolOptions): Pool {
  const queue: Task[] = [];
  const members = new Set<Member>();
  let closed = false;

  const enqueue = (task: Task) => {
    const longer = queue.findIndex(({ script }) => script.length > task.script.length);
    queue.splice(longer < 0 ? queue.length : longer, 0, task);
  };

  /** The longest one that is still wanted. */
  const next = (): Task | undefined => {
    for (let task = queue.pop(); task; task = queue.pop()) {
      if (task.wanted()) return task;
      task.resolve(unwantedResult);
    }
    return undefined;
  };

  const feed = () => {
    if (members.size < workers && queue.length > worthOne * members.size) members.add(createMember());
    for (let load = 0; load < depth; load++) {
      for (const member of members) {
        if (member.tasks.length > load) continue;
        const task = next();
        if (!task) return;
        member.give(task);
      }
    }
  };

  interface Member {
    readonly tasks: Task[];
    give(task: Task): void;
    end(): Promise<unknown>;
  }

  function createMember(): Member {
    const worker = new Worker(workerFile);
    const tasks: Task[] = [];
    let timer: NodeJS.Timeout | undefined;
    const ready = runner.then((options) => worker.postMessage(options satisfies WorkerMessage));
    ready.catch((error: Error) => fail(error.message));

    const watch = () => {
      clearTimeout(timer);
      if (tasks.length > 0)
        timer = setTimeout(fail, timeLimit, `ShellCheck did not finish within ${timeLimit / 1000} s.`);
      else worker.unref();
    };
    const fail = (error: string) => {
      if (!members.delete(member)) return;
      clearTimeout(timer);
      void worker.terminate();
      const [first, ...rest] = tasks.splice(0);
      first?.resolve({ error });
      rest.forEach(enqueue);
      feed();
    };
    const member: Member = {
      tasks,
      give(task) {
        if (tasks.length === 0) worker.ref();
        tasks.push(task);
        void ready.then(() => worker.postMessage(task.script)).catch(() => {});
        if (tasks.length === 1) watch();
      },
      end() {
        members.delete(member);
        clearTimeout(timer);
        for (const task of tasks.splice(0)) task.resolve(closedResult);
        return worker.terminate();
      },
    };
    worker.on("message", (result: ShellCheckResult) => {
      tasks.shift()?.resolve(result);
      watch();
      feed();
    });
    worker.on("error", (error) => fail(`ShellCheck failed: ${error.message}`));
    worker.on("exit", () => fail("ShellCheck's worker ended."));
    worker.unref();
    return member;
  }

  members.add(createMember());
  return {
    lint: (script, wanted = () => true) =>
      closed
        ? Promise.resolve(closedResult)
        : new Promise((resolve) => {
            enqueue({ script, wanted, resolve });
            feed();
          }),
    async close() {
      closed = true;
      for (const task of queue.splice(0)) task.resolve(closedResult);
      await Promise.all([...members].map((member) => member.end()));
    },
  };
}
