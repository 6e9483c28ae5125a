import { Worker } from "node:worker_threads";

/** A thread that lints. Apart from the pool, since Node's part for threads takes longer to load than a small file to lint. */
export const startWorker = (): Worker =>
  // Seen from the folder of chunks that this is bundled into.
  new Worker(new URL("../../bin/lint-worker.js", import.meta.url));
