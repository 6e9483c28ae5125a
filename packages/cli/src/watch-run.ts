import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { FileResult } from "@stagewright/host";
import { changesOthers, watchFiles } from "@stagewright/host/watch";
import { complain } from "./complain.ts";
import type { LintRun } from "./lint-run.ts";

/**
 * Runs once, and again after each change that matters: only files that changed are linted again, unless what changed may change the findings of others. Resolves
 * on SIGINT and SIGTERM.
 *
 * `report` prints a run; what it takes from the results is kept for the next one.
 */
export async function watchRun(
  run: LintRun,
  paths: readonly string[],
  report: (results: AsyncIterable<FileResult>) => Promise<void>,
): Promise<void> {
  let known = new Map<string, FileResult>();
  let pending = new Set<string>();
  let wake: (() => void) | null = null;
  let seen = new Set<string>();
  /** Files that may change the findings of others. */
  let others: ReadonlySet<string> = new Set();
  const watcher = await watchFiles(paths, {
    cwd: run.cwd,
    isKnown: (file) => others.has(file) || seen.has(file),
    onChange(changed) {
      for (const file of changed) pending.add(file);
      wake?.();
    },
    onProblem: complain,
  });
  let isOver = false;
  const stop = () => {
    isOver = true;
    wake?.();
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);

  while (!isOver) {
    const before = known;
    known = new Map();
    await report(kept(await run.results(before), known));
    seen = new Set([...known.keys()].map((path) => resolve(run.cwd, path)));
    others = run.readFiles;
    watcher.add([...others, ...seen].filter((file) => existsSync(file)));
    while (pending.size === 0 && !isOver) await new Promise<void>((resume) => (wake = resume));
    if ([...pending].some((file) => changesOthers(file) || others.has(file))) {
      run.forget();
      known.clear();
    }
    for (const path of known.keys()) if (pending.has(resolve(run.cwd, path))) known.delete(path);
    pending = new Set();
  }
  await watcher.close();
}

/** Keeps the results that pass by. A file without findings is as good without its text. */
async function* kept(results: AsyncIterable<FileResult>, known: Map<string, FileResult>): AsyncGenerator<FileResult> {
  for await (const result of results) {
    // What went wrong may have been put right by another file.
    if (result.errors.length === 0)
      known.set(result.path, result.findings.length === 0 ? { ...result, text: "" } : result);
    yield result;
  }
}
