import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleServer } from "../../packages/server/src/testing/bundle.ts";
import {
  startClient,
  type Client,
  type ClientOptions,
  type CodeAction,
  type CompletionItem,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type Hover,
  type Location,
  type SemanticTokens,
  type TextEdit,
  type WorkspaceEdit,
} from "../../packages/server/src/testing/client.ts";

let server = "";
let folder = "";
const clients: Client[] = [];

beforeAll(async () => {
  server = await bundleServer();
  folder = mkdtempSync(join(tmpdir(), "stagewright-server-"));
}, 60_000);

afterAll(async () => {
  await Promise.all(clients.map((client) => client.stop().catch(() => client.process.kill())));
  rmSync(server, { force: true });
  rmSync(folder, { recursive: true, force: true });
});

const pushCapabilities = {
  textDocument: {
    publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true, tagSupport: { valueSet: [1, 2] } },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
  },
  workspace: { configuration: true, workspaceEdit: { documentChanges: true } },
} as ClientOptions["capabilities"] & object;

async function start(options: Partial<ClientOptions> = {}): Promise<Client> {
  const client = await startClient({
    command: [process.execPath, server, "--stdio"],
    capabilities: pushCapabilities,
    ...options,
  });
  clients.push(client);
  return client;
}

const uri = "untitled:Dockerfile";
const codes = ({ diagnostics }: { diagnostics: readonly Diagnostic[] }) => diagnostics.map(({ code }) => code);

test("publishes diagnostics with exact places, links to the rules and tags", async () => {
  const client = await start();
  client.open(uri, "FROM debian:13\nMAINTAINER me\nWORKDIR srv\n");
  const { diagnostics } = await client.diagnostics(uri, 1);
  const maintainer = diagnostics.find(({ code }) => code === "no-maintainer");
  expect(maintainer).toMatchObject({
    source: "stagewright",
    range: { start: { line: 1, character: 0 } },
    tags: [2],
    codeDescription: { href: expect.stringMatching(/^https:.*no-maintainer/) },
  });
  expect(diagnostics.find(({ code }) => code === "absolute-workdir")?.range).toEqual({
    start: { line: 2, character: 8 },
    end: { line: 2, character: 11 },
  });
});

test("follows incremental edits and takes diagnostics back when a document is closed", async () => {
  const client = await start();
  client.open(uri, "FROM debian:latest\r\nRUN true\r\n");
  expect(codes(await client.diagnostics(uri, 1))).toContain("no-latest-tag");
  client.change(uri, 2, [
    { range: { start: { line: 0, character: 12 }, end: { line: 0, character: 18 } }, text: "13" },
  ]);
  expect(codes(await client.diagnostics(uri, 2))).not.toContain("no-latest-tag");
  client.change(uri, 3, [
    { range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } }, text: "WORKDIR x\r\n" },
    { range: { start: { line: 1, character: 8 }, end: { line: 1, character: 9 } }, text: "yz" },
  ]);
  const { diagnostics } = await client.diagnostics(uri, 3);
  expect(diagnostics.find(({ code }) => code === "absolute-workdir")?.range).toEqual({
    start: { line: 1, character: 8 },
    end: { line: 1, character: 10 },
  });
  await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
  await expect.poll(() => client.published.at(-1)).toMatchObject({ uri, diagnostics: [] });
});

test("lints the newest version only when edits come at once", async () => {
  const client = await start();
  client.open(uri, "FROM debian:13\n");
  await client.diagnostics(uri, 1);
  for (let version = 2; version <= 40; version++)
    client.change(uri, version, [{ text: `FROM debian:13\nWORKDIR w${version}\n` }]);
  await client.diagnostics(uri, 40);
  const versions = client.published.map(({ version }) => version ?? 0);
  expect(versions).toEqual([...versions].sort((one, other) => one - other));
  expect(versions.length).toBeLessThan(40);
});

test("answers pulls, says when nothing has changed, and then pushes nothing", async () => {
  const client = await start({
    capabilities: { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } },
  });
  expect(client.initialized.capabilities.diagnosticProvider).toMatchObject({ identifier: "stagewright" });
  client.open(uri, "FROM debian:latest\n");
  const pull = (previousResultId?: string): Promise<DocumentDiagnosticReport> =>
    client.connection.sendRequest("textDocument/diagnostic", {
      textDocument: { uri },
      ...(previousResultId && { previousResultId }),
    });
  const first = await pull();
  if (first.kind !== "full") throw new Error("The first report is not full.");
  expect(first.items.map(({ code }) => code)).toContain("no-latest-tag");
  expect(await pull(first.resultId)).toEqual({ kind: "unchanged", resultId: first.resultId });
  client.change(uri, 2, [{ text: "FROM debian:13\n" }]);
  const second = await pull(first.resultId);
  expect(second.kind === "full" && second.items.map(({ code }) => code)).not.toContain("no-latest-tag");
  expect(client.published).toEqual([]);
});

test("survives texts that are no Dockerfiles, unknown documents and requests that make no sense", async () => {
  const client = await start();
  const texts = [
    "",
    "\uFEFF",
    "\0\u{1F433}\uD800",
    "FROM",
    "RUN <<EOF\nnever ends",
    "FROM a\nRUN \\",
    'COPY ["a", \n',
    "ONBUILD ONBUILD FROM x\r\rRUN y",
    "\u2028FROM a\u0085RUN $",
    "FROM ${A:-${B:-${C",
    `RUN ${"x".repeat(70_000)}`,
    "HEALTHCHECK --interval=",
    "FROM a\nENV\nLABEL =\nARG =\nCOPY --from= . .\nRUN --mount=type=,from= x",
  ];
  const methods = ["hover", "completion", "signatureHelp", "definition", "documentHighlight", "prepareRename"];
  for (const [index, text] of texts.entries()) {
    const document = `untitled:broken-${index}`;
    const textDocument = { uri: document };
    client.open(document, text);
    await client.diagnostics(document, 1);
    for (const method of methods) {
      for (const position of [
        { line: 0, character: 0 },
        { line: 0, character: 5 },
        { line: 1, character: 4 },
        { line: 99, character: 99 },
      ]) {
        await client.connection
          .sendRequest(`textDocument/${method}`, { textDocument, position, context: { triggerKind: 1 } })
          .catch(expectRefusal);
      }
    }
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    for (const method of [
      "documentSymbol",
      "foldingRange",
      "semanticTokens/full",
      "documentLink",
      "formatting",
      "inlayHint",
      "codeAction",
    ]) {
      await client.connection.sendRequest(`textDocument/${method}`, {
        textDocument,
        range,
        options: { tabSize: 4, insertSpaces: true },
        context: { diagnostics: [] },
      });
    }
  }
  expect(
    await client.connection.sendRequest("textDocument/hover", {
      textDocument: { uri: "file:///not/open" },
      position: { line: 0, character: 0 },
    }),
  ).toBeNull();
  await client.connection.sendRequest("workspace/executeCommand", { command: "no.such.command" }).catch(() => null);
  client.open(uri, "FROM debian:latest\n");
  expect(codes(await client.diagnostics(uri, 1))).toContain("no-latest-tag");
  expect(client.log.filter((line) => /Error|rejection/.test(line))).toEqual([]);
});

/** A rename may be refused; nothing else may fail. */
function expectRefusal(error: { code?: number; message: string }): void {
  expect(error).toMatchObject({ code: -32803 });
}

test("repairs: one fix, the whole rule, the whole file, suggestions, ignores", async () => {
  const client = await start();
  const text = "FROM debian:13\nENV A 1\nENV B 2\nWORKDIR x\n";
  client.open(uri, text);
  const { diagnostics } = await client.diagnostics(uri, 1);
  const legacy = diagnostics.filter(({ code }) => code === "prefer-key-value");
  expect(legacy).toHaveLength(2);
  const actions: CodeAction[] = await client.connection.sendRequest("textDocument/codeAction", {
    textDocument: { uri },
    range: legacy[0]?.range,
    context: { diagnostics: legacy.slice(0, 1) },
  });
  const titles = actions.map(({ title }) => title);
  expect(titles).toContain("Fix: prefer-key-value");
  expect(titles).toContain("Fix all 2 findings of prefer-key-value");
  expect(titles).toContain("Ignore prefer-key-value here, with a reason");
  const fix = actions.find(({ title }) => title === "Fix: prefer-key-value");
  expect(applied(text, fix?.edit)).toBe(text.replace("A 1", "A=1"));
  expect(applied(text, actions.find(({ title }) => title.startsWith("Fix all 2"))?.edit)).toBe(
    text.replace("A 1", "A=1").replace("B 2", "B=2"),
  );
  const all: CodeAction[] = await client.connection.sendRequest("textDocument/codeAction", {
    textDocument: { uri },
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    context: { diagnostics: [], only: ["source.fixAll"] },
  });
  expect(all.map(({ kind }) => kind)).toEqual(["source.fixAll.stagewright"]);
  expect(applied(text, all[0]?.edit)).toContain("ENV A=1\nENV B=2\n");
});

function applied(text: string, edit: WorkspaceEdit | undefined): string {
  const [change] = edit?.documentChanges ?? [];
  const edits = (change as { edits?: TextEdit[] } | undefined)?.edits ?? [];
  const lines = text.split("\n");
  const at = ({ line, character }: { line: number; character: number }) =>
    lines.slice(0, line).reduce((sum, before) => sum + before.length + 1, 0) + character;
  return [...edits]
    .sort((one, other) => at(other.range.start) - at(one.range.start))
    .reduce((now, { range, newText }) => now.slice(0, at(range.start)) + newText + now.slice(at(range.end)), text);
}

test("serves hover, completion, navigation, tokens and formatting on one document", async () => {
  const client = await start();
  const text = "FROM golang:1.25 AS build\nRUN go build\nFROM scratch\nCOPY --from=build /a /a  \n";
  client.open(uri, text);
  await client.diagnostics(uri, 1);
  const at = { textDocument: { uri }, position: { line: 3, character: 14 } };
  const hover: Hover = await client.connection.sendRequest("textDocument/hover", at);
  expect(JSON.stringify(hover.contents)).toContain("Stage `build`");
  const definition: Location[] = await client.connection.sendRequest("textDocument/definition", at);
  expect(definition).toEqual([{ uri, range: { start: { line: 0, character: 20 }, end: { line: 0, character: 25 } } }]);
  const items: CompletionItem[] = await client.connection.sendRequest("textDocument/completion", {
    textDocument: { uri },
    position: { line: 3, character: 12 },
  });
  expect(items.map(({ label }) => label)).toEqual(["build"]);
  const renamed: WorkspaceEdit = await client.connection.sendRequest("textDocument/rename", {
    ...at,
    newName: "compile",
  });
  expect(applied(text, renamed)).toBe(text.replaceAll("AS build", "AS compile").replaceAll("=build", "=compile"));
  const tokens: SemanticTokens = await client.connection.sendRequest("textDocument/semanticTokens/full", {
    textDocument: { uri },
  });
  expect(tokens.data.length % 5).toBe(0);
  const edits: TextEdit[] = await client.connection.sendRequest("textDocument/formatting", {
    textDocument: { uri },
    options: { tabSize: 4, insertSpaces: true },
  });
  expect(edits).toEqual([
    { range: { start: { line: 3, character: 23 }, end: { line: 3, character: 25 } }, newText: "" },
  ]);
});

test("asks for the settings of each document and follows their changes", async () => {
  let severity = "off";
  const client = await start({
    configuration: (scope) =>
      scope?.endsWith("quiet") ? { enable: false } : { rules: { customizations: [{ rule: "no-latest-*", severity }] } },
  });
  client.open("untitled:quiet", "FROM debian:latest\nWORKDIR x\n");
  expect(codes(await client.diagnostics("untitled:quiet", 1))).toEqual([]);
  client.open(uri, "FROM debian:latest\nWORKDIR x\n");
  const before = await client.diagnostics(uri, 1);
  expect(codes(before)).toContain("absolute-workdir");
  expect(codes(before)).not.toContain("no-latest-tag");
  severity = "info";
  await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
  const after = await client.diagnostics(uri, 1, (params) => codes(params).includes("no-latest-tag"));
  expect(after.diagnostics.find(({ code }) => code === "no-latest-tag")?.severity).toBe(3);
});

const inFolder = (name: string, files: Readonly<Record<string, string>>): string => {
  const place = join(folder, name);
  mkdirSync(place, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(place, file), text);
  return pathToFileURL(join(place, "Dockerfile")).href;
};

const changed = (client: Client): Promise<void> =>
  client.connection.sendNotification("workspace/didChangeWatchedFiles", { changes: [] });

test("reads the nearest configuration of each file, and reads it again when it changes", async () => {
  const client = await start();
  const off = inFolder("off", { ".stagewright.yaml": "rules:\n  no-latest-tag: off\n" });
  const hadolint = inFolder("peer", { ".hadolint.yaml": "ignored: [DL3007]\n" });
  const plain = inFolder("plain", {});
  for (const each of [off, hadolint, plain]) client.open(each, "FROM debian:latest\nWORKDIR x\n");
  expect(codes(await client.diagnostics(off, 1))).not.toContain("no-latest-tag");
  expect(codes(await client.diagnostics(hadolint, 1))).not.toContain("no-latest-tag");
  expect(codes(await client.diagnostics(plain, 1))).toContain("no-latest-tag");
  inFolder("off", { ".stagewright.yaml": "rules:\n  absolute-workdir: off\n" });
  await changed(client);
  const after = await client.diagnostics(off, 1, (params) => codes(params).includes("no-latest-tag"));
  expect(codes(after)).not.toContain("absolute-workdir");
});

test("knows build arguments and targets of Compose files, and reads them again when they change", async () => {
  const client = await start();
  const file = inFolder("compose", { "compose.yaml": "services: { a: { build: { target: '0' } } }\n" });
  client.open(file, "ARG TAG=13\nFROM debian:13\n\nFROM debian:$TAG\n");
  expect(codes(await client.diagnostics(file, 1))).not.toContain("no-unused-stage");
  inFolder("compose", { "compose.yaml": "services: { a: { build: { args: { TAG: latest } } } }\n" });
  await changed(client);
  const after = await client.diagnostics(file, 1, (params) => codes(params).includes("no-unused-stage"));
  expect(codes(after)).toContain("no-latest-tag");
});

test("shows what is wrong with a configuration and lints with the rest of it", async () => {
  const client = await start();
  const wrong = inFolder("wrong", { ".stagewright.yaml": "rules:\n  no-latest-tagg: off\n  absolute-workdir: off\n" });
  client.open(wrong, "FROM debian:latest\nWORKDIR x\n");
  const { diagnostics } = await client.diagnostics(wrong, 1);
  expect(diagnostics.find(({ code }) => code === "config")?.message).toMatch(/\.stagewright\.yaml:2: .*no-latest-tag/);
  expect(diagnostics.map(({ code }) => code)).toContain("no-latest-tag");
  expect(diagnostics.map(({ code }) => code)).not.toContain("absolute-workdir");
});

test("runs a configuration that is code only in a trusted workspace", async () => {
  const client = await start();
  const file = inFolder("code", {
    "stagewright.config.mjs": 'export default { rules: { "no-latest-tag": "off" } };\n',
  });
  client.open(file, "FROM debian:latest\n");
  const before = await client.diagnostics(file, 1);
  expect(codes(before)).toContain("no-latest-tag");
  expect(before.diagnostics.find(({ code }) => code === "config")?.message).toMatch(/trust/i);
  await client.connection.sendNotification("stagewright/trustGranted");
  await client.diagnostics(file, 1, (params) => !codes(params).includes("no-latest-tag"));
});

test("registers what it wants to be told of", async () => {
  const client = await start({
    capabilities: {
      workspace: {
        didChangeConfiguration: { dynamicRegistration: true },
        didChangeWatchedFiles: { dynamicRegistration: true },
      },
    },
  });
  await expect
    .poll(() => [...client.registered].sort())
    .toEqual(["workspace/didChangeConfiguration", "workspace/didChangeWatchedFiles"]);
});

test("adds ShellCheck's findings later, and drops what it says about an older text", { timeout: 60_000 }, async () => {
  const client = await start();
  const hasShellCheck = existsSync(new URL("../../packages/shellcheck/dist/engine.js", import.meta.url));
  if (!hasShellCheck)
    return console.warn("SKIPPED: packages/shellcheck is not built, so its late answers are not seen.");
  client.open(uri, "FROM debian:13\nRUN read -r x && cp $x /tmp/a\n");
  const first = await client.diagnostics(uri, 1);
  expect(codes(first)).not.toContain("shellcheck");
  const late = await client.diagnostics(uri, 1, (params) => codes(params).includes("shellcheck"));
  expect(late.diagnostics.find(({ code }) => code === "shellcheck")).toMatchObject({
    range: { start: { line: 1, character: 20 }, end: { line: 1, character: 22 } },
    data: { codes: ["SC2086"] },
  });
  client.change(uri, 2, [{ text: "FROM debian:13\nRUN read -r y && cp $y /tmp/b\n" }]);
  client.change(uri, 3, [{ text: 'FROM debian:13\nRUN read -r z && cp "$z" /tmp/c\n' }]);
  await client.diagnostics(uri, 3);
  await new Promise((passed) => setTimeout(passed, 1500));
  const last = client.published.at(-1);
  expect(last?.version).toBe(3);
  expect(last?.diagnostics.map(({ code }) => code)).not.toContain("shellcheck");
});

test("is what the command starts", async () => {
  const command = fileURLToPath(new URL("../../bin/stagewright.js", import.meta.url));
  const built = fileURLToPath(new URL("../../dist/stagewright.js", import.meta.url));
  if (!existsSync(built)) return console.warn("SKIPPED: the command is not built.");
  const client = await start({ command: [process.execPath, command, "lsp", "--stdio"] });
  client.open(uri, "FROM debian:latest\n");
  expect(codes(await client.diagnostics(uri, 1))).toContain("no-latest-tag");
});

test("ends with code 0 after shutdown and exit", async () => {
  const client = await startClient({ command: [process.execPath, server, "--stdio"] });
  expect(await client.stop()).toBe(0);
});
