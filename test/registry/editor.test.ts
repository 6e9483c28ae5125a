import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type FakeRegistry, startFakeRegistry } from "../../packages/host/src/registry/fake-registry.ts";
import { bundleServer } from "../../packages/server/src/testing/bundle.ts";
import {
  type Client,
  type CodeAction,
  startClient,
  type WorkspaceEdit,
} from "../../packages/server/src/testing/client.ts";

const unsaved = "untitled:Dockerfile";
let uri = unsaved;
let server = "";
let fake: FakeRegistry;
let client: Client;
let digest = "";
let applied: Promise<WorkspaceEdit>;
let messages: string[];
/** What registries said in an earlier run must not be known here. */
let cache = "";

beforeAll(async () => {
  server = await bundleServer();
}, 60_000);

afterAll(() => {
  rmSync(server, { force: true });
});

beforeEach(async () => {
  uri = unsaved;
  cache = mkdtempSync(join(tmpdir(), "stagewright-cache-"));
  fake = await startFakeRegistry();
  digest = fake.push("app", "1", { platforms: ["linux/amd64"], config: { User: "app" } });
});

afterEach(async () => {
  await client.stop();
  await fake.stop();
  rmSync(cache, { recursive: true });
});

async function open(text: string, settings: unknown = {}, trusted = true): Promise<void> {
  client = await startClient({
    command: [process.execPath, server, "--stdio"],
    capabilities: { workspace: { applyEdit: true } },
    initializationOptions: { trusted, settings },
    env: { XDG_CACHE_HOME: cache },
  });
  messages = [];
  client.connection.onNotification(
    "window/showMessage",
    ({ message }: { message: string }) => void messages.push(message),
  );
  applied = new Promise((resolve) => {
    client.connection.onRequest("workspace/applyEdit", ({ edit }: { edit: WorkspaceEdit }) => {
      resolve(edit);
      return { applied: true };
    });
  });
  client.open(uri, text);
}

async function pinsAt(line: number, character: number): Promise<CodeAction[]> {
  const position = { line, character };
  const actions: CodeAction[] = await client.connection.sendRequest("textDocument/codeAction", {
    textDocument: { uri },
    range: { start: position, end: position },
    context: { diagnostics: [], only: ["refactor.rewrite.pinImage"] },
  });
  return actions;
}

const run = (action: CodeAction | undefined): Promise<unknown> =>
  client.connection.sendRequest("workspace/executeCommand", action?.command ?? {});

it("pins the image under the cursor in all its places, and asks nobody before", async () => {
  await open(`FROM ${fake.host}/app:1 AS a\nFROM ${fake.host}/app:1\nFROM ${fake.host}/other:1\n`);
  const actions = await pinsAt(0, 8);
  expect(actions.map(({ title }) => title)).toEqual([`Pin ${fake.host}/app:1 to its digest`]);
  expect(fake.requests).toEqual([]);

  await run(actions[0]);
  const end = `FROM ${fake.host}/app:1`.length;
  expect((await applied).changes?.[uri]).toEqual(
    [0, 1].map((line) => ({
      range: { start: { line, character: end }, end: { line, character: end } },
      newText: `@${digest}`,
    })),
  );
});

it("moves a stale pin", async () => {
  const stale = `sha256:${"0".repeat(64)}`;
  await open(`FROM ${fake.host}/app:1@${stale}\n`);
  const [action] = await pinsAt(0, 6);
  expect(action?.title).toBe(`Update the digest of ${fake.host}/app:1`);
  await run(action);
  expect((await applied).changes?.[uri]).toMatchObject([{ newText: digest }]);
});

it("says what is wrong with an image that cannot be looked up", async () => {
  await open(`FROM ${fake.host}/other:1\n`);
  await run((await pinsAt(0, 6))[0]);
  await expect.poll(() => messages).toEqual([expect.stringContaining(`${fake.host}/other:1`)]);
});

it.each(["FROM scratch\n", "ARG X\nFROM $X\n", "FROM a\nRUN x\n"])("offers nothing at the end of %j", async (text) => {
  await open(text);
  const lines = text.trimEnd().split("\n");
  expect(await pinsAt(lines.length - 1, lines.at(-1)?.length ?? 0)).toEqual([]);
});

it.each([
  ["the setting and trust", { registry: { enable: true } }, true, true],
  ["the setting alone", { registry: { enable: true } }, false, false],
  ["trust alone", {}, true, false],
])("asks registries unasked with %s", async (_, settings, trusted, asks) => {
  await open(`FROM ${fake.host}/app:1\nCMD ["a"]\nMAINTAINER me\n`, settings, trusted);
  const all = await client.diagnostics(uri, 1);
  expect(all.diagnostics.length).toBeGreaterThan(0);
  if (asks) await expect.poll(() => fake.requests.length).toBeGreaterThan(0);
  else await new Promise((resolve) => setTimeout(resolve, 400));
  expect(fake.requests.length > 0).toBe(asks);
});

it.each([
  ["a trusted workspace", true],
  ["a workspace without trust", false],
])("asks as a configuration says in %s, by its mirrors", async (_, trusted) => {
  const folder = mkdtempSync(join(tmpdir(), "stagewright-editor-"));
  const registry = { online: true, mirrors: { "registry.invalid": [`http://${fake.host}`] } };
  writeFileSync(join(folder, ".stagewright.json"), JSON.stringify({ settings: { registry } }));
  uri = pathToFileURL(join(folder, "Dockerfile")).href;
  await open('FROM registry.invalid/app:1\nCMD ["a"]\nMAINTAINER me\n', {}, trusted);
  await client.diagnostics(uri, 1);
  if (trusted) await expect.poll(() => fake.requests.length).toBeGreaterThan(0);
  else await new Promise((resolve) => setTimeout(resolve, 400));
  expect(fake.requests.length > 0).toBe(trusted);

  await run((await pinsAt(0, 8))[0]);
  expect((await applied).changes?.[uri]).toMatchObject([{ newText: `@${digest}` }]);
  rmSync(folder, { recursive: true });
});
