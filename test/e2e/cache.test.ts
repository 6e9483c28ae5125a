import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { stagewright } from "../support/command.ts";

let folder = "";
const kept = () => join(folder, "kept");
const entries = () => (existsSync(kept()) ? readdirSync(kept()) : []);
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const run = (...args: string[]) =>
  stagewright(["--no-config", "--rule", "shellcheck=off", "--format", "json", ...args], { cwd: folder });
const cached = (...args: string[]) => run("--cache-location", "kept", ...args);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stagewright-cache-"));
  write("Dockerfile", "FROM debian\nCOPY a /a\nRUN curl x | tar x\n");
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("gives the same, byte for byte, without and with findings that were kept", () => {
  const plain = run();
  const first = cached();
  expect(entries()).toHaveLength(1);
  const second = cached();
  expect([first.stdout, second.stdout]).toEqual([plain.stdout, plain.stdout]);
  expect([first.status, second.status]).toEqual([1, 1]);
});

test("uses what was kept", () => {
  cached();
  const [name = ""] = entries();
  const entry = JSON.parse(readFileSync(join(kept(), name), "utf8")) as { value: { message: string }[] };
  for (const finding of entry.value) finding.message = "Kept.";
  write(join("kept", name), JSON.stringify(entry));
  expect(cached().stdout).toContain('"message":"Kept."');
});

test("keeps what ShellCheck said of scripts for a file that was changed", () => {
  const lint = (text: string, settings: string) => {
    write("Dockerfile", text);
    write("settings.yaml", `settings: { shellcheck: { engine: ${settings} } }\n`);
    const args = ["--config", "settings.yaml", "--format", "compact", "--cache-location", "kept"];
    return stagewright([...args, "Dockerfile"], { cwd: folder, env: { PATH: "" } });
  };
  expect(lint("FROM debian:13\nRUN ls $a\n", "wasm").stdout).toContain("SC2154");
  // There is no program to ask.
  const changed = lint("FROM debian:13\nRUN make\nRUN ls $a\n", "native");
  expect(changed.stdout).toContain("Dockerfile:3:8");
  expect(changed.stderr).toBe("");
});

const changes: readonly (readonly [string, () => void, readonly string[]])[] = [
  ["the text", () => write("Dockerfile", "FROM debian:13\n"), []],
  ["a rule", () => undefined, ["--rule", "require-image-tag=off"]],
  ["a preset", () => undefined, ["--preset", "strict"]],
  ["a build argument", () => undefined, ["--build-arg", "A=b"]],
  ["the .dockerignore", () => write(".dockerignore", "a\n"), []],
];

test.each(changes)("looks again after a change of %s", (_, change, args) => {
  cached();
  change();
  expect(cached(...args).stdout).toBe(run(...args).stdout);
  expect(entries()).toHaveLength(2);
});

test("does not mind when a file was touched", () => {
  cached();
  utimesSync(join(folder, "Dockerfile"), 0, 0);
  cached();
  expect(entries()).toHaveLength(1);
});

test.each(["", "{", '{"key":"x"}', "null"])("ignores a damaged entry %j", (text) => {
  const { stdout } = cached();
  for (const name of entries()) write(join("kept", name), text);
  expect(cached().stdout).toBe(stdout);
});

test("keeps nothing of a run that repairs or that may ask a registry", () => {
  cached("--fix");
  cached("--online", "--mirror", "docker.io=http://127.0.0.1:9");
  expect(entries()).toEqual([]);
});

test("keeps nothing where rules of plugins may look at anything", () => {
  mkdirSync(join(folder, "own"));
  write("own/Dockerfile", "FROM debian\n");
  write(
    "own/stagewright.config.mjs",
    `const rule = { name: "own-rule", meta: { type: "problem", schema: [], messages: { say: "Say." }, docs: { description: "d", why: "w", category: "style", severity: "info", recommended: false, sources: [], examples: [] } }, create: () => ({}) };
export default { plugins: [{ rules: [rule] }], rules: { "own-rule": "on" } };\n`,
  );
  const { status } = stagewright(["--cache-location", "kept", "--rule", "shellcheck=off", "own"], { cwd: folder });
  expect(status).toBe(1);
  expect(entries()).toEqual([]);
});

test("keeps findings in the user's own folder with --cache", () => {
  stagewright(["--no-config", "--rule", "shellcheck=off", "--cache"], {
    cwd: folder,
    env: { ...process.env, XDG_CACHE_HOME: join(folder, "home") },
  });
  if (process.platform === "linux") expect(readdirSync(join(folder, "home/stagewright/results"))).toHaveLength(1);
});

test.skipIf(process.platform !== "linux")("goes on without a folder that cannot be made, in one line", () => {
  const plain = run();
  const below = (place: string) => run("--cache-location", place);
  const inProc = below("/proc/none/kept");
  expect([inProc.status, inProc.stdout]).toEqual([1, plain.stdout]);
  expect(inProc.stderr).toBe(
    "stagewright: The cache folder `/proc/none/kept` cannot be made (ENOENT), so nothing is kept.\n",
  );
  const inFile = below("Dockerfile");
  expect([inFile.status, inFile.stdout]).toEqual([1, plain.stdout]);
  expect(inFile.stderr).toMatch(
    /^stagewright: The cache folder `\S+` cannot be made \(EEXIST\), so nothing is kept\.\n$/,
  );
});
