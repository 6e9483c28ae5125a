import { parentPort } from "node:worker_threads";
import type { ShellCheckResult } from "../types.ts";
import { createRunner, type RunnerOptions } from "./runner.ts";

/** First the options come in, then scripts; each one's result goes out, in the same order. */
export type WorkerMessage = RunnerOptions | string;

let run: (script: string) => Promise<ShellCheckResult>;
let last: Promise<unknown> = Promise.resolve();

parentPort?.on("message", (message: WorkerMessage) => {
  if (typeof message !== "string") {
    run = createRunner(message);
    return;
  }
  last = last.then(async () => parentPort?.postMessage(await run(message)));
});
