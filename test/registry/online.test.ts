import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { lintCommand } from "../../packages/cli/src/commands/lint.ts";
import { pinCommand } from "../../packages/cli/src/commands/pin.ts";
import { stderr, stdout } from "../../packages/cli/src/standard-streams.ts";
import { type FakeRegistry, startFakeRegistry } from "../../packages/host/src/registry/fake-registry.ts";

let directory = "";
let fake: FakeRegistry;
let output = "";
const home = process.cwd();

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "stagewright-online-"));
  fake = await startFakeRegistry();
  fake.push("library/debian", "13", { platforms: ["linux/amd64"] });
  output = "";
  writeFileSync(join(directory, "Dockerfile"), "FROM debian:13\nFROM debian:31\nUSER 1000\n");
  process.chdir(directory);
  vi.stubEnv("XDG_CACHE_HOME", join(directory, "cache"));
  // The registry itself is asked after its mirror, by a name that leads nowhere.
  vi.stubEnv("HTTPS_PROXY", "http://127.0.0.1:9");
  for (const stream of [stdout, stderr]) {
    vi.spyOn(stream, "write").mockImplementation((text) => {
      output += text;
      return true;
    });
  }
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.chdir(home);
  await fake.stop();
  rmSync(directory, { recursive: true, force: true });
});

const lint = (...argv: string[]) =>
  lintCommand(
    [
      "--no-config",
      "--format",
      "compact",
      "--rule",
      "image-exists=error",
      "--mirror",
      `docker.io=http://${fake.host}`,
      ...argv,
    ],
    "0.0.0",
  );

it("asks no registry unless it may", async () => {
  await lint();
  await lint("--offline");
  expect(output).not.toContain("image-exists");
  expect(fake.requests).toEqual([]);
});

it("asks with --online, and what it cannot learn of one image is one line", async () => {
  expect(await lint("--online")).not.toBe(0);
  expect(fake.requests.length).toBeGreaterThan(0);
  expect(output.match(/debian:31/g)?.length).toBeGreaterThanOrEqual(1);
  expect(output).not.toMatch(/Dockerfile:1:\d+: error/);
});

describe("in a configuration", () => {
  const lintWithConfig = (...argv: string[]) => lintCommand(["--format", "compact", ...argv], "0.0.0");

  beforeEach(() => {
    const registry = { online: true, mirrors: { "docker.io": [`http://${fake.host}`] } };
    const config = { rules: { "image-exists": "error" }, settings: { registry } };
    writeFileSync(join(directory, ".stagewright.json"), JSON.stringify(config));
  });

  it("asks as --online does, by the mirrors that it names", async () => {
    await lintWithConfig();
    expect(fake.requests).toContainEqual(expect.objectContaining({ url: "/v2/library/debian/manifests/13" }));
  });

  it("gives way to --offline", async () => {
    await lintWithConfig("--offline");
    expect(fake.requests).toEqual([]);
  });

  it("keeps no findings that registries have a part in", async () => {
    await lintWithConfig("--cache-location", join(directory, "findings"));
    expect(readdirSync(join(directory, "findings"))).toEqual([]);
    await lintWithConfig("--cache-location", join(directory, "findings"), "--offline");
    expect(readdirSync(join(directory, "findings"))).not.toEqual([]);
  });

  it("names mirrors for pin", async () => {
    expect(await pinCommand(["--no-cache"])).toBe(2);
    expect(output).toContain("`debian:13` would be pinned");
  });

  it.each([
    ["online: maybe", "`maybe`"],
    ["onlin: true", "did you mean `online`"],
    ["mirrors: { docker.io: mirror.example }", "`mirror.example`"],
  ])("says what is wrong with %s", async (text, message) => {
    writeFileSync(join(directory, "own.yaml"), `settings:\n  registry: { ${text} }\n`);
    await lintWithConfig("--config", "own.yaml");
    expect(output).toContain("own.yaml:2");
    expect(output).toContain(message);
  });
});

it("refuses both at once", async () => {
  await expect(lint("--online", "--offline")).rejects.toThrow("do not go together");
});
