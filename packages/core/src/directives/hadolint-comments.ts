import type { Comment } from "@stagewright/ast";
import { type CommentMistake, type IgnoreComment, type IgnoreName, type Token, tokensIn } from "./ignore-comment.ts";
import type { InstructionLines } from "./instruction-lines.ts";
import type { KnownNames } from "./known-names.ts";

/**
 * hadolint's pragmas (see its manual): `ignore=` for the instruction on the very next line, `stage ignore=` from the line after the next one to the line after
 * the next FROM, `global ignore=` for the file. As for hadolint, a comment counts for nothing when its list holds anything but codes, or when text without a
 * `#` follows.
 */
export function hadolintComment(
  comment: Comment,
  instructions: InstructionLines,
  known: KnownNames,
  mistakes: CommentMistake[],
): IgnoreComment | null {
  const match = /^(\s*hadolint\s+(?:(global|stage)\s+)?ignore\s*=)([^]*)$/.exec(comment.value);
  if (!match || comment.inside) return null;
  const [, head = "", scope, rest = ""] = match;
  const start = comment.range[0] + 1 + head.length;
  const list = /^\s*[DLSC\d]+(?:\s*,\s*[DLSC\d]+)*(?=\s*(?:#|$))/.exec(rest)?.[0];
  if (list === undefined) {
    mistakes.push(...voided(rest, start, comment));
    return null;
  }
  return {
    syntax: "hadolint",
    range: comment.range,
    names: tokensIn(list, start).map((token) => nameOf(token, known, mistakes)),
    reason: /#\s*(\S[^]*)$/.exec(rest)?.[1]?.trim() ?? null,
    reach: { kind: "lines", ...linesOf(scope, comment.loc.start.line, instructions) },
  };
}

const everything = Number.MAX_SAFE_INTEGER;

function linesOf(scope: string | undefined, line: number, instructions: InstructionLines) {
  if (scope === "global") return { first: 1, last: everything };
  if (scope === "stage") return { first: line + 2, last: instructions.fromAfter(line + 1)?.endLine ?? everything };
  const node = instructions.after(line);
  return node?.startLine === line + 1 ? { first: line + 1, last: node.endLine } : { first: 1, last: 0 };
}

function nameOf(token: Token, known: KnownNames, mistakes: CommentMistake[]): IgnoreName {
  if (known.isKnown(token.text)) return { ...token, keys: [token.text] };
  mistakes.push(unknownCode(token, known, ""));
  return { ...token, keys: [] };
}

/** Why hadolint passes a comment over. */
function voided(rest: string, start: number, comment: Comment): CommentMistake[] {
  const why = "so hadolint passes the whole comment over";
  const names = tokensIn(rest.replace(/#[^]*$/, ""), start);
  const wrong = names.filter(({ text }) => !/^[DLSC\d]+$/.test(text));
  if (wrong.length === 0) {
    return [{ message: `Its codes are not separated by commas, ${why}.`, range: comment.range }];
  }
  return wrong.slice(0, 1).map(({ text, range }) => {
    const upper = text.toUpperCase();
    if (!/^[DLSC\d]+$/.test(upper))
      return { message: `\`${text}\` is no code, ${why}; text goes behind a \`#\`.`, range };
    return { message: `Codes are written in capitals, ${why}: \`${upper}\`.`, range, replacement: upper };
  });
}

/** A name that a comment of another tool may hold but that no rule knows. */
export function unknownCode({ text, range }: Token, known: KnownNames, hint: string): CommentMistake {
  const near = known.nearest(text);
  if (near === null) return { message: `No rule and no code is called \`${text}\`${hint || "."}`, range };
  return { message: `No rule and no code is called \`${text}\`; did you mean \`${near}\`?`, range, replacement: near };
}
