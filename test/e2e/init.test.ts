import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { stagewright } from "../support/command.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stagewright-init-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const run = (...args: string[]) => stagewright(args, { cwd: folder });
const written = () => readFileSync(join(folder, ".stagewright.yaml"), "utf8");

test("writes a configuration that counts as none", () => {
  writeFileSync(join(folder, "Dockerfile"), "FROM debian\n");
  const before = run("--format", "json").stdout;
  expect(run("init")).toMatchObject({ status: 0, stdout: "Wrote `.stagewright.yaml`.\n", stderr: "" });
  expect(run("--format", "json")).toMatchObject({ status: 1, stdout: before, stderr: "" });
});

test("replaces nothing", () => {
  writeFileSync(join(folder, "stagewright.config.mjs"), "export default {};\n");
  const { status, stderr } = run("init");
  expect(status).toBe(2);
  expect(stderr).toContain("There is `stagewright.config.mjs` already; it stays as it is.");
});

test("carries hadolint's configuration over, and says what it cannot", () => {
  writeFileSync(
    join(folder, ".hadolint.yaml"),
    `failure-threshold: error
format: json
ignored: [DL3008, SC2086, DL9999]
override: { error: [DL3007], info: [DL3008] }
trustedRegistries: [docker.io, "*.example.com"]
label-schema: { maintainer: text, "org.opencontainers.image.created": rfc3339, empty: "" }
strict-labels: true
disable-ignore-pragma: true
`,
  );
  const { status, stdout, stderr } = run("init", ".");
  expect(stderr).toBe("");
  expect(status).toBe(0);
  expect(written()).toBe(`# yaml-language-server: $schema=https://stagewright.dev/schemas/config.schema.json
extends: recommended

rules:
  DL3008: off # pin-apt-packages
  DL3007: error # no-latest-tag
  SC2086: off # shellcheck

settings:
  trustedRegistries:
    - docker.io
    - "*.example.com"
  labelSchema:
    maintainer: text
    org.opencontainers.image.created: rfc3339
    empty: text
  strictLabels: true
`);
  expect(stdout.split("\n")).toEqual([
    "Wrote `.stagewright.yaml` from `.hadolint.yaml`, which no longer counts.",
    "Not carried over:",
    "  `DL9999`: there is no such check.",
    "  `failure-threshold: error`: write `--fail-on error` on the command line.",
    "  `format: json`: write `--format` on the command line.",
    "  `disable-ignore-pragma`: the rule `no-ignore-pragma` reports such comments, and they count.",
    "",
  ]);
  // What was written is a configuration without a mistake that means the same.
  writeFileSync(join(folder, "Dockerfile"), "FROM debian:latest\nRUN apt-get install foo\n");
  const config = JSON.parse(run("--print-config", "Dockerfile").stdout) as { codes: unknown; settings: unknown };
  expect(config).toMatchObject({
    settings: { trustedRegistries: ["docker.io", "*.example.com"], strictLabels: true },
  });
  expect(run("--format", "compact").stdout).toContain("error: `debian:latest` follows the tag `latest`");
});

test("reads the rest of a file with mistakes", () => {
  writeFileSync(join(folder, ".hadolint.yaml"), "ignored: [DL3008]\nfailure-threshold: eror\n");
  const { status, stderr } = run("init");
  expect(status).toBe(2);
  expect(stderr).toMatch(/\.hadolint\.yaml:2: .*`error`/);
  expect(written()).toContain("DL3008: off");
});
