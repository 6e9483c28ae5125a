import { createSourceCode } from "@stagewright/core";
import { planSplit } from "@stagewright/split";
import { expect, test } from "vitest";
import { askOracle, buildOracle } from "../support/oracle.ts";
import { corpusTexts } from "../support/corpus-texts.ts";

const oracle = buildOracle();
const texts = corpusTexts();

test.skipIf(texts.length === 0)("rewrites of real files are rewritten no further", () => {
  const plans = texts.map((text) => planSplit(createSourceCode(text)));
  const results = plans.flatMap((plan) => (plan.status === "refused" ? [] : [plan.text]));
  expect(results.length).toBeGreaterThan(40);
  const again = results.map((text) => planSplit(createSourceCode(text)));
  expect(again.filter(({ status }) => status !== "refused")).toEqual([]);
});

test.skipIf(texts.length === 0 || oracle === null)("BuildKit takes every rewrite of a real file", () => {
  const results = texts.flatMap((text) => {
    const plan = planSplit(createSourceCode(text));
    return plan.status === "refused" ? [] : [plan.text];
  });
  const verdicts = askOracle(oracle ?? "", results);
  expect(verdicts.filter(({ error, parseError }) => (error ?? parseError) !== undefined)).toEqual([]);
});

test.skipIf(texts.length === 0)("refusals name a line of the file", () => {
  const wrong = texts.filter((text) => {
    const plan = planSplit(createSourceCode(text));
    return plan.status === "refused" && (plan.line < 1 || plan.line > text.split("\n").length);
  });
  expect(wrong).toEqual([]);
});
