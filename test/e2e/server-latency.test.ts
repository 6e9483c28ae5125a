import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleServer } from "../../packages/server/src/testing/bundle.ts";
import { startClient } from "../../packages/server/src/testing/client.ts";
import { longDockerfile } from "../../packages/server/src/testing/long-dockerfile.ts";

let server = "";

beforeAll(async () => {
  server = await bundleServer();
}, 60_000);

afterAll(() => rmSync(server, { force: true }));

const uri = "untitled:Dockerfile";
const edits = 300;
/** In milliseconds; the promise is for a machine that does nothing else, so other tests beside this one are allowed for. */
const limit = process.env["STAGEWRIGHT_QUIET_MACHINE"] ? 20 : 1000;

test(
  "has the diagnostics of 95 of 100 edits in a file of 500 lines within 20 ms",
  { retry: 2, timeout: 90_000 },
  async () => {
    const text = longDockerfile();
    expect(text.split("\n")).toHaveLength(501);
    const client = await startClient({
      command: [process.execPath, server, "--stdio"],
      initializationOptions: { settings: { shellcheck: { enable: false } } },
    });
    client.open(uri, text);
    expect((await client.diagnostics(uri, 1)).diagnostics.length).toBeGreaterThan(10);
    // Somebody who opens a file does not type in the same second.
    await new Promise((passed) => setTimeout(passed, 3000));
    const times: number[] = [];
    for (let version = 2; version < edits + 2; version++) {
      const line = (version * 37) % 500;
      const place = { line, character: 0 };
      const isInsertion = version % 2 === 0;
      const sent = performance.now();
      client.change(uri, version, [
        isInsertion
          ? { range: { start: place, end: place }, text: "#" }
          : {
              range: {
                start: { line: ((version - 1) * 37) % 500, character: 0 },
                end: { line: ((version - 1) * 37) % 500, character: 1 },
              },
              text: "",
            },
      ]);
      await client.diagnostics(uri, version);
      times.push(performance.now() - sent);
    }
    await client.stop();
    times.sort((one, other) => one - other);
    const percentile = (share: number): number => times[Math.ceil(times.length * share) - 1] ?? 0;
    const figures = [50, 95, 99].map((share) => `p${share} ${percentile(share / 100).toFixed(1)} ms`);
    console.log(`Edit to diagnostics, 500 lines, ${edits} edits: ${figures.join(", ")}`);
    expect(percentile(0.95)).toBeLessThan(limit);
  },
);
