import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createSourceCode } from "@stagewright/core";
import type { Plan, Refusal } from "@stagewright/split";
import { afterAll, beforeAll, describe, test } from "vitest";
import { stagewright } from "../support/command.ts";
import { Bases } from "./bases.ts";
import { Buildah } from "./buildah.ts";
import { type Built, compareImages, type Problem } from "./checks.ts";
import { mutations } from "./mutations.ts";
import { type Pair, pairs } from "./pairs.ts";

/** What building a file gave, with how long it took in seconds. */
interface Attempt {
  readonly built: Built | null;
  readonly log: string;
  readonly seconds: number;
}

const reason = await Buildah.whyNot();
if (reason !== null) skipped("no image is built", reason);

describe.skipIf(reason !== null)("real builds", () => {
  let buildah: Buildah;
  let bases: Bases;
  const attempts = new Map<string, Promise<Attempt>>();
  const rows = new Map<string, string>();
  const reductions: number[] = [];

  beforeAll(() => {
    buildah = new Buildah();
    bases = new Bases(buildah);
  });

  afterAll(async () => {
    const middle = reductions.toSorted((one, other) => one - other)[Math.floor(reductions.length / 2)];
    const table = [...rows.keys()].sort().map((name) => rows.get(name) ?? "");
    console.log(
      [
        "pair            ecosystem         tools     MB before   MB after   smaller  s before   s after",
        ...table,
        `With real compilers images are smaller by ${middle?.toFixed(1) ?? "?"} % (median of ${String(reductions.length)}).`,
      ].join("\n"),
    );
    await buildah.remove();
  });

  describe("a rewrite", () => {
    test.concurrent.for(pairs)("keeps what $name does and leaves its tools behind", async (pair, { expect, skip }) => {
      await needBases(pair, skip);
      expect(await examine(pair, rewrite(pair).text)).toEqual([]);
      note(pair, await build(pair, original(pair)), await build(pair, rewrite(pair).text));
    });
  });

  describe("the checks see that", () => {
    test.concurrent.for(mutations)("$name ($pair)", async (mutation, { expect, skip }) => {
      const pair = pairs.find(({ name }) => name === mutation.pair)!;
      await needBases(pair, skip);
      const { text } = rewrite(pair);
      expect(text.split(mutation.from)).toHaveLength(2);
      const problems = await examine(
        pair,
        text.replace(mutation.from, () => mutation.to),
      );
      expect(problems.map(({ check }) => check)).toContain(mutation.caughtBy);
    });
  });

  /** Skips, loudly, what needs an image that cannot be made here. */
  async function needBases(pair: Pair, skip: (reason: string) => never): Promise<void> {
    const why = await bases.make([original(pair), rewrite(pair).text].flatMap(imagesOf));
    if (why === null) return;
    skipped(`${pair.name} is not built`, why);
    skip(why);
  }

  /** What is wrong with a file that takes the place of the original. */
  async function examine(pair: Pair, text: string): Promise<Problem[]> {
    const [before, after] = [await build(pair, original(pair)), await build(pair, text)];
    if (!before.built || !after.built) {
      return [before, after].flatMap(({ built, log }) => (built ? [] : [{ check: "build" as const, message: log }]));
    }
    return compareImages(pair, before.built, after.built, rewrite(pair).carries);
  }

  function build(pair: Pair, text: string): Promise<Attempt> {
    const key = `${pair.name}\n${text}`;
    const attempt = attempts.get(key) ?? start(pair, text, `image-${String(attempts.size)}`);
    attempts.set(key, attempt);
    return attempt;
  }

  async function start(pair: Pair, text: string, tag: string): Promise<Attempt> {
    await bases.make(imagesOf(text));
    const begin = performance.now();
    const { status, output } = await buildah.build(tag, text, folderOf(pair));
    const seconds = (performance.now() - begin) / 1000;
    if (status !== 0) return { built: null, log: output.split("\n").slice(-8).join("\n"), seconds };
    const base = await buildah.config(imagesOf(text).at(-1)!);
    return { built: { image: await buildah.open(tag), base }, log: "", seconds };
  }

  function note({ name, ecosystem, isReal }: Pair, before: Attempt, after: Attempt): void {
    const [was, is] = [before.built!.image.size, after.built!.image.size];
    const smaller = 100 * (1 - is / was);
    if (isReal) reductions.push(smaller);
    const megabytes = (size: number) => (size / 1e6).toFixed(1).padStart(11);
    rows.set(
      name,
      `${name.padEnd(15)} ${ecosystem.padEnd(17)} ${(isReal ? "real" : "stand-in").padEnd(8)}${megabytes(was)}${megabytes(is)}${smaller.toFixed(1).padStart(8)} %${before.seconds.toFixed(1).padStart(10)}${after.seconds.toFixed(1).padStart(10)}`,
    );
  }
});

/** @throws where `STAGEWRIGHT_REQUIRE_BUILDS` says that the tools are there */
function skipped(what: string, why: string): void {
  if (process.env["STAGEWRIGHT_REQUIRE_BUILDS"]) throw new Error(`${what}, as ${why}`);
  console.warn(`SKIPPED: ${what}, as ${why}`);
}

const folderOf = ({ name }: Pair): string => join(import.meta.dirname, "pairs", name);

const original = (pair: Pair): string => readFileSync(join(folderOf(pair), "Dockerfile"), "utf8");

const rewrites = new Map<string, Plan>();

/** What the command makes of the file. */
function rewrite(pair: Pair): Plan {
  const known = rewrites.get(pair.name);
  if (known) return known;
  const { stdout, stderr } = stagewright(["split", "--format", "json"], { cwd: folderOf(pair) });
  const { files } = JSON.parse(stdout) as { readonly files: readonly (Plan | Refusal)[] };
  const [plan] = files;
  if (!plan || plan.status === "refused") throw new Error(`${pair.name}: ${stderr}${plan?.reason ?? ""}`);
  rewrites.set(pair.name, plan);
  return plan;
}

/** The base images of the stages, in their order, and before them those that files are copied from. */
function imagesOf(text: string): string[] {
  const images = createSourceCode(text).facts.images.filter(({ resolved }) => resolved);
  return images
    .toSorted((one, other) => Number(one.where === "from") - Number(other.where === "from"))
    .map((each) => each.text);
}
