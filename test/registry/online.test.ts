import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { lintCommand } from "../../packages/cli/src/commands/lint.ts";
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
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, "write").mockImplementation((text) => {
      output += String(text);
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

it("refuses both at once", async () => {
  await expect(lint("--online", "--offline")).rejects.toThrow("do not go together");
});
