import { createSourceCode, emptyConfig, lint } from "@stagewright/core";
import { rules } from "@stagewright/rules";
import { planSplit } from "@stagewright/split";
import { expect, test } from "vitest";
import { corpusTexts } from "../support/corpus-texts.ts";
import { askOracle, buildOracle } from "../support/oracle.ts";

const oracle = buildOracle();
const planned = corpusTexts().map((text) => ({ text, plan: planSplit(createSourceCode(text)) }));
const results = planned.flatMap(({ plan }) => (plan.status === "refused" ? [] : [plan.text]));

test.skipIf(planned.length === 0)("rewrites of real files are rewritten no further", () => {
  expect(results.length).toBeGreaterThan(580);
  const again = results.map((text) => planSplit(createSourceCode(text)));
  expect(again.filter(({ status }) => status !== "refused")).toEqual([]);
});

test.skipIf(planned.length === 0)("rewrites of real files have no build tools any more", () => {
  const config = {
    ...emptyConfig,
    rules: new Map([["no-build-tools-in-image", { severity: "warning" as const, options: {} }]]),
  };
  const flagged = results.filter((text) => lint(text, { filename: "Dockerfile", rules, config }).findings.length > 0);
  expect(flagged).toEqual([]);
});

test.skipIf(planned.length === 0 || oracle === null)("BuildKit takes every rewrite of a real file", () => {
  const verdicts = askOracle(oracle ?? "", results);
  expect(verdicts.filter(({ error, parseError }) => (error ?? parseError) !== undefined)).toEqual([]);
});

test.skipIf(planned.length === 0)("refusals name a line of the file", () => {
  const wrong = planned.filter(
    ({ text, plan }) => plan.status === "refused" && (plan.line < 1 || plan.line > text.split("\n").length),
  );
  expect(wrong).toEqual([]);
});
