import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createShellCheck, toJob, whyUnknown } from "@stagewright/shellcheck";
import { createEngine } from "@stagewright/shellcheck/engine";
import { describe, expect, test } from "vitest";
import { differences, lintAll } from "./compare.ts";
import { readCorpus } from "./corpus.ts";
import { bundleWorker, nativeCommand, optimisedBuild } from "./engines.ts";
import { createJoiner, createMutator } from "./mutate.ts";

const scripts = readCorpus();
const command = nativeCommand();
const workerFile = await bundleWorker();
const builds = optimisedBuild() ? (["stock", "optimised"] as const) : (["stock"] as const);
const minutes = 60_000;

/** Accepted scripts to make and lint; `STAGEWRIGHT_FUZZ=100000` for a long run, `STAGEWRIGHT_FUZZ_SEED` for another one. */
const rounds = Number(process.env["STAGEWRIGHT_FUZZ"] ?? 10_000);
const seed = Number(process.env["STAGEWRIGHT_FUZZ_SEED"] ?? 1);

describe.runIf(scripts && command)("every script of the corpora", () => {
  const all = scripts!;
  const native = { engine: "native", command: command! } as const;

  test("has the same comments with and without pre-filter and trimming", { timeout: 30 * minutes }, async () => {
    const plain = await lintAll(all, { ...native, prefilter: false, trim: false });
    const fast = await lintAll(all, native);
    for (const part of new Set(all.map((script) => script.part))) {
      const own = all.flatMap((script, index) => (script.part === part ? index : []));
      const clean = own.filter((index) => "comments" in plain[index]! && plain[index].comments.length === 0);
      const skipped = own.filter((index) => whyUnknown(toJob(all[index]!)) === null);
      const missed = skipped.filter((index) => !clean.includes(index));
      console.log(
        `${part}: ${own.length} scripts, ${clean.length} clean, ${skipped.length} skipped, ${missed.length} missed`,
      );
    }
    expect(differences(all, plain, fast)).toEqual([]);
  });

  test("has the same comments from both engines and both builds", { timeout: 60 * minutes }, async () => {
    const expected = await lintAll(all, native);
    for (const build of builds) {
      const wasm = await lintAll(all, { engine: "wasm", workerFile, build });
      expect(differences(all, expected, wasm), build).toEqual([]);
    }
  });

  test("has the same comments from a cache", { timeout: 30 * minutes }, async () => {
    const cacheDirectory = mkdtempSync(join(tmpdir(), "stagewright-cache-"));
    const first = await lintAll(all, { ...native, cacheDirectory });
    const cached = createShellCheck({ engine: "native", command: "no-such-program", cacheDirectory });
    expect(differences(all, first, await cached.lint(all))).toEqual([]);
    expect(cached.stats).toMatchObject({ linted: 0, failed: 0 });
    rmSync(cacheDirectory, { recursive: true });
  });

  test("has the same comments with and without trimming after changes", { timeout: 30 * minutes }, async () => {
    const length = Math.ceil(rounds / 20);
    const changed = [createMutator, createJoiner].flatMap((create) => Array.from({ length }, create(all, seed)));
    const [full, trimmed] = await Promise.all(
      [false, true].map((trim) => lintAll(changed, { ...native, prefilter: false, trim })),
    );
    expect(differences(changed, full!, trimmed!)).toEqual([]);
  });

  test("has no comments after changes that the pre-filter accepts", { timeout: 60 * minutes }, async () => {
    const mutate = createMutator(
      all.filter((script) => whyUnknown(toJob(script)) === null),
      seed,
    );
    const [full, trimmed] = [false, true].map((trim) => createShellCheck({ ...native, prefilter: false, trim }));
    let done = 0;
    // Every tenth with all variables, which takes five times as long.
    for (let round = 0; done < rounds; round++) {
      const accepted = Array.from({ length: 2000 }, mutate).filter((request) => whyUnknown(toJob(request)) === null);
      const results = await (round % 10 === 0 ? full! : trimmed!).lint(accepted);
      const reported = accepted.flatMap(({ shell, script }, index) => {
        const result = results[index]!;
        return "comments" in result && result.comments.length === 0 ? [] : { shell, script, result };
      });
      expect(reported).toEqual([]);
      done += accepted.length;
    }
    const linted = full!.stats.linted + trimmed!.stats.linted;
    console.log(`${done} accepted scripts of seed ${seed}, ${linted} different: no comments`);
    await Promise.all([full!.close(), trimmed!.close()]);
  });
});

test("a script that takes too long is given up and the next one is linted", { timeout: minutes }, async () => {
  const engine = await createEngine({ engine: "wasm", workerFile, workers: 1, timeLimit: 10_000 });
  const long = engine.lint(`#!/bin/sh\n${"echo $(".repeat(2000)}`);
  const results = await Promise.all([long, engine.lint("#!/bin/sh\ncd x")]);
  await engine.close();
  expect(results[1]).toMatchObject({ comments: [{ code: 2164 }] });
  expect(results[0]).toHaveProperty("error");
});
