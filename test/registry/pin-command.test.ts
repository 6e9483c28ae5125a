import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { pinCommand } from "../../packages/cli/src/commands/pin.ts";
import { stderr, stdout } from "../../packages/cli/src/standard-streams.ts";
import { type FakeRegistry, startFakeRegistry } from "../../packages/host/src/registry/fake-registry.ts";

let directory = "";
let fake: FakeRegistry;
let digest = "";
let output: string[] = [];
const home = process.cwd();

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "stagewright-pin-command-"));
  fake = await startFakeRegistry();
  digest = fake.push("library/debian", "13", { platforms: ["linux/amd64", "linux/arm64"] });
  output = [];
  mkdirSync(join(directory, "app"));
  writeFileSync(join(directory, "app", "Dockerfile"), "FROM debian:13\r\nRUN true\r\n");
  process.chdir(directory);
  for (const stream of [stdout, stderr]) {
    vi.spyOn(stream, "write").mockImplementation((text) => {
      output.push(text);
      return true;
    });
  }
});

afterEach(async () => {
  vi.restoreAllMocks();
  process.chdir(home);
  await fake.stop();
  rmSync(directory, { recursive: true, force: true });
});

const pin = (...argv: readonly string[]) =>
  pinCommand([...argv, "--no-cache", "--mirror", `docker.io=http://${fake.host}`]);

const dockerfile = (): string => readFileSync(join(directory, "app", "Dockerfile"), "utf8");

describe("stagewright pin", () => {
  it("shows what it would do and writes nothing", async () => {
    expect(await pin()).toBe(0);
    expect(output.join("")).toBe(
      `app/Dockerfile:1:6: \`debian:13\` would be pinned to ${digest.slice(0, 19)}.\n1 image in 1 file to change.\n`,
    );
    expect(dockerfile()).toBe("FROM debian:13\r\nRUN true\r\n");
  });

  it("writes, and has nothing to do the second time", async () => {
    expect(await pin("--write", "app")).toBe(0);
    expect(dockerfile()).toBe(`FROM debian:13@${digest}\r\nRUN true\r\n`);
    output = [];
    expect(await pin("--write")).toBe(0);
    expect(output.join("")).toBe("0 images in 0 files changed.\n");
  });

  it("finds a pin that is stale, and moves it", async () => {
    const old = `sha256:${"0".repeat(64)}`;
    writeFileSync(join(directory, "app", "Dockerfile"), `FROM debian:13@${old}\n`);

    expect(await pin()).toBe(0);
    expect(await pin("--check")).toBe(1);
    expect(dockerfile()).toBe(`FROM debian:13@${old}\n`);
    expect(await pin("--update", "--write")).toBe(0);
    expect(dockerfile()).toBe(`FROM debian:13@${digest}\n`);
    expect(await pin("--check")).toBe(0);
  });

  it("pins the rest when an image or a file fails", async () => {
    writeFileSync(join(directory, "app", "Dockerfile"), "FROM debian:13\nFROM debian:99\n");
    writeFileSync(join(directory, "Dockerfile"), Buffer.from("FROM debian:13\n#\xff\n", "latin1"));
    // The registry itself is asked after its mirror, by a name that leads nowhere.
    vi.stubEnv("HTTPS_PROXY", "http://127.0.0.1:9");

    expect(await pin("--write", ".", "missing")).toBe(2);
    vi.unstubAllEnvs();
    const text = output.join("");
    expect(dockerfile()).toBe(`FROM debian:13@${digest}\nFROM debian:99\n`);
    expect(text).toContain("Dockerfile: The file is not UTF-8, so it was left as it is.\n");
    expect(text).toContain("missing: There is no such file or folder.\n");
    expect(text).toContain("app/Dockerfile:2:6: `docker.io/library/debian:99` could not be looked up: ");
  });

  it("asks nobody offline", async () => {
    expect(await pin("--offline")).toBe(2);
    expect(fake.connections()).toBe(0);
    expect(output.join("")).toContain("registries are not asked (offline)");
  });

  it("leaves files alone that the configuration ignores, and defaults that a build does not use", async () => {
    writeFileSync(join(directory, ".stagewright.yaml"), "ignores: [app]\n");
    writeFileSync(join(directory, "Dockerfile"), "ARG BASE=debian:13\nFROM $BASE\n");
    writeFileSync(
      join(directory, "compose.yaml"),
      "services: { a: { build: { context: ., args: { BASE: other:1 } } } }\n",
    );

    expect(await pin()).toBe(0);
    expect(output.join("")).toContain(
      "Dockerfile:2:6: `$BASE` is left as it is: the value of `BASE` is not written in this file.\n",
    );
    expect(output.join("")).not.toContain("app/Dockerfile");
    expect(fake.requests).toEqual([]);
  });

  it("takes values of build arguments from the command line", async () => {
    writeFileSync(join(directory, "app", "Dockerfile"), "ARG BASE=debian:13\nFROM $BASE\n");

    expect(await pin("--build-arg", "BASE=other:1")).toBe(0);
    expect(fake.requests).toEqual([]);
    expect(await pin()).toBe(0);
    expect(fake.requests).toHaveLength(1);
  });

  it("prints JSON", async () => {
    expect(await pin("--format", "json")).toBe(0);
    expect(JSON.parse(output.join(""))).toMatchObject({
      files: [{ path: "app/Dockerfile", changed: true, images: [{ image: "debian:13", action: "pin", to: digest }] }],
    });
  });

  it.each([
    [["--wirte"], "There is no option `--wirte`; did you mean `--write`?"],
    [["--build-arg", "=1"], "`=1` is no build argument"],
    [["-", "--write"], "`-` is none"],
    [["-", "app"], "`-` stands alone"],
    [["--check", "--write"], "`--check` changes nothing"],
    [["--format", "xml"], "`--format` does not take `xml`; it is one of text, json."],
    [["--mirror", "docker.io"], "`docker.io` is no mirror"],
    [["--ca", "missing.pem"], "The certificates `missing.pem` cannot be read."],
  ])("refuses %j", async (argv, message) => {
    await expect(pinCommand(argv)).rejects.toThrow(message);
  });
});
