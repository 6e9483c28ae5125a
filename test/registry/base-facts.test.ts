import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { lintCommand } from "../../packages/cli/src/commands/lint.ts";
import { stdout } from "../../packages/cli/src/standard-streams.ts";
import { CallTable, missingTools, push, type RealRegistry, startRealRegistry } from "./support.ts";

/** Bases whose config says what no table and no text can know; `plain` sets nothing, so that a rule that never speaks fails here too. */
const configs: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  plain: { Env: ["PATH=/bin"] },
  set: {
    Env: ["PATH=/bin", "APP_HOME=/srv/app"],
    User: "app",
    WorkingDir: "/srv",
    Shell: ["/bin/bash", "-o", "pipefail", "-c"],
    Healthcheck: { Test: ["CMD", "true"] },
  },
  rooted: { Env: ["PATH=/bin"], User: "0:0" },
  trigger: {
    Env: ["PATH=/bin"],
    OnBuild: [
      "ENV FROM_TRIGGER=1",
      "USER app",
      "WORKDIR /srv",
      'SHELL ["/bin/bash", "-o", "pipefail", "-c"]',
      "HEALTHCHECK CMD true",
    ],
  },
  silent: { Env: ["PATH=/bin"], Healthcheck: { Test: ["NONE"] } },
};

describe.skipIf(missingTools.length > 0)("what a real base image sets", () => {
  let registry: RealRegistry;
  let directory = "";
  let output = "";
  const table = new CallTable();
  let taken: readonly string[] = [];
  const home = process.cwd();

  beforeAll(async () => {
    registry = await startRealRegistry();
    for (const [name, config] of Object.entries(configs)) {
      await push(registry, `${name}:1`, { platforms: [{ platform: "linux/amd64", config }] });
    }
  }, 60_000);

  afterAll(async () => {
    await registry.stop();
  });

  beforeEach(async () => {
    await registry.takeCalls();
    taken = [];
    directory = mkdtempSync(join(tmpdir(), "stagewright-base-"));
    process.chdir(directory);
    vi.stubEnv("XDG_CACHE_HOME", join(directory, "cache"));
    vi.spyOn(stdout, "write").mockImplementation((text) => {
      output += text;
      return true;
    });
  });

  afterEach(async ({ task }) => {
    table.add(task.name, [...taken, ...(await registry.takeCalls())]);
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    process.chdir(home);
    rmSync(directory, { recursive: true, force: true });
  });

  /** The rules that speak, of those named, about a file on top of a base. */
  async function rulesAbout(base: string, text: string, ...rules: string[]): Promise<string[]> {
    writeFileSync(join(directory, "Dockerfile"), `FROM ${registry.host}/${base}:1\n${text}`);
    output = "";
    const on = rules.flatMap((rule) => ["--rule", `${rule}=error`]);
    await lintCommand(["--no-config", "--online", "--format", "json", ...on], "0.0.0");
    const { files } = JSON.parse(output) as { files: { findings: { rule: string }[] }[] };
    const found = files.flatMap(({ findings }) => findings.map(({ rule }) => rule));
    expect(found).not.toContain("internal");
    return rules.filter((rule) => found.includes(rule));
  }

  it.each([
    ["plain", ["no-undefined-variable"]],
    ["set", []],
  ])("ENV: with %s, UndefinedVar is %j", async (base, expected) => {
    expect(await rulesAbout(base, "WORKDIR $APP_HOME\n", "no-undefined-variable")).toEqual(expected);
  });

  it("knows that a base sets no variable of that name", async () => {
    expect(await rulesAbout("set", "WORKDIR $APP_HOM\n", "no-undefined-variable")).toEqual(["no-undefined-variable"]);
  });

  it.each([
    ["plain", ["no-root-user"]],
    ["set", []],
    ["rooted", ["no-root-user"]],
    ["trigger", []],
  ])("USER: with %s, DL3002 is %j", async (base, expected) => {
    expect(await rulesAbout(base, 'CMD ["a"]\n', "no-root-user")).toEqual(expected);
  });

  it.each([
    ["plain", ["pipefail"]],
    ["set", []],
    ["trigger", []],
  ])("SHELL: with %s, DL4006 is %j", async (base, expected) => {
    expect(await rulesAbout(base, "RUN cat a | wc -l\n", "pipefail")).toEqual(expected);
  });

  it.each([
    ["plain", ["shellcheck"]],
    ["set", []],
    ["trigger", []],
  ])("SHELL: with %s, what ShellCheck says of a bash script is %j", async (base, expected) => {
    expect(await rulesAbout(base, "RUN [[ -n $HOME ]]\n", "shellcheck")).toEqual(expected);
  });

  it.each([
    ["plain", "/app"],
    ["set", "/srv/app"],
    ["trigger", "/srv/app"],
  ])("WORKDIR: with %s, a relative one comes to %s", async (base, path) => {
    expect(await rulesAbout(base, "WORKDIR app\n", "absolute-workdir")).toEqual(["absolute-workdir"]);
    expect(output).toContain(`Write \`${path}\`.`);
  });

  it.each([
    ["plain", ["require-healthcheck"]],
    ["set", []],
    ["trigger", []],
    ["silent", ["require-healthcheck"]],
  ])("HEALTHCHECK: with %s, DL3057 is %j", async (base, expected) => {
    expect(await rulesAbout(base, 'CMD ["a"]\n', "require-healthcheck")).toEqual(expected);
  });

  it("ONBUILD: variables of its triggers are set", async () => {
    expect(await rulesAbout("trigger", "WORKDIR /$FROM_TRIGGER\n", "no-undefined-variable")).toEqual([]);
  });

  it("reads one index or manifest and one config for each base, whatever the rules", async () => {
    await rulesAbout("set", "RUN cat a | wc -l\n", "pipefail", "no-root-user", "no-undefined-variable");
    taken = await registry.takeCalls();
    expect(taken).toEqual(["GET /v2/set/manifests/1 200", expect.stringMatching(/^GET \/v2\/set\/blobs\/\S+ 200$/)]);
  });

  it("sees the calls that are written down", async () => {
    await expect(table.text("base-facts.test.ts")).toMatchFileSnapshot("calls/base-facts.txt");
  });
});
