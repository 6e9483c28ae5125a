import type { Comment } from "@stagewright/ast";
import { distance } from "fastest-levenshtein";
import type { SourceCode } from "../source-code.ts";
import { type CommentMistake, type IgnoreComment, type IgnoreName, tokensIn } from "./ignore-comment.ts";
import type { InstructionLines } from "./instruction-lines.ts";
import type { KnownNames } from "./known-names.ts";

const kinds = ["disable-next-line", "disable-line", "disable", "enable"] as const;

type Kind = (typeof kinds)[number];

/** `# stagewright-disable-next-line NAME, NAME -- reason` and its kind; `null` for other comments. */
export function ownComment(
  comment: Comment,
  sourceCode: SourceCode,
  instructions: InstructionLines,
  known: KnownNames,
  mistakes: CommentMistake[],
): IgnoreComment | null {
  const match = /^(\s*stagewright-)([\w-]+)([^]*)$/.exec(comment.value);
  if (!match) return null;
  const [, head = "", kind = "", rest = ""] = match;
  const kindStart = comment.range[0] + 1 + head.length;
  if (!isKind(kind)) {
    mistakes.push(...misspelled(kind, kindStart));
    return null;
  }
  const dashes = /(^|\s)--(\s|$)/.exec(rest);
  const reason = dashes ? rest.slice(dashes.index + dashes[0].length).trim() || null : null;
  const list = dashes ? rest.slice(0, dashes.index) : rest;
  const names = tokensIn(list, kindStart + kind.length).map((token): IgnoreName => {
    const name = known.canonical(token.text);
    if (name === null) mistakes.push(unknownName(token, known, dashes !== null));
    return { ...token, keys: name === null ? [] : [name] };
  });
  return {
    syntax: "stagewright",
    range: comment.range,
    names: names.length > 0 ? names : [{ text: "", range: comment.range, keys: ["*"] }],
    reason,
    reach: reachOf(kind, comment, sourceCode, instructions),
  };
}

const isKind = (kind: string): kind is Kind => (kinds as readonly string[]).includes(kind);

function reachOf(
  kind: Kind,
  comment: Comment,
  sourceCode: SourceCode,
  instructions: InstructionLines,
): IgnoreComment["reach"] {
  const { line } = comment.loc.start;
  if (kind === "disable" || kind === "enable") return { kind, line };
  if (kind === "disable-line") return { kind: "lines", first: line, last: line };
  if (comment.inside) {
    const next = nextTextLine(line, sourceCode.lines);
    return { kind: "lines", first: next, last: next };
  }
  const node = instructions.after(line);
  return { kind: "lines", first: node?.startLine ?? line + 1, last: node?.endLine ?? line + 1 };
}

/** The next line of a continued instruction that is neither blank nor a comment. */
function nextTextLine(line: number, lines: readonly string[]): number {
  let next = line + 1;
  while (/^\s*(#.*)?$/.test(lines[next - 1] ?? "x")) next++;
  return next;
}

/** A word after `stagewright-` that is nearly one of ours; other words may be prose. */
function misspelled(kind: string, start: number): CommentMistake[] {
  const range = [start, start + kind.length] as const;
  const near = [...kinds].sort((a, b) => distance(a, kind) - distance(b, kind))[0] ?? "disable";
  if (distance(near, kind) > 4 && !/^(disable|enable|ignore)/.test(kind)) return [];
  const message = `There is no comment \`stagewright-${kind}\`; did you mean \`stagewright-${near}\`?`;
  return [{ message, range, replacement: near }];
}

const unsilenceable = ["syntax", "internal", "unused-ignore", "unknown-ignore", "ignore-reason"];

function unknownName(
  { text, range }: { readonly text: string; readonly range: CommentMistake["range"] },
  known: KnownNames,
  hasReason: boolean,
): CommentMistake {
  if (unsilenceable.includes(text)) return { message: `No comment can silence \`${text}\`.`, range };
  const near = known.nearest(text);
  if (near !== null) {
    const message = `No rule and no code is called \`${text}\`; did you mean \`${near}\`?`;
    return { message, range, replacement: near };
  }
  const hint = hasReason ? "." : "; a reason goes behind ` -- `.";
  return { message: `No rule and no code is called \`${text}\`${hint}`, range };
}
