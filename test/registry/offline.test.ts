import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FakeRegistry, startFakeRegistry } from "../../packages/host/src/registry/fake-registry.ts";

const bin = resolve(import.meta.dirname, "../../bin/stagewright.js");
const examples = resolve(import.meta.dirname, "../../docs/examples");

/** Writes down what Node makes for every connection and look-up of a name, in all threads of the process. */
const watcher = `
const { createHook } = require("node:async_hooks");
const { appendFileSync } = require("node:fs");
const outside = new Set(["TCPCONNECTWRAP", "TCPWRAP", "PIPECONNECTWRAP", "GETADDRINFOREQWRAP", "QUERYWRAP", "UDPWRAP"]);
createHook({
  init(_, type) {
    if (outside.has(type)) appendFileSync(process.env.SEEN_SOCKETS, type + "\\n");
  },
}).enable();
`;

describe("the built command", () => {
  let directory = "";
  let fake: FakeRegistry;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "stagewright-offline-"));
    fake = await startFakeRegistry();
    fake.push("app", "1", { platforms: ["linux/amd64"] });
    writeFileSync(join(directory, "watcher.cjs"), watcher);
    writeFileSync(
      join(directory, "Dockerfile"),
      `# syntax=${fake.host}/app:1\nFROM ${fake.host}/app:1\nRUN echo $x | cat\n`,
    );
  });

  afterAll(async () => {
    await fake.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  async function sockets(...argv: readonly string[]): Promise<string> {
    const seen = join(directory, "seen");
    rmSync(seen, { force: true });
    const child = spawn(process.execPath, ["--require", join(directory, "watcher.cjs"), bin, ...argv], {
      cwd: directory,
      env: { ...process.env, SEEN_SOCKETS: seen, XDG_CACHE_HOME: join(directory, "cache"), DOCKER_CONFIG: directory },
      stdio: "ignore",
    });
    const code = await new Promise((resolve) => child.once("exit", resolve));
    expect([0, 1, 2]).toContain(code);
    return existsSync(seen) ? readFileSync(seen, "utf8") : "";
  }

  it.each([
    ["lint", ["--preset", "strict", ".", examples]],
    ["lint --offline", ["--offline", "."]],
    ["lint --fix", ["--fix", "--diff", ".", examples]],
    ["split", ["split", ".", examples]],
    ["pin --offline", ["pin", "--offline", "."]],
    ["pin --check --offline", ["pin", "--check", "--offline", "."]],
  ])("opens no socket for %s", async (_, argv) => {
    expect(await sockets(...argv)).toBe("");
    expect(fake.connections()).toBe(0);
  });

  it.each([
    ["lint --online", ["--online", "."]],
    ["pin", ["pin", "--no-cache", "."]],
  ])("is seen to open one for %s", async (_, argv) => {
    expect(await sockets(...argv)).toContain("TCPCONNECTWRAP");
    expect(fake.connections()).toBeGreaterThan(0);
  });
});
