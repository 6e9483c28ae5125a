import { applyEdits, emptyConfig, fix, lint, type ResolvedConfig, type Rule } from "@stagewright/core";
import { preset, rules } from "@stagewright/rules";
import { describe, expect, it } from "vitest";
import { corpusAndGrammarTexts } from "../support/corpus-texts.ts";
import { askOracle, buildOracle, type Verdict } from "../support/oracle.ts";
import { shared } from "../support/shared.ts";

const oracle = buildOracle();

/** Rules whose fixes claim that BuildKit builds the same; all others that have fixes. */
const equal = rules.filter(({ meta }) => meta.docs.fix?.proof === "equal");
const fixing = rules.filter(({ meta }) => meta.fixable);

describe.skipIf(oracle === null || shared === null)("fixes over the corpora and the grammar", () => {
  const texts = corpusAndGrammarTexts();
  const before = askOracle(oracle ?? "", texts);

  it("leave no file that BuildKit refuses, and settle", () => {
    const { after, changed, unsettled } = fixAll(texts, fixing);
    const verdicts = askOracle(oracle ?? "", after);
    const refused = verdicts.flatMap((verdict, index) =>
      isWorse(before[index], verdict) ? [`${index}: ${verdict.error ?? verdict.parseError}`] : [],
    );
    console.info(
      `${changed} of ${texts.length} files changed by ${fixing.length} rules; refused ${refused.length}; not settled ${unsettled}`,
    );
    expect(refused).toEqual([]);
    expect(unsettled).toBe(0);
  });

  it("that are suggestions leave no file that BuildKit refuses, each applied alone", () => {
    const config: ResolvedConfig = { ...emptyConfig, rules: preset("strict") };
    const tries = texts
      .map((text, index) => ({ text, before: before[index] }))
      .filter((_, index) => index % 9 === 0)
      .flatMap(({ text, before }) =>
        lint(text, { filename: "Dockerfile", rules, config }).findings.flatMap(({ rule, suggestions = [] }) =>
          suggestions.map(({ edits }) => ({ rule, text, edits, before })),
        ),
      );
    const repaired = tries.map(({ text, edits }) => applyEdits(text, edits));
    const refused = askOracle(oracle ?? "", repaired).flatMap((verdict, index) => {
      const { rule, before } = tries[index] ?? {};
      return isWorse(before, verdict) ? [`${rule}: ${verdict.error ?? verdict.parseError}\n${repaired[index]}`] : [];
    });
    console.info(
      `${tries.length} suggestions of ${new Set(tries.map(({ rule }) => rule)).size} rules applied alone; refused ${refused.length}`,
    );
    expect(refused).toEqual([]);
  });

  it("that claim equality keep the build graph of every stage", () => {
    const { after, changed } = fixAll(texts, equal);
    const verdicts = askOracle(oracle ?? "", after);
    const different = verdicts.flatMap((verdict, index) =>
      JSON.stringify(verdict.stages) === JSON.stringify(before[index]?.stages) ? [] : [`${index}:\n${after[index]}`],
    );
    console.info(
      `${changed} of ${texts.length} files changed by ${equal.length} rules that claim equality; different ${different.length}`,
    );
    expect(different).toEqual([]);
  });
});

const isWorse = (before: Verdict | undefined, after: Verdict): boolean =>
  (after.parseError !== undefined && before?.parseError === undefined) ||
  (after.error !== undefined && before?.error === undefined);

function fixAll(
  texts: readonly string[],
  chosen: readonly Rule[],
): { after: string[]; changed: number; unsettled: number } {
  const config: ResolvedConfig = {
    ...emptyConfig,
    rules: new Map([...preset("strict")].filter(([name]) => chosen.some((rule) => rule.name === name))),
  };
  const options = { filename: "Dockerfile", rules, config };
  const after = texts.map((text) => fix(text, options).text);
  const unsettled = after.filter((text) => fix(text, options).text !== text).length;
  return { after, changed: after.filter((text, index) => text !== texts[index]).length, unsettled };
}
