import type { Rule, Stage } from "@stagewright/core";
import { CompletionItemKind, CompletionItemTag, InsertTextFormat, type CompletionItem } from "vscode-languageserver";
import { typedAt, type Typed } from "./context.ts";
import { code, flagText, instructionText, ruleText } from "./hover.ts";
import { automaticArgs, directiveReference, instructionReference, mountReference, referenceOf } from "./reference.ts";
import { toRange, type View } from "./view.ts";

export interface CompletionOptions {
  /** The client understands `${1:placeholder}`. */
  readonly snippets: boolean;
  readonly rules: readonly Rule[];
}

/** What may be typed at an offset. */
export function completion(view: View, offset: number, options: CompletionOptions): CompletionItem[] {
  const { text } = view.source;
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset).replace(/^\uFEFF/, "");
  const typed = typedAt(view, offset);
  if (/^\s*#/.test(line)) return isInBody(view, offset) ? [] : inComment(view, offset, line, options);
  if (!typed) return isInBody(view, offset) ? [] : instructions(view, offset, /\w*$/.exec(line)?.[0] ?? "", options);
  return inInstruction(view, offset, typed, options).map((item) => placed(view, item, typed.wordStart, offset));
}

/** Inside the text of a heredoc, where nothing is known. */
const isInBody = (view: View, offset: number): boolean =>
  view.source.ast.instructions.some(
    (instruction) =>
      "heredocs" in instruction && instruction.heredocs.some(({ range }) => range[0] <= offset && offset < range[1]),
  );

type Draft = Omit<CompletionItem, "textEdit"> & {
  readonly text?: string;
  /** How many characters of the word stay as they are. */ readonly keep?: number;
};

function placed(view: View, { text, keep = 0, ...item }: Draft, wordStart: number, offset: number): CompletionItem {
  return {
    ...item,
    filterText: item.filterText ?? item.label,
    textEdit: { range: toRange(view, [wordStart + keep, offset]), newText: text ?? item.label },
  };
}

// Instructions

function instructions(view: View, offset: number, word: string, { snippets }: CompletionOptions): CompletionItem[] {
  const begun = view.source.facts.stages.all.some(({ from }) => from.range[0] < offset);
  const allowed = instructionReference.filter(({ name }) => begun || name === "FROM" || name === "ARG");
  return allowed.map((entry) => placed(view, instructionDraft(entry, word, snippets), offset - word.length, offset));
}

function instructionDraft(entry: (typeof instructionReference)[number], word: string, snippets: boolean): Draft {
  const lower = word !== "" && word === word.toLowerCase();
  const keyword = lower ? entry.name.toLowerCase() : entry.name;
  const rest = entry.snippet.slice(entry.name.length);
  return {
    label: keyword,
    kind: CompletionItemKind.Keyword,
    detail: entry.summary,
    documentation: { kind: "markdown", value: instructionText(entry.name) ?? "" },
    text: snippets ? keyword + rest : `${keyword} `,
    insertTextFormat: snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    ...(entry.deprecated && { tags: [CompletionItemTag.Deprecated] }),
  };
}

// Inside an instruction

function inInstruction(view: View, offset: number, typed: Typed, options: CompletionOptions): Draft[] {
  const { keyword, word, words } = typed;
  const variable = /\$(\{?)(\w*)$/.exec(word);
  if (variable) return variables(view, typed, offset, word.length - (variable[2] ?? "").length, variable[1] === "{");
  const onlyFlags = words.every((earlier) => earlier.startsWith("--"));
  if (onlyFlags && word.startsWith("-"))
    return word.includes("=") ? flagValues(view, typed, offset) : flags(typed, options);
  if (keyword === "ONBUILD" && words.length === 0) {
    return instructionReference
      .filter(({ name }) => !["FROM", "MAINTAINER", "ONBUILD"].includes(name))
      .map((entry) => instructionDraft(entry, word, options.snippets));
  }
  const position = words.filter((earlier) => !earlier.startsWith("--")).length;
  if (keyword === "FROM" && position === 0) return [...stages(view, offset, 0), scratch];
  if (keyword === "FROM" && position === 1)
    return [{ label: "AS", kind: CompletionItemKind.Keyword, detail: "Name the stage" }];
  if (keyword === "HEALTHCHECK" && position === 0) return healthchecks;
  if (keyword === "STOPSIGNAL" && position === 0)
    return signals.map((label) => ({ label, kind: CompletionItemKind.Constant }));
  if (keyword === "ARG")
    return automaticArgs.map(({ name, summary }) => ({
      label: name,
      kind: CompletionItemKind.Variable,
      detail: summary,
    }));
  return [];
}

const scratch: Draft = { label: "scratch", kind: CompletionItemKind.Constant, detail: "An empty image" };

const healthchecks: Draft[] = [
  { label: "CMD", kind: CompletionItemKind.Keyword, detail: "The command that tests the container" },
  { label: "NONE", kind: CompletionItemKind.Keyword, detail: "Switch off the base image's health check" },
];

const signals = ["SIGTERM", "SIGINT", "SIGQUIT", "SIGKILL", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGWINCH"];

const repeatable = new Set(["mount", "exclude", "device"]);

function flags({ keyword, words }: Typed, { snippets }: CompletionOptions): Draft[] {
  const used = new Set(words.map((word) => /^--([\w-]+)/.exec(word)?.[1]));
  const left = (referenceOf(keyword)?.flags ?? []).filter(({ name }) => repeatable.has(name) || !used.has(name));
  return left.map(({ name, value, summary }) => ({
    label: `--${name}`,
    kind: CompletionItemKind.Property,
    detail: summary,
    documentation: { kind: "markdown", value: flagText(keyword, name) ?? "" },
    text: value === null ? `--${name}` : `--${name}=`,
    ...(value !== null &&
      snippets && { command: { title: "Suggest values", command: "editor.action.triggerSuggest" } }),
  }));
}

function flagValues(view: View, typed: Typed, offset: number): Draft[] {
  const [, name = "", value = ""] = /^--([\w-]+)=(.*)$/.exec(typed.word) ?? [];
  const keep = typed.word.length - value.length;
  if (typed.keyword === "RUN" && name === "mount") return mountValues(view, typed, value, offset);
  if (name === "from" && typed.keyword === "COPY") return stages(view, offset, keep);
  const flag = referenceOf(typed.keyword)?.flags.find((candidate) => candidate.name === name);
  return (flag?.choices ?? []).map((label) => ({ label, keep, kind: CompletionItemKind.EnumMember }));
}

function mountValues(view: View, { word }: Typed, value: string, offset: number): Draft[] {
  const field = value.slice(value.lastIndexOf(",") + 1);
  const [key = "", chosen] = field.split("=", 2);
  const keep = word.length - (chosen ?? field).length;
  if (chosen === undefined) {
    const type = /(?:^|,)type=(\w+)/i.exec(value)?.[1]?.toLowerCase();
    if (!type && value === field)
      return mountReference.map((mount) => ({
        label: `type=${mount.type}`,
        keep,
        detail: mount.summary,
        kind: CompletionItemKind.EnumMember,
      }));
    const mount = mountReference.find((candidate) => candidate.type === (type ?? "bind"));
    const used = new Set(value.split(",").map((part) => part.split("=")[0]));
    const left = (mount?.options ?? []).filter((option) => !used.has(option.name));
    return left.map((option) => ({
      label: option.name,
      keep,
      detail: option.summary,
      text: option.value === null ? option.name : `${option.name}=`,
      kind: CompletionItemKind.Property,
    }));
  }
  if (key === "type")
    return mountReference.map(({ type, summary }) => ({
      label: type,
      keep,
      detail: summary,
      kind: CompletionItemKind.EnumMember,
    }));
  if (key === "from") return stages(view, offset, keep);
  if (key === "sharing")
    return ["shared", "private", "locked"].map((label) => ({ label, keep, kind: CompletionItemKind.EnumMember }));
  if (key === "required")
    return ["true", "false"].map((label) => ({ label, keep, kind: CompletionItemKind.EnumMember }));
  return [];
}

/** Stages before the one that the cursor is in, nearest first. */
function stages(view: View, offset: number, keep: number): Draft[] {
  const { all } = view.source.facts.stages;
  const current = all.findLastIndex(({ from }) => from.range[0] <= offset);
  return all
    .slice(0, Math.max(0, current))
    .reverse()
    .flatMap((stage, index) => stageDraft(stage, index, keep));
}

function stageDraft(stage: Stage, index: number, keep: number): Draft[] {
  const name = stage.from.stage?.value;
  if (name === undefined) return [];
  const base = stage.from.image?.word.value ?? "";
  return [
    {
      label: name,
      keep,
      kind: CompletionItemKind.Module,
      detail: `Stage ${stage.index}, FROM ${base}`,
      sortText: String(index).padStart(4, "0"),
    },
  ];
}

function variables(view: View, { instruction }: Typed, offset: number, keep: number, braced: boolean): Draft[] {
  const { facts, text } = view.source;
  const names = new Set<string>();
  const state = facts.state(instruction);
  if (instruction.type === "From")
    for (const { pairs } of facts.variables.globals) for (const { key } of pairs) names.add(key.value);
  else for (const name of [...state.args.keys(), ...state.env.keys()]) names.add(name);
  const automatic = instruction.type === "From" ? automaticArgs.map(({ name }) => name) : [];
  const close = braced && text[offset] !== "}" ? "}" : "";
  return [...new Set([...names, ...automatic])].map((name) => {
    const value = facts.variables.lookup(name, instruction);
    return {
      label: name,
      keep,
      kind: CompletionItemKind.Variable,
      text: name + close,
      ...(value.kind === "value" && {
        detail: value.value,
        documentation: { kind: "markdown" as const, value: code(value.value) },
      }),
    };
  });
}

// Comments

const ignoring = [
  { label: "stagewright-disable-next-line", detail: "Ignore findings of the next instruction" },
  { label: "stagewright-disable", detail: "Ignore findings from here on" },
  { label: "stagewright-enable", detail: "Report findings again" },
  { label: "hadolint ignore=", detail: "Ignore findings of the next instruction, as in hadolint" },
];

function inComment(view: View, offset: number, line: string, { rules, snippets }: CompletionOptions): CompletionItem[] {
  const own = /^\s*#\s*stagewright-(?:disable-next-line|disable|enable)\s+((?:[\w/-]+\s*,?\s*)*)$/.exec(line);
  if (own) return ruleNames(view, offset, line, rules, "name");
  if (/^\s*#\s*hadolint\s+(?:global\s+|stage\s+)?ignore\s*=\s*[\w,\s-]*$/.test(line))
    return ruleNames(view, offset, line, rules, "hadolint");
  if (/^\s*#\s*check\s*=\s*(?:\S*;)?skip=[\w,]*$/.test(line)) return ruleNames(view, offset, line, rules, "buildkit");
  const start = /^\s*#\s*([\w-]*)$/.exec(line);
  if (!start) return [];
  const wordStart = offset - (start[1] ?? "").length;
  const isTop = view.source.ast.instructions.every(({ range }) => range[0] >= offset);
  const directives: Draft[] = directiveReference.map(({ name, value, summary }) => ({
    label: `${name}=`,
    detail: summary,
    kind: CompletionItemKind.Keyword,
    text: snippets ? `${name}=\${1:${value.replaceAll("\\", "\\\\")}}` : `${name}=`,
    insertTextFormat: snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
  }));
  const comments: Draft[] = ignoring.map((item) => ({
    ...item,
    kind: CompletionItemKind.Keyword,
    text: item.label.endsWith("=") ? item.label : `${item.label} `,
  }));
  return [...(isTop ? directives : []), ...comments].map((item) => placed(view, item, wordStart, offset));
}

function ruleNames(
  view: View,
  offset: number,
  line: string,
  rules: readonly Rule[],
  kind: "name" | "hadolint" | "buildkit",
): CompletionItem[] {
  const word = /[\w/-]*$/.exec(line)?.[0] ?? "";
  const drafts = rules.flatMap((rule): Draft[] => {
    const labels =
      kind === "name" ? [rule.name] : rule.meta.docs.sources.filter(({ tool }) => tool === kind).map(({ id }) => id);
    return labels.map((label) => ({
      label,
      kind: CompletionItemKind.Value,
      detail: rule.meta.docs.description,
      documentation: { kind: "markdown", value: ruleText(rule) },
    }));
  });
  const unique = new Map(drafts.map((draft) => [draft.label, draft]));
  return [...unique.values()].map((draft) => placed(view, draft, offset - word.length, offset));
}
