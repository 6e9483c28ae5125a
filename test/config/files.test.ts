import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { lint } from "@stagewright/core";
import { Configs, type FileConfig } from "@stagewright/host";
import { rules } from "@stagewright/rules";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "config-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** The configuration of a Dockerfile beside these files. */
async function configOf(
  files: Readonly<Record<string, string>>,
  dockerfile = "Dockerfile",
  env: NodeJS.ProcessEnv = {},
): Promise<FileConfig> {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const configs = new Configs({ rules, trusted: true, env, cwd: folder });
  const config = await configs.of(join(folder, dockerfile));
  expect(configs.problems).toEqual([]);
  return config;
}

const level = ({ config }: FileConfig, rule: string) => config.rules.get(rule)?.severity ?? "off";

describe("the level of a code", () => {
  const text =
    "FROM debian:13\nLABEL org.opencontainers.image.url=x org.opencontainers.image.created=y\nCMD a\nCMD b\nENTRYPOINT a\nENTRYPOINT b\n";
  const schema =
    "settings: { labelSchema: { org.opencontainers.image.url: url, org.opencontainers.image.created: rfc3339 } }";
  const found = async (rulesText: string) => {
    const { config } = await configOf({ ".stagewright.yaml": `extends: []\n${schema}\nrules: { ${rulesText} }\n` });
    const { findings } = lint(text, { filename: "Dockerfile", rules, config });
    return findings.map(({ rule, codes, severity }) => `${rule} ${codes[0]} ${severity}`);
  };
  const both = ["valid-label-value DL3052 warning", "valid-label-value DL3053 warning"];

  test("switches a rule on for that code alone", async () => {
    expect(await found("DL3052: error")).toEqual(["valid-label-value DL3052 error"]);
    expect(await found("valid-label-value: off, valid-label-value/DL3052: on")).toEqual([both[0]]);
    expect(await found("DL3052: on, valid-label-value: on")).toEqual(both);
    expect(await found("DL3052: off, DL3053: on")).toEqual([both[1]]);
  });

  test("changes one code of a rule that is on", async () => {
    expect(await found("valid-label-value: on, DL3052: off")).toEqual([both[1]]);
    expect(await found("valid-label-value: on, DL3052: off, valid-label-value/DL3052: on")).toEqual(both);
    expect(await found("valid-label-value: on, valid-label-value/DL3052: on, DL3052: off")).toEqual([both[1]]);
  });

  test("that several rules share is that of one of them, where it is named", async () => {
    const names = "single-cmd: on, single-entrypoint: on";
    const rest = ["single-entrypoint DL4004 warning"];
    expect(await found(`${names}, single-cmd/MultipleInstructionsDisallowed: off`)).toEqual(rest);
    expect(await found(`${names}, MultipleInstructionsDisallowed: off`)).toEqual([]);
    expect(await found("single-cmd/MultipleInstructionsDisallowed: error")).toEqual(["single-cmd DL4003 error"]);
  });
});

test.each([
  [".stagewright.yaml", "rules: { no-cd: error }"],
  [".stagewright.yml", "rules: { no-cd: error }"],
  [".stagewright.json", '{ "rules": { "no-cd": "error" } }'],
  ["stagewright.config.js", 'module.exports = { rules: { "no-cd": "error" } };'],
  ["stagewright.config.mjs", 'export default { rules: { "no-cd": "error" } };'],
])("%s counts", async (name, text) => {
  const found = await configOf({ [name]: text });
  expect(found.source).toBe(join(folder, name));
  expect(level(found, "no-cd")).toBe("error");
});

test("the nearest file upward counts, and no other", async () => {
  const found = await configOf(
    { ".stagewright.yaml": "rules: { no-sudo: off }", "a/.stagewright.yaml": "rules: { no-cd: error }" },
    "a/b/Dockerfile",
  );
  expect([level(found, "no-cd"), level(found, "no-sudo")]).toEqual(["error", "error"]);
});

test("later ones of presets, files and packages count over earlier ones, and the file itself over all", async () => {
  const found = await configOf({
    ".stagewright.yaml": "extends: [hadolint, ./base.yaml, acme]\nrules: { no-cd: info }",
    "base.yaml": "rules: { no-cd: error, no-sudo: warning, no-maintainer: off }",
    "node_modules/acme/package.json": '{ "name": "acme", "main": "index.js" }',
    "node_modules/acme/index.js": 'module.exports = { rules: { "no-sudo": "style" } };',
  });
  expect(["no-cd", "no-sudo", "no-maintainer", "pin-apt-packages"].map((rule) => level(found, rule))).toEqual([
    "info",
    "style",
    "off",
    "warning",
  ]);
});

describe("patterns", () => {
  const text = 'overrides: [{ files: ["ci/**"], rules: { DL3003: error } }]\nignores: ["old/**", "!old/kept/**"]\n';

  test("of overrides are of the folder of the configuration", async () => {
    expect(level(await configOf({ ".stagewright.yaml": text }, "ci/x/Dockerfile"), "no-cd")).toBe("error");
    expect(level(await configOf({}, "x/ci/Dockerfile"), "no-cd")).not.toBe("error");
  });

  test("of ignores leave files out, and take them back", async () => {
    const ignored = async (path: string) => (await configOf({ ".stagewright.yaml": text }, path)).ignored;
    expect([
      await ignored("Dockerfile"),
      await ignored("old/Dockerfile"),
      await ignored("old/kept/Dockerfile"),
    ]).toEqual([false, true, false]);
  });
});

test.each([
  ["true", "warning"],
  ["false", "off"],
  ["error", "error"],
])("reportUnusedDisableDirectives: %s is %s", async (value, severity) => {
  const { config } = await configOf({ ".stagewright.yaml": `reportUnusedDisableDirectives: ${value}\n` });
  expect(config.reportUnusedDisableDirectives).toBe(severity);
});

describe("hadolint's file and variables", () => {
  test("count where there is no configuration of our own", async () => {
    const env = { HADOLINT_IGNORE: "DL3003", HADOLINT_OVERRIDE_ERROR: "DL3004,DL3007" };
    const found = await configOf(
      { ".hadolint.yaml": "ignored: [DL3007]\nfailure-threshold: error\n" },
      "Dockerfile",
      env,
    );
    const text = "FROM a:latest\nRUN cd b && sudo c\n";
    const { findings } = lint(text, { filename: "Dockerfile", rules, config: found.config });
    expect(findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(["no-sudo error"]);
    expect(found.failOn).toBe("error");
  });

  test("do not count beside one", async () => {
    const files = { ".hadolint.yaml": "ignored: [DL3004]\n", ".stagewright.yaml": "" };
    expect(level(await configOf(files, "Dockerfile", { HADOLINT_IGNORE: "DL3004" }), "no-sudo")).not.toBe("off");
  });
});
