import { applyEdits, emptyConfig, fix, lint, type ResolvedConfig, type Rule } from "@stagewright/core";
import { preset, rules } from "@stagewright/rules";
import { describe, expect, it } from "vitest";
import { corpusAndGrammarTexts } from "../support/corpus-texts.ts";
import { askOracle, buildOracle, type Verdict } from "../support/oracle.ts";
import { shared } from "../support/shared.ts";
import { keepFigures } from "./figures.ts";

const oracle = buildOracle();

/** Rules whose fixes claim that BuildKit builds the same; all others that have fixes. */
const equal = rules.filter(({ meta }) => meta.docs.fix?.proof === "equal");
const fixing = rules.filter(({ meta }) => meta.fixable);

describe.skipIf(oracle === null || shared === null)("fixes over the corpora and the grammar", () => {
  const texts = corpusAndGrammarTexts();
  const before = askOracle(oracle ?? "", texts);

  it.each([
    ["`--fix`", fixing, "fix"],
    ["`--fix=suggest`", rules, "suggest"],
  ] as const)("of %s leave no file that BuildKit refuses, and settle", (name, chosen, kind) => {
    const { after, changed, unsettled } = fixAll(texts, chosen, kind);
    const refused = refusedOf(after, before);
    keepFigures(name, {
      texts: texts.length,
      changed,
      refused: refused.length,
      different: null,
      unsettled: unsettled.length,
    });
    expect(refused).toEqual([]);
    expect(unsettled).toEqual([]);
  });

  it("that are suggestions leave no file that BuildKit refuses, each applied alone", () => {
    const config: ResolvedConfig = { ...emptyConfig, rules: preset("strict") };
    const tries = texts.flatMap((text, index) =>
      lint(text, { filename: "Dockerfile", rules, config }).findings.flatMap(({ rule, suggestions = [] }) =>
        suggestions.map(({ edits }) => ({ rule, text: applyEdits(text, edits), before: before[index] })),
      ),
    );
    const refused: string[] = [];
    for (let from = 0; from < tries.length; from += 2000) {
      const part = tries.slice(from, from + 2000);
      const verdicts = askOracle(
        oracle ?? "",
        part.map(({ text }) => text),
      );
      for (const [index, { rule, text, before: old }] of part.entries()) {
        const verdict = verdicts[index];
        if (verdict && isWorse(old, verdict)) refused.push(`${rule}: ${verdict.error ?? verdict.parseError}\n${text}`);
      }
    }
    keepFigures("each suggestion alone", {
      texts: tries.length,
      changed: tries.length,
      refused: refused.length,
      different: null,
      unsettled: null,
    });
    expect(refused).toEqual([]);
  });

  it("that claim equality keep the build graph of every stage", () => {
    const { after, changed, unsettled } = fixAll(texts, equal, "fix");
    const verdicts = askOracle(oracle ?? "", after);
    const different = verdicts.flatMap((verdict, index) =>
      JSON.stringify(verdict.stages) === JSON.stringify(before[index]?.stages) ? [] : [`${index}:\n${after[index]}`],
    );
    keepFigures("fixes that claim equality", {
      texts: texts.length,
      changed,
      refused: refusedOf(after, before).length,
      different: different.length,
      unsettled: unsettled.length,
    });
    expect(different).toEqual([]);
  });
});

const refusedOf = (texts: readonly string[], before: readonly Verdict[]): string[] =>
  askOracle(oracle ?? "", texts).flatMap((verdict, index) =>
    isWorse(before[index], verdict) ? [`${index}: ${verdict.error ?? verdict.parseError}\n${texts[index]}`] : [],
  );

const isWorse = (before: Verdict | undefined, after: Verdict): boolean =>
  (after.parseError !== undefined && before?.parseError === undefined) ||
  (after.error !== undefined && before?.error === undefined);

function fixAll(
  texts: readonly string[],
  chosen: readonly Rule[],
  kind: "fix" | "suggest",
): { after: string[]; changed: number; unsettled: string[] } {
  const config: ResolvedConfig = {
    ...emptyConfig,
    rules: new Map([...preset("strict")].filter(([name]) => chosen.some((rule) => rule.name === name))),
  };
  const options = { filename: "Dockerfile", rules, config, kind };
  const after = texts.map((text) => fix(text, options).text);
  const unsettled = after.filter((text) => fix(text, options).text !== text);
  return { after, changed: after.filter((text, index) => text !== texts[index]).length, unsettled };
}
