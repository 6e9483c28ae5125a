import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, expect, test } from "vitest";
import { createPool, type Pool, type PoolOptions } from "./pool.ts";
import type { RunnerOptions } from "./runner.ts";

const folder = mkdtempSync(join(tmpdir(), "stagewright-pool-"));
const workerFile = pathToFileURL(join(folder, "worker.mjs"));
// Answers each script with its number, its own name in `error`, after `wait` in the script; `hang` never, `crash` not at all.
writeFileSync(
  workerFile,
  `import { parentPort, threadId } from "node:worker_threads";
let count = 0;
parentPort.on("message", (message) => {
  if (typeof message !== "string") return;
  if (message.startsWith("hang")) for (;;);
  if (message.startsWith("crash")) throw new Error("crashed");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
  parentPort.postMessage({ error: \`\${message} \${++count} \${threadId}\` });
});`,
);
afterAll(() => rmSync(folder, { recursive: true }));

let pool: Pool;
afterEach(() => pool.close());

const start = (more: Partial<PoolOptions> = {}) => {
  const runner = Promise.resolve({} as RunnerOptions);
  pool = createPool({ runner, workerFile, workers: 1, timeLimit: 10_000, ...more });
  return pool;
};
const errors = async (scripts: readonly string[]) =>
  (await Promise.all(scripts.map((script) => pool.lint(script)))).map((result) =>
    "error" in result ? result.error.split(" ") : [],
  );

test("takes the longest waiting script first", async () => {
  start();
  const answers = await errors(["first", "second", "a", "bbbb", "cc"]);
  expect(answers.map(([, place]) => place)).toEqual(["1", "2", "5", "3", "4"]);
});

test("leaves out waiting scripts that nobody wants any more", async () => {
  start();
  let wanted = true;
  const results = ["first", "second", "third", "fourth"].map((script) =>
    pool.lint(script, () => wanted || script === "third"),
  );
  wanted = false;
  expect(await Promise.all(results)).toMatchObject([
    { error: expect.stringMatching(/^first 1 /) },
    { error: expect.stringMatching(/^second 2 /) },
    { error: expect.stringMatching(/^third 3 /) },
    { error: "ShellCheck was not asked: nobody waits for the answer." },
  ]);
});

test("shares many scripts among its workers", async () => {
  start({ workers: 2 });
  const answers = await errors(Array.from({ length: 60 }, (_, index) => `script${index}`));
  expect(answers.map(([name]) => name)).toEqual(Array.from({ length: 60 }, (_, index) => `script${index}`));
  expect(new Set(answers.map(([, , thread]) => thread)).size).toBe(2);
});

test("ends a worker that takes too long and does the rest with another one", async () => {
  start({ timeLimit: 2000 });
  const results = await Promise.all(["hang", "a", "b"].map((script) => pool.lint(script)));
  expect(results[0]).toEqual({ error: "ShellCheck did not finish within 2 s." });
  expect(results.slice(1)).toMatchObject([
    { error: expect.stringMatching(/^a /) },
    { error: expect.stringMatching(/^b /) },
  ]);
});

test("replaces a worker that breaks", async () => {
  start();
  const results = await Promise.all(["crash", "a"].map((script) => pool.lint(script)));
  expect(results).toMatchObject([{ error: "ShellCheck failed: crashed" }, { error: expect.stringMatching(/^a 1 /) }]);
});

test("says so where the module cannot be compiled", async () => {
  start({ runner: Promise.reject(new Error("no module")) });
  expect(await pool.lint("a")).toEqual({ error: "no module" });
});

test("answers everything that waits when it is closed", async () => {
  start();
  const results = Promise.all(["hang", "a", "b", "c"].map((script) => pool.lint(script)));
  await pool.close();
  const error = "ShellCheck was closed.";
  expect(await results).toEqual([{ error }, { error }, { error }, { error }]);
  expect(await pool.lint("d")).toEqual({ error });
});
