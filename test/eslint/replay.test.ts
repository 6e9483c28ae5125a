import { basename } from "node:path";
import { applyEdits, createSourceCode, emptyConfig, fix, type Finding, lintSource, noAnswers } from "@stagewright/core";
import { rules } from "@stagewright/rules";
import plugin from "@stagewright/eslint-plugin";
import { Linter as Linter10 } from "eslint";
import { Linter as Linter9 } from "eslint-9";
import { beforeAll, describe, expect, test } from "vitest";
import { type ReplayedCase, ruleCases } from "./rule-cases.ts";

type Linter = InstanceType<typeof Linter10>;
type Config = Parameters<Linter["verify"]>[1];
type Message = ReturnType<Linter["verify"]>[number];

const versions: readonly (readonly [string, new (options: { configType: "flat" }) => Linter])[] = [
  ["9", Linter9 as unknown as typeof Linter10],
  ["10", Linter10],
];

const configFor = ({ rule, options, filename, settings = {} }: ReplayedCase): Config => [
  {
    files: [`**/${basename(filename)}`],
    plugins: { stagewright: plugin as never },
    language: "stagewright/dockerfile",
    rules: { [`stagewright/${rule}`]: options ? ["error", options] : "error" },
    settings: { stagewright: settings },
  },
];

/** What the engine itself finds and repairs. */
function expected(given: ReplayedCase) {
  const { rule: name, options = {}, settings = {}, filename, code } = given;
  const own = rules.filter((rule) => rule.name === name);
  const config = {
    ...emptyConfig,
    rules: new Map(own.map((rule) => [name, { severity: rule.meta.docs.severity, options }])),
    settings,
    reportUnusedDisableDirectives: "off",
  } as const;
  const findings = lintSource(createSourceCode(code, { settings }), { filename, rules: own, config });
  return {
    findings: findings.filter(({ rule }) => rule === name).map((finding) => shownFinding(finding, code)),
    fixed: fix(code, { filename, rules: own, config, answers: noAnswers }).text,
  };
}

const shownFinding = ({ message, loc: { start, end }, suggestions = [] }: Finding, code: string) => ({
  message,
  place: [start.line, start.column, end.line, end.column],
  suggestions: suggestions.map(({ message: desc, edits }) => ({ desc, text: applyEdits(code, edits) })),
});

const shownMessage = ({ message, line, column, endLine, endColumn, suggestions = [] }: Message, code: string) => ({
  message,
  place: [line, column, endLine, endColumn],
  suggestions: suggestions.map(({ desc, fix: { range, text } }) => ({
    desc,
    text: applyEdits(code, [{ range, text }]),
  })),
});

const order = <Item extends { readonly place: unknown; readonly message: string }>(list: readonly Item[]): Item[] =>
  list.toSorted((a, b) => (JSON.stringify([a.place, a.message]) < JSON.stringify([b.place, b.message]) ? -1 : 1));

describe.each(versions)("ESLint %s", (_, Linter) => {
  let cases: readonly ReplayedCase[] = [];

  beforeAll(async () => {
    const all = await ruleCases();
    // ESLint asks nobody, and takes a byte order mark off before it hands a text on.
    cases = all.filter(({ rule, answers, code }) => rule in plugin.rules && !answers && !code.startsWith("\ufeff"));
  }, 60_000);

  test("gives the messages, ranges, fixes and suggestions of every case of the rule tests", () => {
    const linter = new Linter({ configType: "flat" });
    let findings = 0;
    for (const given of cases) {
      const { code, filename, rule, name } = given;
      const own = expected(given);
      const messages = linter.verify(code, configFor(given), { filename });
      expect(order(messages.map((each) => shownMessage(each, code))), `${rule}: ${name}`).toEqual(order(own.findings));
      const { output } = linter.verifyAndFix(code, configFor(given), { filename });
      expect(output, `${rule}: ${name}, fixed`).toBe(own.fixed);
      findings += messages.length;
    }
    console.info(`${cases.length} cases of ${new Set(cases.map(({ rule }) => rule)).size} rules, ${findings} findings`);
    expect(findings).toBeGreaterThan(250);
  });

  test.each(Object.keys(plugin.configs))("takes the preset %s", (preset) => {
    const linter = new Linter({ configType: "flat" });
    const config = [plugin.configs[preset as keyof typeof plugin.configs]] as unknown as Config;
    const messages = linter.verify("FROM debian AS A\nFROM a\nMAINTAINER me\nNOPE x\n", config, {
      filename: "src/Dockerfile",
    });
    const named = messages.map(({ ruleId }) => ruleId);
    expect(named).toContain("stagewright/syntax");
    expect(named).toContain("stagewright/no-maintainer");
    expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
  });

  test("obeys eslint-disable comments and says which were of no use", () => {
    const linter = new Linter({ configType: "flat" });
    const config = [
      {
        ...plugin.configs.recommended,
        linterOptions: { reportUnusedDisableDirectives: "error" },
      },
    ] as unknown as Config;
    const code = `FROM debian:13
# eslint-disable-next-line stagewright/no-maintainer -- it is history
MAINTAINER me
# eslint-disable-next-line stagewright/no-sudo
USER app
`;
    const messages = linter.verify(code, config, { filename: "Dockerfile" });
    expect(messages.map(({ line, message }) => `${line} ${message}`)).toEqual([
      "4 Unused eslint-disable directive (no problems were reported from 'stagewright/no-sudo').",
    ]);
  });

  test.each([
    ["is on", { "stagewright/syntax": "error", "stagewright/valid-onbuild": "error" }, "stagewright/valid-onbuild"],
    [
      "is on, and named first",
      { "stagewright/valid-onbuild": "error", "stagewright/syntax": "error" },
      "stagewright/valid-onbuild",
    ],
    ["is off", { "stagewright/syntax": "error", "stagewright/valid-onbuild": "off" }, "stagewright/syntax"],
  ])("tells once what BuildKit refuses where a rule for it %s", (_state, ruleSet, teller) => {
    const linter = new Linter({ configType: "flat" });
    const config = [{ ...plugin.configs.recommended, rules: ruleSet }] as unknown as Config;
    const messages = linter.verify("FROM debian:13\nONBUILD FROM a\n", config, { filename: "Dockerfile" });
    expect(messages.map(({ ruleId, line }) => [ruleId, line])).toEqual([[teller, 2]]);
  });

  test("keeps a byte order mark", () => {
    const linter = new Linter({ configType: "flat" });
    const config = [plugin.configs.recommended] as unknown as Config;
    const { output } = linter.verifyAndFix("\ufeffFROM debian:13 as a\r\n", config, { filename: "Dockerfile" });
    expect(output).toBe("\ufeffFROM debian:13 AS a\r\n");
  });

  test("refuses language options", () => {
    const linter = new Linter({ configType: "flat" });
    const config = [{ ...plugin.configs.recommended, languageOptions: { dialect: "x" } }] as unknown as Config;
    expect(() => linter.verify("FROM a\n", config, { filename: "Dockerfile" })).toThrow(/no language option `dialect`/);
  });

  test("walks the whole tree for rules of others", () => {
    const linter = new Linter({ configType: "flat" });
    const seen: string[] = [];
    const listener = {
      create: () => ({ "From > ImageReference": ({ type }: { type: string }) => void seen.push(type) }),
    };
    const config = [
      {
        files: ["**/Dockerfile"],
        plugins: { stagewright: plugin, own: { rules: { seen: listener } } },
        language: "stagewright/dockerfile",
        rules: { "own/seen": "error" },
      },
    ] as unknown as Config;
    linter.verify("FROM a\nFROM b\n", config, { filename: "Dockerfile" });
    expect(seen).toEqual(["ImageReference", "ImageReference"]);
  });
});
