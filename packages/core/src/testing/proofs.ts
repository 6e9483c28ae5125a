import { expect } from "./expect.ts";
import { applyEdits } from "../fixer.ts";
import type { Rule, RuleExample } from "../rule.ts";
import { byPlace, dedent, drawCarets, type MarkedPlace, readCarets } from "./carets.ts";
import type { ReportingCase, RuleCase, Surroundings } from "./cases.ts";
import { assertNoNewProblems, assertOptions, type CaseRun, fixAll, placeOf, runRule } from "./run-rule.ts";

/** What a rule has shown in all of its cases. */
export interface Seen {
  fixes: boolean;
  suggestions: boolean;
  readonly messages: Set<string>;
}

export const nothingSeen = (): Seen => ({ fixes: false, suggestions: false, messages: new Set() });

/** The rule reports nothing. */
export function proveAllowed(rule: Rule, value: string | RuleCase): void {
  const given = typeof value === "string" ? { code: value } : value;
  const code = given.raw ? given.code : dedent(given.code);
  const around = surroundingsOf(rule, given);
  const { findings } = runRule(rule, code, around);
  expect(drawCarets(code, findings.map(placeOf))).toBe(code);
  if (!given.raw) proveVariants(rule, code, around);
}

/** The rule reports what carets mark, and its repairs give the texts of the case. */
export function proveReported(rule: Rule, value: string | ReportingCase, seen: Seen): void {
  const given = typeof value === "string" ? { code: value } : value;
  const text = given.raw ? given.code : dedent(given.code);
  const { code, places } = given.raw ? { code: text, places: given.places?.map(readPlace) } : readCarets(text);
  const around = surroundingsOf(rule, given);
  const run = runRule(rule, code, around);
  note(run, seen);
  expect(run.findings, "nothing is reported").not.toEqual([]);
  if (places) {
    expect(places, "the case marks no place").not.toEqual([]);
    const actual = actualPlaces(run, places);
    expect(drawCarets(code, actual)).toBe(drawCarets(code, places));
    expect(actual).toEqual([...places].sort(byPlace));
  }
  proveTexts(rule, run, given, around);
  const { messages, codes } = given;
  if (messages) expect(run.findings.map(({ message }) => message)).toEqual(messages);
  if (codes) expect(run.findings.map((finding) => finding.codes)).toEqual(codes);
  if (!given.raw) proveVariants(rule, code, around);
}

/** An example of the docs: its bad text is reported, its good one is not. */
export function proveExample(rule: Rule, { bad, good, ...given }: RuleExample, seen: Seen): void {
  const around = surroundingsOf(rule, given);
  const run = runRule(rule, bad, around);
  note(run, seen);
  expect(run.findings, "the bad example is reported").not.toEqual([]);
  fixAll(rule, bad, around);
  if (good === undefined) return;
  expect(runRule(rule, good, around).findings, "the good example is not reported").toEqual([]);
  assertNoNewProblems(bad, good, "the change to the good example");
}

/** What `meta` promises is what all cases together have shown. */
export function provePromises(rule: Rule, { fixes, suggestions, messages }: Seen): void {
  const { fixable, hasSuggestions, docs, defaultOptions } = rule.meta;
  expect(fixable === "code", "`fixable` says whether there are fixes").toBe(fixes);
  expect(docs.fix !== undefined, "`docs.fix` says how fixes are proved").toBe(fixes);
  expect(hasSuggestions === true, "`hasSuggestions` says whether there are suggestions").toBe(suggestions);
  const unseen = Object.keys(rule.meta.messages).filter((id) => !messages.has(id));
  expect(unseen, "messages that no case shows").toEqual([]);
  if (defaultOptions) assertOptions(rule, { ...defaultOptions[0] }, "the default options");
}

/** A case's options and the like, without what is expected of it. */
function surroundingsOf(rule: Rule, { options, settings, filename, answers }: Surroundings): Surroundings {
  if (options) assertOptions(rule, options, "the options");
  return {
    ...(options && { options }),
    ...(settings && { settings }),
    ...(filename !== undefined && { filename }),
    ...(answers && { answers }),
  };
}

function note({ findings }: CaseRun, seen: Seen): void {
  for (const { messageId, fix, suggestionIds } of findings) {
    seen.fixes ||= fix !== undefined;
    seen.suggestions ||= suggestionIds.length > 0;
    for (const id of [messageId, ...suggestionIds]) seen.messages.add(id);
  }
}

/** Messages are compared where the case shows their text. */
function actualPlaces({ findings }: CaseRun, expected: readonly MarkedPlace[]): MarkedPlace[] {
  const withText = new Set(expected.filter(({ message }) => message !== undefined).map(({ messageId }) => messageId));
  return findings
    .map((finding): MarkedPlace => {
      const { message, ...place } = placeOf(finding);
      return withText.has(place.messageId) && message !== undefined ? { ...place, message } : place;
    })
    .sort(byPlace);
}

function readPlace(text: string): MarkedPlace {
  const match = /^(\d+):(\d+)-(\d+):(\d+) (\w+)$/.exec(text);
  if (!match) throw new Error(`\`${text}\` is no place; write it like \`2:6-2:10 messageId\`.`);
  const [line = 0, column = 0, endLine = 0, endColumn = 0] = match.slice(1, 5).map(Number);
  return { line, column, endLine, endColumn, messageId: match[5] ?? "" };
}

function proveTexts(rule: Rule, run: CaseRun, given: ReportingCase, around: Surroundings): void {
  const { output = null, suggestions = [], raw = false } = given;
  const written = (text: string) => (raw ? text : dedent(text));
  const fixed = fixAll(rule, run.code, around);
  if (output === null) expect(fixed, "there is a fix, so `output` has to show it").toBe(run.code);
  else expect(fixed).toBe(written(output));
  const offered = run.findings
    .flatMap((finding) => finding.suggestions ?? [])
    .map(({ edits }) => applyEdits(run.code, edits));
  for (const text of offered) {
    assertNoNewProblems(run.code, text, "a suggestion");
    expect(text, "a suggestion changes nothing").not.toBe(run.code);
  }
  expect(offered).toEqual(suggestions.map(written));
}

/** With other line ends and with a byte order mark the same is reported and repaired. Cases with answers are left out: answers belong to one text. */
function proveVariants(rule: Rule, code: string, around: Surroundings): void {
  if (around.answers || code.includes("\r") || code.startsWith("\ufeff")) return;
  const plain = runRule(rule, code, around);
  const fixed = fixAll(rule, code, around);
  const places = (run: CaseRun) => run.findings.map(placeOf).map(({ message: _, ...place }) => place);

  const withReturns = (text: string) => text.replaceAll("\n", "\r\n");
  const returns = runRule(rule, withReturns(code), around);
  expect(places(returns), "with CR LF the same is reported").toEqual(places(plain));
  expect(fixAll(rule, returns.code, around), "with CR LF the same is repaired").toBe(withReturns(fixed));

  const marked = runRule(rule, `\ufeff${code}`, around);
  expect(places(marked), "with a byte order mark the same is reported").toEqual(places(plain));
  expect(fixAll(rule, marked.code, around), "with a byte order mark the same is repaired").toBe(`\ufeff${fixed}`);
}
