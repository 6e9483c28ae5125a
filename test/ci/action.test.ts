import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { stagewright } from "../support/command.ts";
import { root } from "../support/shared.ts";

const action = parse(readFileSync(join(root, "action.yml"), "utf8")) as {
  inputs: Record<string, { default: string }>;
  runs: { using: string; steps: { env: Record<string, string>; run: string }[] };
};

describe.skipIf(process.platform === "win32")("the action", () => {
  let folder = "";

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "stagewright-action-"));
    writeFileSync(join(folder, "Dockerfile"), "FROM debian\n");
    writeFileSync(join(folder, "output"), "");
    stagewright(["--version"], { cwd: folder });
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs the step as GitHub does: inputs with their defaults, in the variables that the step names. */
  function run(inputs: Readonly<Record<string, string>> = {}) {
    const [step] = action.runs.steps;
    const env = Object.entries(step?.env ?? {}).map(([name, expression]) => {
      const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)?.[1] ?? "";
      return [name, inputs[input] ?? action.inputs[input]?.default ?? ""];
    });
    const result = spawnSync("bash", ["-e", "-c", step?.run ?? "false"], {
      cwd: folder,
      encoding: "utf8",
      env: {
        ...process.env,
        ...(Object.fromEntries(env) as Record<string, string>),
        GITHUB_ACTION_PATH: root,
        GITHUB_OUTPUT: join(folder, "output"),
        STAGEWRIGHT_COMMAND: join(root, "bin/stagewright.js"),
      },
    });
    return { ...result, output: readFileSync(join(folder, "output"), "utf8") };
  }

  test("annotates and fails for findings", () => {
    const { stdout, status, output } = run();
    expect(stdout).toMatch(/^::warning file=Dockerfile,line=1,/m);
    expect(status).toBe(1);
    expect(output).toBe("exit-code=1\n");
  });

  test("fails from the level on that it is told", () => {
    expect(run({ "fail-on": "error" })).toMatchObject({ status: 0, output: "exit-code=0\n" });
  });

  test("writes SARIF", () => {
    run({ "sarif-file": "found.sarif", annotations: "false" });
    expect(JSON.parse(readFileSync(join(folder, "found.sarif"), "utf8"))).toMatchObject({ version: "2.1.0" });
  });

  test("takes several paths, with blanks in their names", () => {
    writeFileSync(join(folder, "a b.dockerfile"), "FROM alpine\n");
    const { stdout } = run({ paths: "Dockerfile\na b.dockerfile\n" });
    expect(stdout).toContain("file=Dockerfile,");
    expect(stdout).toContain("file=a b.dockerfile,");
  });

  test.each(["paths", "config", "fail-on", "sarif-file"])("runs nothing that stands in `%s`", (input) => {
    run({ [input]: "$(touch hacked)`touch hacked`;touch hacked" });
    expect(existsSync(join(folder, "hacked"))).toBe(false);
  });

  test("says what is wrong with an input", () => {
    const { stderr, status, output } = run({ "fail-on": "eror" });
    expect(stderr).toContain("did you mean `error`?");
    expect([status, output]).toEqual([2, "exit-code=2\n"]);
  });
});

test("puts no expression into a script", () => {
  expect(action.runs.using).toBe("composite");
  for (const { run } of action.runs.steps) expect(run).not.toContain("${{");
});

test("our own image has no finding", () => {
  const { stdout, status } = stagewright(["--no-config", "--format", "compact", "Dockerfile"], { cwd: root });
  expect({ stdout, status }).toEqual({ stdout: "", status: 0 });
});
