import { afterAll, describe, expect, it } from "vitest";
import type { Finding } from "../finding.ts";
import { applyEdits } from "../fixer.ts";
import type { Rule } from "../rule.ts";
import { type CaseRun, assertNoNewProblems, fixAll, runRule } from "./check.ts";
import {
  dedent,
  drawCarets,
  type ExpectedPlace,
  readCarets,
  type ReportingCase,
  type RuleCase,
  type RuleCases,
} from "./cases.ts";

/**
 * Tests a rule: what it allows, and what it reports at which places. Proved for every case without being asked: fixes settle and leave nothing that
 * BuildKit refuses, suggestions too; what the rule's `meta` says of fixes and suggestions is what was seen; messages are filled and all of them
 * used; the examples of the docs hold.
 */
export function testRule(rule: Rule, { allows, reports }: RuleCases): void {
  const seen: Finding[] = [];
  const usedMessages = new Set<string>();

  describe(rule.name, () => {
    for (const [name, value] of Object.entries(allows)) {
      it(`allows ${name}`, () => {
        const { text, ...surroundings } = prepare(value);
        const run = runRule(rule, text, surroundings);
        expect(draw(rule, run)).toBe(text);
      });
    }

    for (const [name, value] of Object.entries(reports)) {
      it(`reports ${name}`, () => {
        const { text, raw, ...surroundings } = prepare(value);
        const { code, places } = raw ? { code: text, places: null } : readCarets(text);
        const run = runRule(rule, code, surroundings);
        seen.push(...run.findings);
        if (places) expect(draw(rule, run)).toBe(drawCarets(code, places));
        else expect(run.findings.length).toBeGreaterThan(0);
        for (const finding of run.findings) usedMessages.add(messageIdOf(rule, finding));
        checkTexts(rule, run, typeof value === "string" ? { code: value } : value);
      });
    }

    for (const [index, example] of rule.meta.docs.examples.entries()) {
      it(`keeps what example ${index + 1} of its docs says`, () => {
        const { bad, good, ...surroundings } = example;
        const run = runRule(rule, bad, surroundings);
        seen.push(...run.findings);
        expect(run.findings, "the bad example is reported").not.toEqual([]);
        fixAll(rule, bad, surroundings);
        if (good === undefined) return;
        expect(runRule(rule, good, surroundings).findings, "the good example is not reported").toEqual([]);
      });
    }

    it("has cases for all that its meta promises", () => {
      const { fixable, hasSuggestions, docs, messages } = rule.meta;
      const fixes = seen.some(({ fix }) => fix);
      const suggestions = seen.some((finding) => finding.suggestions);
      expect(fixable === "code", "`fixable` says whether there are fixes").toBe(fixes);
      expect(docs.fix !== undefined, "`docs.fix` says how fixes are proved").toBe(fixes);
      expect(hasSuggestions === true, "`hasSuggestions` says whether there are suggestions").toBe(suggestions);
      const suggestionMessages = seen
        .flatMap((finding) => finding.suggestions ?? [])
        .map(({ message }) => matchMessage(rule, message));
      const used = new Set([...usedMessages, ...suggestionMessages]);
      expect(
        Object.keys(messages).filter((id) => !used.has(id)),
        "messages that no case shows",
      ).toEqual([]);
    });
  });

  afterAll(() => {
    seen.length = 0;
  });
}

type Prepared = Omit<RuleCase, "code"> & { readonly text: string };

function prepare(value: string | RuleCase): Prepared {
  const { code, raw = false, ...rest } = typeof value === "string" ? { code: value } : value;
  return { ...surroundingsOf(rest), text: raw ? code : dedent(code), raw };
}

/** A case's options and the like, without what is expected of it. */
function surroundingsOf({ options, settings, filename, answers }: Omit<ReportingCase, "code">): Omit<RuleCase, "code"> {
  return {
    ...(options && { options }),
    ...(settings && { settings }),
    ...(filename !== undefined && { filename }),
    ...(answers && { answers }),
  };
}

function checkTexts(
  rule: Rule,
  run: CaseRun,
  { output, suggestions = [], messages, codes, ...surroundings }: ReportingCase,
): void {
  const around = surroundingsOf(surroundings);
  const fixed = fixAll(rule, run.code, around);
  if (output === undefined) expect(fixed, "there is a fix, so `output` has to show it").toBe(run.code);
  else expect(fixed).toBe(surroundings.raw ? output : dedent(output));
  const offered = run.findings
    .flatMap((finding) => finding.suggestions ?? [])
    .map(({ edits }) => applyEdits(run.code, edits));
  for (const text of offered) assertNoNewProblems(run.code, text, "a suggestion");
  expect(offered).toEqual(suggestions.map((text) => (surroundings.raw ? text : dedent(text))));
  if (messages) expect(run.findings.map(({ message }) => message)).toEqual(messages);
  if (codes) expect(run.findings.map((finding) => finding.codes)).toEqual(codes);
}

function draw(rule: Rule, { code, findings }: CaseRun): string {
  const places = findings.map((finding): ExpectedPlace => {
    const { start, end } = finding.loc;
    return {
      line: start.line,
      column: start.column,
      endLine: end.line,
      endColumn: end.column,
      messageId: messageIdOf(rule, finding),
    };
  });
  return drawCarets(code, places);
}

const messageIdOf = (rule: Rule, { message }: Finding): string => matchMessage(rule, message);

/** The id of the message that a filled one was made of; the one with most text of its own, where several fit. */
function matchMessage({ meta }: Rule, message: string): string {
  const fitting = Object.entries(meta.messages).filter(([, template]) => {
    const source = template
      .split(/\{\{\s*\w+\s*\}\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join("[^]*");
    return new RegExp(`^${source}$`).test(message);
  });
  const ownText = (template: string) => template.replace(/\{\{\s*\w+\s*\}\}/g, "").length;
  return fitting.sort(([, a], [, b]) => ownText(b) - ownText(a))[0]?.[0] ?? "unknown";
}
