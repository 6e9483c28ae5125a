import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { emptyConfig, lint, type ResolvedConfig, type Rule } from "@stagewright/core";
import { preset, presetNames, rules } from "@stagewright/rules";
import { describe, expect, it } from "vitest";
import { root } from "../support/shared.ts";

const dockerfile = "FROM debian\nMAINTAINER ada\nRUN apt-get update\nADD a.py /srv/\nCMD node a.js\n";

const configOf = (names: Iterable<string>): ResolvedConfig => ({
  ...emptyConfig,
  rules: new Map([...names].map((name) => [name, { severity: "warning", options: {} }])),
});

describe.each(rules.map((rule) => [rule.name, rule] as const))("%s", (name, rule) => {
  it("lies in a folder of its name, with a test", () => {
    expect(readdirSync(join(root, "rules", name))).toEqual(expect.arrayContaining(["rule.ts", "rule.test.ts"]));
  });

  it("is named and described as rules are", () => {
    const { docs, messages } = rule.meta;
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(docs.description).toMatch(/^[A-Z][^\n]*[^.]$/);
    expect(docs.why.length).toBeGreaterThan(40);
    for (const [id, message] of Object.entries(messages)) {
      expect(id).toMatch(/^[a-z][A-Za-z]*$/);
      if (!/^\{\{\w+\}\}$/.test(message)) expect(message).toMatch(/[.?]$/);
    }
  });

  it("costs nothing but its own findings when it throws", () => {
    const others = rules.filter((other) => other !== rule);
    const throwing: Rule = {
      ...rule,
      create: () => ({
        Dockerfile: () => {
          throw new Error("boom");
        },
      }),
    };
    const config = configOf(["require-image-tag", "no-maintainer", name]);
    const expected = lint(dockerfile, { filename: "Dockerfile", rules: others, config }).findings;
    const { findings } = lint(dockerfile, { filename: "Dockerfile", rules: [...others, throwing], config });
    const internal = findings.filter((finding) => finding.rule === "internal");
    expect(internal.map(({ message }) => message)).toEqual([expect.stringContaining(`\`${name}\``)]);
    expect(findings.filter((finding) => finding.rule !== "internal")).toEqual(expected);
  });
});

describe("the rules together", () => {
  it("are sorted by name and listed once", () => {
    const names = rules.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)].sort());
  });

  it("cover every code of hadolint but those that ShellCheck has, and every check of BuildKit", () => {
    const covered = new Set(rules.flatMap(({ meta }) => meta.docs.sources.map(({ id }) => id)));
    expect(hadolintCodes.filter((code) => !covered.has(code))).toEqual([]);
    expect(buildkitChecks.filter((check) => !covered.has(check))).toEqual([]);
  });

  it("find nothing in an empty text but that it is empty", () => {
    const { findings } = lint("", { filename: "Dockerfile", rules, config: configOf(rules.map(({ name }) => name)) });
    expect(findings.map(({ rule }) => rule)).toEqual(["syntax"]);
  });

  it.each(presetNames)("have a preset %s with rules that exist", (name) => {
    const names = rules.map((rule) => rule.name);
    expect(preset(name).size).toBeGreaterThan(5);
    expect([...preset(name).keys()].filter((key) => !names.includes(key))).toEqual([]);
  });

  it("have pages that speak of them", () => {
    const pages = readdirSync(join(root, "docs/rules"));
    expect(rules.filter(({ name }) => !pages.includes(`${name}.md`)).map(({ name }) => name)).toEqual([]);
    expect(readFileSync(join(root, "docs/rules/index.md"), "utf8")).toContain("# Rules");
  });
});

const numbers = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** Of hadolint 2.15.1; DL1000 is the rule `syntax`, the others that lack here are retired. */
const hadolintCodes = [
  1001,
  ...numbers(3000, 3067).filter((number) => ![3005, 3017, 3031, 3039].includes(number)),
  4000,
  4001,
  4003,
  4004,
  4005,
  4006,
].map((number) => `DL${number}`);

/** Of BuildKit v0.34.2. */
const buildkitChecks = [
  "StageNameCasing",
  "FromAsCasing",
  "ConsistentInstructionCasing",
  "NoEmptyContinuation",
  "DuplicateStageName",
  "ReservedStageName",
  "JSONArgsRecommended",
  "MaintainerDeprecated",
  "UndefinedArgInFrom",
  "InvalidDefaultArgInFrom",
  "RedundantTargetPlatform",
  "FromPlatformFlagConstDisallowed",
  "UndefinedVar",
  "MultipleInstructionsDisallowed",
  "LegacyKeyValueFormat",
  "WorkdirRelativePath",
  "InvalidBaseImagePlatform",
  "SecretsUsedInArgOrEnv",
  "CopyIgnoredFile",
  "InvalidDefinitionDescription",
  "ExposeProtoCasing",
  "ExposeInvalidFormat",
];
