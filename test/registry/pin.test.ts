import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pinFiles, type PinnedFile, wantedDigests } from "../../packages/host/src/pin/index.ts";
import { createRegistry, type Registry } from "../../packages/host/src/registry/index.ts";
import { buildOracle } from "../support/oracle.ts";
import { CallTable, missingTools, push, type RealRegistry, skopeoDigest, startRealRegistry } from "./support.ts";

const shared = resolve(process.env["STAGEWRIGHT_SHARED"] ?? join(import.meta.dirname, "../../../shared"));
const corpus = join(shared, "corpus");
const examples = resolve(import.meta.dirname, "../../docs/examples");
const oracle = buildOracle() ?? "";
const missing = [...missingTools, ...(existsSync(corpus) ? [] : ["../shared/corpus"])];
if (missing.length > 0) {
  console.warn(`SKIPPED: pin over real Dockerfiles needs ${missing.join(", ")}`);
}

const always = (registry: Registry) => () => registry;

const standIn = { platforms: [{ platform: "linux/amd64" }, { platform: "linux/arm64" }] };

const anyImage = (call: string): string => call.replace(/ \/v2\/\S+\/manifests\/\S+ /, " /v2/NAME/manifests/TAG ");

/** Every registry is a folder of the one on loopback. */
const folderOf = (registry: string): string => registry.toLowerCase().replace(/:/g, "-");

const nameOf = (reference: string): string => {
  const slash = reference.indexOf("/");
  return `${folderOf(reference.slice(0, slash))}${reference.slice(slash)}`;
};

/** The registry answers 500 to who reads of a repository what another push is writing, so those of one repository go one after the other. */
function byRepository(names: readonly string[]): Iterable<readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const repository = name.replace(/:[^/]*$/, "");
    groups.set(repository, [...(groups.get(repository) ?? []), name]);
  }
  return groups.values();
}

describe.skipIf(missing.length > 0)("pin over docs/examples and 200 real Dockerfiles", () => {
  let registry: RealRegistry;
  let directory = "";
  const table = new CallTable();
  let files: { path: string; text: string }[] = [];
  let references: string[] = [];
  let first: readonly PinnedFile[] = [];
  const opened: Registry[] = [];

  const connect = (cacheDirectory: string | null = null): Registry => {
    const registries = new Set(references.map((reference) => reference.slice(0, reference.indexOf("/"))));
    const mirrors = Object.fromEntries(
      [...registries].map((name) => [name, [`http://${registry.host}/${folderOf(name)}`]]),
    );
    const client = createRegistry({ offline: false, dockerConfig: null, environment: {}, mirrors, cacheDirectory });
    opened.push(client);
    return client;
  };

  beforeAll(async () => {
    files = [...pinnable(examples), ...sample(200)];
    references = [...new Set(files.flatMap(({ text }) => wantedDigests(text, { update: true })))];
    directory = mkdtempSync(join(tmpdir(), "stagewright-pin-"));
    registry = await startRealRegistry();
    const queue = [...byRepository(references.map(nameOf))];
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        for (let names = queue.pop(); names !== undefined; names = queue.pop()) {
          for (const name of names) await push(registry, name, standIn);
        }
      }),
    );
    await registry.takeCalls();
    first = await pinFiles({ files, registryOf: always(connect()), update: true, check: false });
  }, 600_000);

  afterAll(async () => {
    opened.forEach((client) => {
      client.close();
    });
    await registry.stop();
    rmSync(directory, { recursive: true, force: true });
  }, 60_000);

  it("asks once for each image", async () => {
    const calls = await registry.takeCalls();

    expect(calls).toHaveLength(references.length);
    expect(new Set(calls).size).toBe(references.length);
    table.add("pin over docs/examples and 200 real Dockerfiles: once for each image", [
      ...new Set(calls.map(anyImage)),
    ]);
  });

  it("finds a digest for all of them", () => {
    const outcomes = first.flatMap((file) => file.outcomes);
    const count = (action: string) => outcomes.filter((outcome) => outcome.action === action).length;
    const changed = first.filter(({ before, after }) => before !== after).length;
    const actions = ["pin", "update", "fresh", "pinned", "skip", "fail"].map(
      (action) => `${action} ${String(count(action))}`,
    );
    console.log(
      `pin: ${String(files.length)} files, ${String(changed)} changed, ${String(references.length)} images; ${actions.join(", ")}`,
    );

    expect(outcomes.filter(({ action }) => action === "fail")).toEqual([]);
    expect(changed).toBeGreaterThan(100);
  });

  it("writes the digests that skopeo sees", async () => {
    const written = new Map(
      first.flatMap(({ after }) =>
        [...after.matchAll(/([^\s"'=,]+)@(sha256:[0-9a-f]{64})/g)].map(([, , digest = ""]) => [digest, true] as const),
      ),
    );
    const wrong: string[] = [];
    const seen = new Set<string>();
    const queue = [...references];
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        for (let reference = queue.pop(); reference !== undefined; reference = queue.pop()) {
          const digest = await skopeoDigest(registry, nameOf(reference));
          seen.add(digest);
          if (!written.has(digest)) wrong.push(reference);
        }
      }),
    );

    expect(wrong).toEqual([]);
    // Each stand-in has a digest of its own, so that none can be taken for another.
    expect(seen.size).toBe(references.length);
    for (const { to } of first.flatMap((file) => file.outcomes)) if (to !== null) expect(seen).toContain(to);
  }, 300_000);

  it("gives each place the digest of its own image", async () => {
    const expected = new Map<string, string>();
    for (const file of first) {
      for (const { action, image, to } of file.outcomes) {
        if (action !== "pin" || image.includes("$") || to === null) continue;
        const known = expected.get(image);
        if (known !== undefined) expect(known).toBe(to);
        expected.set(image, to);
        expect(file.after).toContain(`@${to}`);
      }
    }
    for (const [image, digest] of [...expected].slice(0, 40)) {
      const [reference = ""] = wantedDigests(`FROM ${image}\n`, { update: false });
      expect(await skopeoDigest(registry, nameOf(reference)), image).toBe(digest);
    }
  }, 120_000);

  it("changes nothing the second time", async () => {
    const again = await pinFiles({
      files: first.map(({ path, after }) => ({ path, text: after })),
      registryOf: always(connect()),
      update: true,
      check: false,
    });

    expect(again.filter(({ before, after }) => before !== after).map(({ path }) => path)).toEqual([]);
  });

  it.skipIf(oracle === "")("leaves nothing that BuildKit refuses or reads in another way", () => {
    const before = ask(
      oracle,
      directory,
      "before",
      first.map((file) => file.before),
    );
    const after = ask(
      oracle,
      directory,
      "after",
      first.map((file) => file.after),
    );
    const accepted = (answers: readonly OracleAnswer[]) =>
      answers.map(({ parseError, error }) => !parseError && !error);
    const count = String(accepted(after).filter(Boolean).length);
    console.log(`oracle: ${count} of ${String(after.length)} results are accepted`);

    expect(first.filter((_, index) => !accepted(after)[index]).map(({ path }) => path)).toEqual([]);
    expect(after).toEqual(before);
  });

  it("is quick for 100 files with 40 images, cold and cached", async () => {
    const images = references.slice(0, 40);
    const hundred = Array.from({ length: 100 }, (_, index) => ({
      path: `${String(index)}/Dockerfile`,
      text: [0, 1, 2].map((step) => `FROM ${images[(index * 3 + step) % 40] ?? ""}\nRUN true\n`).join(""),
    }));
    const cacheDirectory = join(directory, "cache");
    const run = async (): Promise<{ milliseconds: number; calls: readonly string[] }> => {
      const start = performance.now();
      const results = await pinFiles({
        files: hundred,
        registryOf: always(connect(cacheDirectory)),
        update: false,
        check: false,
      });
      const milliseconds = Math.round(performance.now() - start);
      expect(results.every(({ before, after }) => before !== after)).toBe(true);
      return { milliseconds, calls: await registry.takeCalls() };
    };
    await registry.takeCalls();
    const cold = await run();
    const cached = await run();
    console.log(
      `100 files, 40 images: cold ${String(cold.milliseconds)} ms and ${String(cold.calls.length)} requests, cached ${String(cached.milliseconds)} ms and ${String(cached.calls.length)} requests`,
    );

    expect(cold.calls).toHaveLength(40);
    expect(cached.calls).toEqual([]);
    table.add("100 files with 40 images, without a cache", cold.calls.map(anyImage));
    table.add("The same with a cache", cached.calls);
  });

  it("sees the calls that are written down", async () => {
    await expect(table.text("pin.test.ts")).toMatchFileSnapshot("calls/pin.txt");
  });
});

/** Files spread evenly over both parts of the corpus that BuildKit accepts and that have an image to pin; most of the newer part, where stages and mounts are. */
function sample(count: number): { path: string; text: string }[] {
  const older = Math.round(count / 4);
  return [...spread(join(corpus, "hub"), older), ...spread(join(corpus, "modern"), count - older)];
}

function spread(folder: string, count: number): { path: string; text: string }[] {
  const refused = refusedFiles();
  const found = pinnable(folder).filter(({ path }) => !refused.has(relative(corpus, path)));
  return Array.from({ length: count }, (_, index) => found[Math.floor((index * found.length) / count)] ?? []).flat();
}

/** By their paths in the corpus. */
function refusedFiles(): ReadonlySet<string> {
  const lines = readFileSync(join(shared, "oracle", "buildkit.jsonl"), "utf8")
    .trim()
    .split("\n");
  const answers = lines.map((line) => JSON.parse(line) as { file: string; error?: string });
  return new Set(answers.filter(({ error }) => error !== undefined).map(({ file }) => file));
}

/** The files of a folder that name an image to pin, by their paths. */
function pinnable(folder: string): { path: string; text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ path, text: readFileSync(path, "utf8") }))
    .filter(({ text }) => wantedDigests(text, { update: false }).length > 0);
}

interface OracleAnswer {
  readonly parseError?: string;
  readonly error?: string;
}

function ask(program: string, directory: string, name: string, texts: readonly string[]): readonly OracleAnswer[] {
  const folder = join(directory, name);
  mkdirSync(folder);
  const paths = texts.map((text, index) => {
    const path = join(folder, String(index));
    writeFileSync(path, text);
    return path;
  });
  const { stdout } = spawnSync(program, { input: `${paths.join("\n")}\n`, encoding: "utf8", maxBuffer: 1 << 28 });
  return stdout
    .trim()
    .split("\n")
    .map((line) => {
      const { parseError, error } = JSON.parse(line) as OracleAnswer;
      const plain = (text: string | undefined) => text?.replaceAll(folder, "").replace(/@sha256:[0-9a-f]{64}/g, "");
      return {
        ...(parseError && { parseError: plain(parseError) ?? "" }),
        ...(error && { error: plain(error) ?? "" }),
      };
    });
}
