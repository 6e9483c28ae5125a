import { createShellCheck, toJob, whyUnknown } from "@stagewright/shellcheck";
import { afterAll, describe, expect, test } from "vitest";
import { differences, lintAll } from "./compare.ts";
import { readCorpus, sample } from "./corpus.ts";
import { bundleWorker, nativeCommand, optimisedBuild } from "./engines.ts";
import { createMutator } from "./mutate.ts";

const scripts = readCorpus();
const command = nativeCommand();
const workerFile = await bundleWorker();
const isSkipped = (script: Parameters<typeof toJob>[0]) => whyUnknown(toJob(script)) === null;

describe.runIf(scripts)("scripts of the corpora", () => {
  const all = scripts!;
  const hard = sample(
    all.filter((script) => !isSkipped(script)),
    40,
  );
  const shellCheck = createShellCheck({ engine: "wasm", workerFile, workers: 2 });
  afterAll(() => shellCheck.close());

  test("are mostly known to be clean", () => {
    const share = (part: string) => {
      const own = all.filter((script) => script.part === part);
      return own.filter(isSkipped).length / own.length;
    };
    expect(share("hub")).toBeGreaterThan(0.91);
    expect(share("modern")).toBeGreaterThan(0.77);
  });

  test("have the same comments with and without pre-filter and trimming", async () => {
    const mixed = [...sample(hard, 18), ...sample(all.filter(isSkipped), 18)];
    const plain = await lintAll(mixed, { engine: "wasm", workerFile, workers: 2, prefilter: false, trim: false });
    expect(differences(mixed, plain, await shellCheck.lint(mixed))).toEqual([]);
  });

  test.runIf(command)("have the same comments from both engines", async () => {
    const native = await lintAll(hard, { engine: "native", command: command! });
    expect(differences(hard, native, await shellCheck.lint(hard))).toEqual([]);
  });

  test.runIf(optimisedBuild())("have the same comments from the stock build", async () => {
    const few = sample(hard, 12);
    const stock = await lintAll(few, { engine: "wasm", workerFile, workers: 2, build: "stock" });
    expect(differences(few, stock, await shellCheck.lint(few))).toEqual([]);
  });

  test("have no comments after changes that the pre-filter accepts", async () => {
    const mutate = createMutator(all.filter(isSkipped), 20_260_101);
    const accepted = Array.from({ length: command ? 400 : 170 }, mutate).filter(isSkipped);
    const engine = command
      ? ({ engine: "native", command } as const)
      : ({ engine: "wasm", workerFile, workers: 2 } as const);
    const results = await lintAll(accepted, { ...engine, prefilter: false });
    expect(accepted.length).toBeGreaterThan(50);
    expect(
      accepted.filter((_, index) => !("comments" in results[index]!) || results[index].comments.length > 0),
    ).toEqual([]);
  });
});

test("scripts that break the parser in odd places have the same comments in a worker and in this thread", async () => {
  const odd = [
    "if true; then\n\tfi",
    "echo 'a",
    "cat <<EOF\nx",
    "",
    "\n\n",
    "\u00a0echo x",
    "echo \u201cx\u201d",
    "f() {",
    "a=(1 2); echo ${a[@]}",
    "\r\necho x\r\n",
  ];
  const requests = odd.map((script) => ({ shell: "/bin/sh", variables: [{ name: "A", value: null }], script }));
  const here = await lintAll(requests, { engine: "wasm", workers: 0 });
  const there = await lintAll(requests, { engine: "wasm", workerFile, workers: 1 });
  expect(here.every((result) => "comments" in result)).toBe(true);
  expect(differences(requests, here, there)).toEqual([]);
});
