import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { lintCommand } from "../../packages/cli/src/commands/lint.ts";
import { pinCommand } from "../../packages/cli/src/commands/pin.ts";
import { stderr, stdout } from "../../packages/cli/src/standard-streams.ts";
import { faults, type FaultyProxy, startFaultyProxy } from "./faulty-proxy.ts";
import { CallTable, missingTools, push, type RealRegistry, skopeoDigest, startRealRegistry } from "./support.ts";

const image = { platforms: [{ platform: "linux/amd64", config: { Env: ["PATH=/bin"] } }] };

/** What the one line says of each fault; `harmless` where the head of the answer, which is all that `pin` asks for, is not spoilt. */
const cases: readonly (readonly [fault: keyof typeof faults, sentence: RegExp, harmless?: true])[] = [
  ["401", /wants a login, and Docker's configuration has none/],
  ["403", /does not allow it \(403\)/],
  ["404", /has no such image \(404\)/],
  ["429", /allows no more requests for the next 60 min/],
  ["500", /failed with status 500/],
  ["half an answer", /ended its answer half-way/, true],
  ["a wrong content type", /sent `text\/html` where a manifest was asked for/],
  ["a wrong digest", /does not have the digest it is named by/, true],
  ["a manifest of 50 MB", /sent more than 4194304 bytes/],
];

describe.skipIf(missingTools.length > 0)("with a proxy that spoils answers of a real registry", () => {
  let registry: RealRegistry;
  let locked: RealRegistry;
  const proxies: FaultyProxy[] = [];
  const table = new CallTable();
  let directory = "";
  let errors = "";
  let output = "";
  const home = process.cwd();

  beforeAll(async () => {
    [registry, locked] = await Promise.all([startRealRegistry(), startRealRegistry({ tls: true })]);
    for (const name of ["good:1", "bad:1"]) await push(registry, name, image);
    await push(locked, "bad:1", image);
    for (const [fault] of cases) proxies.push(await startFaultyProxy(registry.host, faults[fault]));
  }, 60_000);

  afterAll(async () => {
    await Promise.all([registry, locked, ...proxies].map((each) => each.stop()));
  });

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "stagewright-faults-"));
    process.chdir(directory);
    errors = "";
    output = "";
    vi.stubEnv("XDG_CACHE_HOME", join(directory, "cache"));
    vi.stubEnv("DOCKER_CONFIG", directory);
    vi.spyOn(stdout, "write").mockImplementation((text) => {
      output += text;
      return true;
    });
    vi.spyOn(stderr, "write").mockImplementation((text) => {
      errors += text;
      return true;
    });
  });

  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    process.chdir(home);
    rmSync(directory, { recursive: true, force: true });
  });

  const places = (): readonly (readonly [name: string, image: string, sentence: RegExp, harmless: boolean])[] => [
    ...cases.map(
      ([fault, sentence, harmless = false], index) =>
        [fault, `${proxies[index]?.host ?? ""}/bad:1`, sentence, harmless] as const,
    ),
    ["an unknown host", "registry.invalid/bad:1", /is unknown|could not be resolved/, false],
    ["a certificate that fails", `${locked.host}/bad:1`, /certificate of .* is not trusted/, false],
  ];

  /** All bad images, and a good one. */
  function writeFile(): void {
    const lines = places().map(([, image]) => `FROM ${image}\n`);
    writeFileSync(join(directory, "Dockerfile"), `${lines.join("")}FROM ${registry.host}/good:1\nUSER 1000\n`);
  }

  it("lint has one line for each image, and the rest goes on", async () => {
    writeFile();
    const code = await lintCommand(
      ["--no-config", "--online", "--format", "compact", "--rule", "image-exists=error", "--rule", "pipefail=off"],
      "0.0.0",
    );

    expect(code).toBe(1);
    const lines = errors.trimEnd().split("\n");
    for (const [name, image, sentence] of places().filter(([fault]) => fault !== "404")) {
      const own = lines.filter((line) => line.includes(`\`${image}\``));
      expect(own, name).toEqual([expect.stringMatching(sentence)]);
    }
    expect(lines).toHaveLength(places().length - 1);
    const missing = places().find(([fault]) => fault === "404")?.[1] ?? "";
    expect(output.match(/^.*image-exists.*$/gm)).toEqual([expect.stringContaining(`\`${missing}\` does not exist`)]);
    expect(await registry.takeCalls()).toContain("GET /v2/good/manifests/1 200");
    cases.forEach(([fault], index) =>
      table.add(`lint, ${fault}: what the proxy is asked`, proxies[index]?.takeCalls() ?? []),
    );
  }, 30_000);

  it("pin has one line for each image, and pins the rest", async () => {
    writeFile();
    const code = await pinCommand(["--write", "--no-cache"]);

    expect(code).toBe(2);
    const text = readFileSync(join(directory, "Dockerfile"), "utf8");
    const digest = await skopeoDigest(registry, "bad:1");
    for (const [name, image, sentence, harmless] of places()) {
      const own = output.split("\n").filter((line) => line.includes(`\`${image}\``));
      expect(own, name).toEqual([expect.stringMatching(harmless ? /is pinned to/ : sentence)]);
      expect(text.includes(`FROM ${image}${harmless ? `@${digest}` : ""}\n`), name).toBe(true);
    }
    expect(text).toContain(`FROM ${registry.host}/good:1@${await skopeoDigest(registry, "good:1")}\n`);
    cases.forEach(([fault], index) =>
      table.add(`pin, ${fault}: what the proxy is asked`, proxies[index]?.takeCalls() ?? []),
    );
  }, 30_000);

  it("a good image of the same host is asked for beside a bad one", async () => {
    const [, , , , , half] = proxies;
    writeFileSync(join(directory, "Dockerfile"), `FROM ${half?.host ?? ""}/bad:1\nFROM ${half?.host ?? ""}/good:1\n`);

    expect(
      await lintCommand(["--no-config", "--online", "--format", "compact", "--rule", "require-digest=error"], "0"),
    ).toBe(1);
    expect(errors.trimEnd().split("\n")).toHaveLength(1);
    expect(half?.takeCalls()).toContain("GET /v2/good/manifests/1");
  }, 30_000);

  it("sees the calls that are written down", async () => {
    await expect(table.text("faults.test.ts")).toMatchFileSnapshot("calls/faults.txt");
  });
});
