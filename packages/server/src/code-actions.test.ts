import type { Edit, Finding, Rule } from "@stagewright/core";
import { createRule } from "@stagewright/core";
import { expect, test } from "vitest";
import type { CodeAction, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { codeActions, fixAllKind } from "./code-actions.ts";
import { diagnostic } from "./diagnostics.ts";
import { difference } from "./edits.ts";
import { uri, viewOf } from "./testing/view.ts";
import type { View } from "./view.ts";

const rule: Rule = createRule<"wrong">({
  name: "some-rule",
  meta: {
    type: "problem",
    schema: [],
    docs: {
      description: "Do it right",
      why: "It helps.",
      category: "deprecated",
      severity: "warning",
      recommended: true,
      sources: [],
      examples: [],
    },
    messages: { wrong: "Wrong." },
  },
  create: () => ({}),
});
const rules = new Map([[rule.name, rule]]);
const can = { related: true, links: true, tags: [1, 2] as const };

function finding(view: View, part: string, more: Partial<Finding> = {}): Finding {
  const start = view.source.text.indexOf(part);
  const range = [start, start + part.length] as const;
  return {
    rule: rule.name,
    codes: ["DL9999"],
    severity: "warning",
    message: "Wrong.",
    range,
    loc: view.source.locate(range),
    ...more,
  };
}

function actionsFor(
  view: View,
  findings: readonly Finding[],
  fixed: (only: ReadonlySet<string>) => string | null = () => null,
): CodeAction[] {
  return codeActions(view, findings[0]?.range ?? [0, 0], undefined, {
    findings,
    rules,
    versioned: false,
    showsDocuments: true,
    diagnosticOf: (one) => diagnostic(view, one, rules, can),
    fixed,
    split: () => [],
    pins: [],
  });
}

function applied({ document }: View, edit: WorkspaceEdit | undefined): string {
  const edits: TextEdit[] = edit?.changes?.[uri] ?? [];
  return TextDocument.applyEdits(document, edits);
}

const after = (view: View, actions: readonly CodeAction[], title: string): string =>
  applied(view, actions.find((action) => action.title.startsWith(title))?.edit);

test("offers the fix, suggestions, the whole rule, both ways to ignore and the documentation", () => {
  const view = viewOf("FROM a\nRUN x\nRUN x\n");
  const fix: Edit[] = [{ range: [11, 12], text: "y" }];
  const findings = [
    finding(view, "x", { fix, suggestions: [{ message: "Use z.", edits: [{ range: [11, 12], text: "z" }] }] }),
    finding(view, "x\nRUN", { fix }),
  ];
  const actions = actionsFor(
    view,
    [findings[0] as Finding, { ...findings[1], range: [17, 18] } as Finding],
    () => "FROM a\nRUN y\nRUN y\n",
  );
  expect(actions.map(({ title }) => title)).toEqual([
    "Fix: some-rule",
    "Use z",
    "Fix all 2 findings of some-rule",
    "Ignore some-rule here, with a reason",
    "Ignore some-rule in this file, with a reason",
    "Open the documentation of some-rule",
    "Fix all that Stagewright can fix",
  ]);
  expect(after(view, actions, "Fix: some")).toBe("FROM a\nRUN y\nRUN x\n");
  expect(after(view, actions, "Use z")).toBe("FROM a\nRUN z\nRUN x\n");
  expect(after(view, actions, "Fix all 2")).toBe("FROM a\nRUN y\nRUN y\n");
  expect(actions[0]).toMatchObject({ isPreferred: true, diagnostics: [{ code: "some-rule" }] });
});

test("offers only the kinds that are asked for", () => {
  const view = viewOf("FROM a\n");
  const found = finding(view, "a", { fix: [{ range: [5, 6], text: "b" }] });
  const context = {
    findings: [found],
    rules,
    versioned: true,
    showsDocuments: false,
    diagnosticOf: (one: Finding) => diagnostic(view, one, rules, can),
    fixed: (only: ReadonlySet<string>) => (only.has(rule.name) ? "FROM b\n" : null),
    split: () => [],
    pins: [],
  };
  expect(codeActions(view, [0, 0], ["source.fixAll"], context)).toMatchObject([
    { kind: fixAllKind, edit: { documentChanges: [{ textDocument: { uri, version: 1 }, edits: [{ newText: "b" }] }] } },
  ]);
  expect(codeActions(view, [0, 9], ["refactor"], context)).toEqual([]);
});

const ignoring = (text: string, part: string, title: string): string => {
  const view = viewOf(text);
  return after(view, actionsFor(view, [finding(view, part)]), title);
};

test("ignores a finding above its line, in a heredoc above the instruction", () => {
  expect(ignoring("FROM a\nRUN b && \\\n    cd x\n", "cd", "Ignore some-rule here")).toBe(
    "FROM a\nRUN b && \\\n    # stagewright-disable-next-line some-rule -- say why\n    cd x\n",
  );
  expect(ignoring("FROM a\nRUN <<E\ncd x\nE\n", "cd", "Ignore some-rule here")).toBe(
    "FROM a\n# stagewright-disable-next-line some-rule -- say why\nRUN <<E\ncd x\nE\n",
  );
});

test("adds a name to the comment that is there", () => {
  expect(ignoring("FROM a\n# stagewright-disable-next-line other -- so\nRUN b\n", "RUN", "Ignore some-rule here")).toBe(
    "FROM a\n# stagewright-disable-next-line other, some-rule -- so\nRUN b\n",
  );
  expect(ignoring("FROM a\r\n# stagewright-disable-next-line other\r\nRUN b\r\n", "RUN", "Ignore some-rule here")).toBe(
    "FROM a\r\n# stagewright-disable-next-line other, some-rule\r\nRUN b\r\n",
  );
});

test("ignores a rule in the file behind the parser directives", () => {
  expect(ignoring("# syntax=x\n# escape=`\nFROM a\n", "a\n", "Ignore some-rule in this file")).toBe(
    "# syntax=x\n# escape=`\n# stagewright-disable some-rule -- say why\nFROM a\n",
  );
  expect(ignoring("\uFEFFFROM a\n", "a\n", "Ignore some-rule in this file")).toBe(
    "\uFEFF# stagewright-disable some-rule -- say why\nFROM a\n",
  );
});

test("makes one small edit of a new text, line ends whole", () => {
  const view = viewOf("a\r\nb\r\nc\r\n");
  expect(difference(view, "a\nb\r\nc\r\n")).toEqual([
    { range: { start: { line: 0, character: 1 }, end: { line: 1, character: 0 } }, newText: "\n" },
  ]);
  expect(TextDocument.applyEdits(view.document, difference(view, "a\r\nc\r\n"))).toBe("a\r\nc\r\n");
});

test("says in the protocol's words what is known of a finding", () => {
  const view = viewOf("FROM a\nRUN x\n");
  const related = finding(view, "a");
  expect(
    diagnostic(
      view,
      finding(view, "x", { severity: "style", related: [{ ...related, message: "There." }] }),
      rules,
      can,
    ),
  ).toEqual({
    range: { start: { line: 1, character: 4 }, end: { line: 1, character: 5 } },
    severity: 4,
    code: "some-rule",
    codeDescription: { href: rule.meta.docs.url },
    source: "stagewright",
    message: "Wrong.",
    tags: [2],
    data: { codes: ["DL9999"], fixable: false },
    relatedInformation: [
      {
        location: { uri, range: { start: { line: 0, character: 5 }, end: { line: 0, character: 6 } } },
        message: "There.",
      },
    ],
  });
});
