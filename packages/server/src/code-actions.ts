import type { Instruction, Range } from "@stagewright/ast";
import type { Edit, Finding, Rule } from "@stagewright/core";
import { CodeActionKind, type CodeAction, type Diagnostic } from "vscode-languageserver";
import { difference, textEdits, workspaceEdit } from "./edits.ts";
import { pinKind } from "./pin.ts";
import { splitKind } from "./split.ts";
import type { View } from "./view.ts";

export const fixAllKind = `${CodeActionKind.SourceFixAll}.stagewright`;
export const openDocsCommand = "stagewright.openDocumentation";

/** The kinds that the server offers. */
export const actionKinds = [CodeActionKind.QuickFix, fixAllKind, splitKind, pinKind];

export interface ActionContext {
  readonly findings: readonly Finding[];
  readonly rules: ReadonlyMap<string, Rule>;
  /** The client applies edits to a named version of a document. */
  readonly versioned: boolean;
  /** The client opens web pages for the server. */
  readonly showsDocuments: boolean;
  /** The diagnostic that the client was sent for a finding. */
  diagnosticOf(finding: Finding): Diagnostic;
  /** The text after all fixes of these rules; `null` when nothing changes. */
  fixed(only: ReadonlySet<string>): string | null;
  /** The rewrite as a multi-stage build, where the file allows it. */
  split(): readonly CodeAction[];
  /** What pins the image that stands there. */
  readonly pins: readonly CodeAction[];
}

/** Repairs and ways to ignore for what is found in a range, then what concerns the whole file. */
export function codeActions(
  view: View,
  range: Range,
  only: readonly string[] | undefined,
  context: ActionContext,
): CodeAction[] {
  const wanted = (kind: string): boolean =>
    !only || only.some((prefix) => kind === prefix || kind.startsWith(`${prefix}.`));
  const here = context.findings.filter((finding) => finding.range[0] <= range[1] && range[0] <= finding.range[1]);
  return [
    ...(wanted(CodeActionKind.QuickFix) ? quickFixes(view, here, context) : []),
    ...(wanted(fixAllKind) ? fixAll(view, context) : []),
    ...(wanted(pinKind) ? context.pins : []),
    ...(wanted(splitKind) ? context.split() : []),
  ];
}

function quickFixes(view: View, here: readonly Finding[], context: ActionContext): CodeAction[] {
  const rules = [...new Set(here.map(({ rule }) => rule))];
  return [
    ...here.flatMap((finding) => repairs(view, finding, context)),
    ...rules.flatMap((rule) => allOfRule(view, rule, here, context)),
    ...here.filter(isFirstOfItsRule).flatMap((finding) => ignores(view, finding, context)),
    ...rules.flatMap((rule) => documentation(rule, context)),
  ];
}

const isFirstOfItsRule = (finding: Finding, index: number, all: readonly Finding[]): boolean =>
  all.findIndex(({ rule }) => rule === finding.rule) === index;

function repairs(view: View, finding: Finding, context: ActionContext): CodeAction[] {
  const diagnostics = [context.diagnosticOf(finding)];
  const actions: CodeAction[] = [];
  if (finding.fix) {
    actions.push({
      title: `Fix: ${finding.rule}`,
      kind: CodeActionKind.QuickFix,
      isPreferred: true,
      diagnostics,
      edit: workspaceEdit(view, textEdits(view, finding.fix), context.versioned),
    });
  }
  for (const { message, edits } of finding.suggestions ?? []) {
    actions.push({
      title: message.replace(/\.$/, ""),
      kind: CodeActionKind.QuickFix,
      diagnostics,
      edit: workspaceEdit(view, textEdits(view, edits), context.versioned),
    });
  }
  return actions;
}

function allOfRule(view: View, rule: string, here: readonly Finding[], context: ActionContext): CodeAction[] {
  const fixable = context.findings.filter((finding) => finding.rule === rule && finding.fix);
  const text = fixable.length > 1 ? context.fixed(new Set([rule])) : null;
  if (text === null) return [];
  return [
    {
      title: `Fix all ${fixable.length} findings of ${rule}`,
      kind: CodeActionKind.QuickFix,
      diagnostics: here.filter((finding) => finding.rule === rule).map((finding) => context.diagnosticOf(finding)),
      edit: workspaceEdit(view, difference(view, text), context.versioned),
    },
  ];
}

function fixAll(view: View, context: ActionContext): CodeAction[] {
  const fixable = context.findings.filter(({ fix }) => fix).map(({ rule }) => rule);
  const text = fixable.length > 0 ? context.fixed(new Set(fixable)) : null;
  if (text === null) return [];
  const edit = workspaceEdit(view, difference(view, text), context.versioned);
  return [{ title: "Fix all that Stagewright can fix", kind: fixAllKind, edit }];
}

function documentation(name: string, { rules, showsDocuments }: ActionContext): CodeAction[] {
  const rule = rules.get(name);
  if (!rule || !showsDocuments) return [];
  const title = `Open the documentation of ${name}`;
  return [
    {
      title,
      kind: CodeActionKind.QuickFix,
      command: { title, command: openDocsCommand, arguments: [rule.meta.docs.url] },
    },
  ];
}

// Ignoring

function ignores(view: View, finding: Finding, context: ActionContext): CodeAction[] {
  if (!context.rules.has(finding.rule)) return [];
  const diagnostics = [context.diagnosticOf(finding)];
  const action = (title: string, edit: Edit): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    edit: workspaceEdit(view, textEdits(view, [edit]), context.versioned),
  });
  return [
    action(`Ignore ${finding.rule} here, with a reason`, ignoreHere(view, finding)),
    action(`Ignore ${finding.rule} in this file, with a reason`, ignoreInFile(view, finding.rule)),
  ];
}

/** What the author is to replace. */
const reason = "say why";

/**
 * A comment above the finding's line where that may stand between the lines of its instruction, else above the instruction; or one more
 * name in the comment that is there.
 */
function ignoreHere({ source: { ast, text } }: View, { rule, range: [start] }: Finding): Edit {
  const instruction = ast.instructions.findLast(({ range }) => range[0] <= start);
  const place = instruction && !mayHoldComment(instruction, start) ? instruction.range[0] : start;
  const line = text.lastIndexOf("\n", place - 1) + 1;
  const before = previousLine(text, line);
  const existing = /# stagewright-disable-next-line[ \t]+[\w/, \t-]*?(?=[ \t]+--|[ \t]*\r?\n$)/.exec(
    text.slice(before, line),
  );
  if (existing) {
    const end = before + existing.index + existing[0].length;
    return { range: [end, end], text: `, ${rule}` };
  }
  const indent = /^[ \t]*/.exec(text.slice(line, place))?.[0] ?? "";
  return { range: [line, line], text: `${indent}# stagewright-disable-next-line ${rule} -- ${reason}${lineEnd(text)}` };
}

/** Comments may stand between continued lines, not in heredocs. */
function mayHoldComment(instruction: Instruction, offset: number): boolean {
  const heredocs = "heredocs" in instruction ? instruction.heredocs : [];
  return !heredocs.some(({ range }) => range[0] <= offset);
}

const previousLine = (text: string, line: number): number => (line > 0 ? text.lastIndexOf("\n", line - 2) + 1 : 0);

/** Behind the parser directives, which have to stand first. */
function ignoreInFile({ source: { ast, text } }: View, rule: string): Edit {
  const last = ast.directives.at(-1);
  const next = last ? text.indexOf("\n", last.range[1]) + 1 : 0;
  const at = last && next === 0 ? text.length : Math.max(next, text.startsWith("\uFEFF") ? 1 : 0);
  const before = last && next === 0 ? lineEnd(text) : "";
  return { range: [at, at], text: `${before}# stagewright-disable ${rule} -- ${reason}${lineEnd(text)}` };
}

const lineEnd = (text: string): string => (text.includes("\r\n") ? "\r\n" : "\n");
