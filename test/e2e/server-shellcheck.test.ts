import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleServer } from "../../packages/server/src/testing/bundle.ts";
import { startClient } from "../../packages/server/src/testing/client.ts";

const engine = fileURLToPath(new URL("../../packages/shellcheck/dist/engine.js", import.meta.url));
let server = "";
let folder = "";

beforeAll(async () => {
  server = await bundleServer();
  folder = mkdtempSync(join(tmpdir(), "stagewright-server-shellcheck-"));
  writeFileSync(join(folder, ".stagewright.yaml"), "settings: { shellcheck: { engine: wasm } }\n");
}, 60_000);

afterAll(() => {
  rmSync(server, { force: true });
  rmSync(folder, { recursive: true, force: true });
});

/** ShellCheck takes a while over each of its RUNs, and has seen none of them in another version. */
const dockerfile = (version: number): string =>
  [
    "FROM debian:13",
    ...Array.from(
      { length: 12 },
      (_, index) =>
        `RUN for name in $(cat list-${version}-${index}); do \\\n      if [ -f "$name" ]; then cp $name /srv/${index}; else echo "no $name"; fi; \\\n    done && cd /srv/${index}`,
    ),
    "",
  ].join("\n");

/** Most memory that a process has had, in MB; `null` where the system does not say. */
function peakMemory(pid: number): number | null {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return null;
  return Number(/^VmHWM:\s*(\d+) kB/m.exec(readFileSync(status, "utf8"))?.[1]) / 1024;
}

test(
  "edits never wait for ShellCheck, late answers are dropped, and memory stays below 250 MB",
  { timeout: 60_000 },
  async () => {
    if (!existsSync(engine))
      return console.warn("SKIPPED: packages/shellcheck is not built, so the server has no ShellCheck.");
    const uri = pathToFileURL(join(folder, "Dockerfile")).href;
    const client = await startClient({
      command: [process.execPath, server, "--stdio"],
      rootUri: pathToFileURL(folder).href,
    });
    const isFromShellCheck = ({ code }: { readonly code?: unknown }) => code === "shellcheck";
    client.open(uri, dockerfile(1));
    await client.diagnostics(uri, 1, ({ diagnostics }) => diagnostics.some(isFromShellCheck));

    const edits = 12;
    const times: number[] = [];
    for (let version = 2; version < edits + 2; version++) {
      const sent = performance.now();
      client.change(uri, version, [{ text: dockerfile(version) }]);
      const { diagnostics } = await client.diagnostics(uri, version);
      times.push(performance.now() - sent);
      // The first answer to an edit is given without ShellCheck, which then gets the time to be busy when the next edit comes.
      expect(diagnostics.filter(isFromShellCheck)).toEqual([]);
      await new Promise((passed) => setTimeout(passed, 160));
    }
    const last = await client.diagnostics(uri, edits + 1, ({ diagnostics }) => diagnostics.some(isFromShellCheck));
    expect(last.diagnostics.filter(isFromShellCheck).length).toBeGreaterThanOrEqual(24);
    const memory = peakMemory(client.process.pid!);
    // ShellCheck's answers belong to the version that was asked about: after the newest one was shown, no older one is.
    const versions = client.published.map(({ version }) => version ?? 0);
    expect(versions).toEqual([...versions].sort((one, other) => one - other));
    expect(await client.stop()).toBe(0);

    times.sort((one, other) => one - other);
    const slowest = times.at(-1)!;
    console.log(
      `Edits beside a busy ShellCheck: median ${times[edits / 2]!.toFixed(0)} ms, most ${slowest.toFixed(0)} ms; memory ${memory?.toFixed(0)} MB`,
    );
    expect(slowest).toBeLessThan(1000);
    if (memory !== null) expect(memory).toBeLessThan(250);
  },
);

test("memory stays below 250 MB while many files are opened, edited and closed", { timeout: 60_000 }, async () => {
  if (!existsSync(engine))
    return console.warn("SKIPPED: packages/shellcheck is not built, so the server has no ShellCheck.");
  const client = await startClient({
    command: [process.execPath, server, "--stdio"],
    rootUri: pathToFileURL(folder).href,
  });
  const uriOf = (file: number) => pathToFileURL(join(folder, String(file), "Dockerfile")).href;
  const files = 80;
  const mostOpen = 20;
  for (let file = 0; file < files; file++) {
    const uri = uriOf(file);
    client.open(uri, dockerfile(2 * file));
    await client.diagnostics(uri, 1);
    client.change(uri, 2, [{ text: dockerfile(2 * file + 1) }]);
    await client.diagnostics(uri, 2);
    const oldest = uriOf(file - mostOpen);
    if (file >= mostOpen)
      await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri: oldest } });
  }
  const isFromShellCheck = ({ code }: { readonly code?: unknown }) => code === "shellcheck";
  await client.diagnostics(uriOf(files - 1), 2, ({ diagnostics }) => diagnostics.some(isFromShellCheck));
  const memory = peakMemory(client.process.pid!);
  expect(await client.stop()).toBe(0);
  console.log(`${files} files opened, edited and closed: memory ${memory?.toFixed(0)} MB`);
  if (memory !== null) expect(memory).toBeLessThan(250);
});
