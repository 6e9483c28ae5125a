import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inflateRawSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startClient } from "../../packages/server/src/testing/client.ts";

const source = fileURLToPath(new URL("../../packages/vscode/", import.meta.url));
const megabyte = 1024 * 1024;

interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly engines: { readonly vscode: string };
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: string; readonly restrictedConfigurations: readonly string[] };
    readonly virtualWorkspaces: { readonly supported: string };
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly configuration: {
      readonly properties: Readonly<Record<string, { readonly scope: string; readonly default: unknown }>>;
    };
    readonly walkthroughs: readonly { readonly steps: readonly { readonly media: { readonly markdown: string } }[] }[];
  };
}

let folder: string;
let vsix: string;
let files: ReadonlyMap<string, Buffer>;
let manifest: Manifest;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "stagewright-vsix-"));
  vsix = join(folder, "stagewright.vsix");
  execFileSync(process.execPath, [join(source, "scripts/package.js"), vsix], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  files = unzip(readFileSync(vsix));
  manifest = JSON.parse(text("extension/package.json")) as Manifest;
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text = (name: string): string => files.get(name)?.toString("utf8") ?? "";

/** The files of a ZIP archive, by its central directory (APPNOTE 4.3.12). */
function unzip(archive: Buffer): Map<string, Buffer> {
  const end = archive.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  const found = new Map<string, Buffer>();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [size, nameLength, extraLength, commentLength] = [
      archive.readUInt32LE(at + 20),
      archive.readUInt16LE(at + 28),
      archive.readUInt16LE(at + 30),
      archive.readUInt16LE(at + 32),
    ];
    const name = archive.toString("utf8", at + 46, at + 46 + nameLength);
    const local = archive.readUInt32LE(at + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const content = archive.subarray(start, start + size);
    found.set(name, archive.readUInt16LE(at + 10) === 0 ? content : inflateRawSync(content));
    at += 46 + nameLength + extraLength + commentLength;
  }
  return found;
}

test("packs what the extension needs and nothing else, in at most 3 MB", () => {
  expect([...files.keys()].sort()).toEqual(
    [
      "[Content_Types].xml",
      "extension.vsixmanifest",
      "extension/LICENSE.txt",
      "extension/THIRD-PARTY.txt",
      "extension/dist/extension.cjs",
      "extension/dist/server.mjs",
      "extension/media/icon.png",
      "extension/package.json",
      "extension/readme.md",
      "extension/walkthrough/configure.md",
      "extension/walkthrough/fix.md",
      "extension/walkthrough/open.md",
    ].sort(),
  );
  console.log(`VSIX: ${(statSync(vsix).size / 1024).toFixed(0)} KB`);
  expect(statSync(vsix).size).toBeLessThanOrEqual(3 * megabyte);
});

test("bundles everything but VS Code and Node, and no part of ShellCheck", () => {
  const required = [...text("extension/dist/extension.cjs").matchAll(/\brequire\((["'`])([^"'`]+)\1\)/g)].map(
    ([, , name]) => name,
  );
  const outside = required.filter((name) => name !== "vscode" && !isBuiltin(name ?? ""));
  expect(outside).toEqual([]);
  const server = text("extension/dist/server.mjs");
  const imported = [...server.matchAll(/(?:^|[;}\s])(?:import|from)\s*\(?(["'])(@?[a-z][\w/:.-]*)\1/g)].map(
    ([, , name]) => name ?? "",
  );
  expect(imported.filter((name) => !isBuiltin(name) && !name.startsWith("@stagewright/shellcheck"))).toEqual([]);
  expect(server).not.toMatch(/shellcheck\.wasm|WebAssembly/);
  expect(text("extension/THIRD-PARTY.txt")).toContain("vscode-languageserver");
  expect(text("extension/THIRD-PARTY.txt")).not.toMatch(/GNU GENERAL PUBLIC|\(GPL/);
});

test("declares what it does in untrusted and virtual workspaces", () => {
  expect(manifest.capabilities.untrustedWorkspaces).toMatchObject({ supported: "limited" });
  expect(manifest.capabilities.virtualWorkspaces).toMatchObject({ supported: "limited" });
  const { properties } = manifest.contributes.configuration;
  for (const name of manifest.capabilities.untrustedWorkspaces.restrictedConfigurations)
    expect(properties).toHaveProperty([name]);
  expect(Object.values(properties).every((property) => property.default !== undefined)).toBe(true);
});

test("names files that are there, and commands that the extension registers", () => {
  expect(files.has(`extension/${manifest.main.slice(2)}`)).toBe(true);
  expect(files.get(`extension/${manifest.icon}`)?.subarray(1, 4).toString()).toBe("PNG");
  for (const { media } of manifest.contributes.walkthroughs.flatMap(({ steps }) => steps)) {
    expect(files.has(`extension/${media.markdown}`)).toBe(true);
  }
  const code = text("extension/dist/extension.cjs");
  for (const { command } of manifest.contributes.commands) expect(code).toContain(command);
  const called = [...files]
    .filter(([name]) => name.endsWith(".md") || name.endsWith("package.json"))
    .flatMap(([, content]) => [...content.toString().matchAll(/command:(stagewright\.\w+)/g)].map(([, id]) => id));
  expect(manifest.contributes.commands.map(({ command }) => command)).toEqual(expect.arrayContaining(called));
});

test("offers settings that the server reads", () => {
  const own = ["serverPath", "nodePath", "trace.server"];
  const names = Object.keys(manifest.contributes.configuration.properties).map((name) =>
    name.replace(/^stagewright\./, ""),
  );
  expect(names.filter((name) => !own.includes(name)).sort()).toEqual(
    [
      "configFile",
      "enable",
      "format.enable",
      "inlayHints.enable",
      "registry.enable",
      "rules.customizations",
      "run",
      "shellcheck.enable",
    ].sort(),
  );
});

test("has a server that works from the packed files alone", async () => {
  const unpacked = join(folder, "unpacked");
  mkdirSync(unpacked);
  writeFileSync(join(unpacked, "server.mjs"), files.get("extension/dist/server.mjs") ?? "");
  const client = await startClient({
    command: [process.execPath, join(unpacked, "server.mjs"), "--stdio"],
    cwd: unpacked,
  });
  client.open("untitled:Dockerfile", "FROM debian:latest\n");
  const { diagnostics } = await client.diagnostics("untitled:Dockerfile", 1);
  expect(diagnostics.map(({ code }) => code)).toContain("no-latest-tag");
  expect(await client.stop()).toBe(0);
});
