import { type AsyncHook, createHook } from "node:async_hooks";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startFakeRegistry } from "./fake-registry.ts";
import { createRegistry, imageProvider } from "./index.ts";

/** What Node makes for every connection, name look-up and child process, whichever module asks for it. */
const outside = new Set([
  "TCPCONNECTWRAP",
  "TCPWRAP",
  "PIPECONNECTWRAP",
  "GETADDRINFOREQWRAP",
  "QUERYWRAP",
  "UDPWRAP",
  "PROCESSWRAP",
]);

let seen: string[] = [];
let hook: AsyncHook;

beforeEach(() => {
  seen = [];
  hook = createHook({
    init: (_, type) => {
      if (outside.has(type)) {
        seen.push(type);
      }
    },
  });
});

afterEach(() => {
  hook.disable();
});

describe("offline", () => {
  it.each([{}, { offline: true }])(
    "opens no socket, resolves no name and starts no program with %j",
    async (options) => {
      const cacheDirectory = await mkdtemp(join(tmpdir(), "stagewright-offline-"));
      const environment = { HTTPS_PROXY: "http://127.0.0.1:1" };
      const registry = createRegistry({
        ...options,
        cacheDirectory,
        environment,
        mirrors: { "docker.io": ["127.0.0.1:1"] },
      });
      const reference = "docker.io/library/debian:13";
      hook.enable();
      const answers = [
        await registry.answer({ kind: "image", reference, platform: null, details: ["config", "tags"] }),
        await registry.digest("127.0.0.1:1/a:1"),
        await registry.tags("registry.invalid/a"),
      ];
      const problems: string[] = [];
      const provider = imageProvider({ of: () => registry, close: () => registry.close() }, ({ message }) =>
        problems.push(message),
      );
      await provider.answer([{ kind: "image", reference, platform: null }], "Dockerfile", {});
      registry.close();
      hook.disable();

      expect(seen).toEqual([]);
      expect(await readdir(cacheDirectory)).toEqual([]);
      expect(answers).toMatchObject([{ problem: "offline" }, { problem: "offline" }, { problem: "offline" }]);
      expect(problems).toEqual([
        "`docker.io/library/debian:13` could not be looked up: registries are not asked (offline).",
      ]);
      await rm(cacheDirectory, { recursive: true });
    },
  );

  it("is what makes the difference", async () => {
    const fake = await startFakeRegistry();
    const registry = createRegistry({ offline: false, dockerConfig: null, environment: {} });
    hook.enable();
    await registry.digest(`${fake.host}/a:1`);
    hook.disable();
    registry.close();
    await fake.stop();

    expect(seen).toContain("TCPCONNECTWRAP");
  });
});
