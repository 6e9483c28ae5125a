import type { Comment, Directive } from "@stagewright/ast";
import { unknownCode } from "./hadolint-comments.ts";
import { type CommentMistake, type IgnoreComment, type IgnoreName, tokensIn } from "./ignore-comment.ts";
import type { InstructionLines } from "./instruction-lines.ts";
import type { KnownNames } from "./known-names.ts";

const everything = Number.MAX_SAFE_INTEGER;

/** Checks of the file as a whole: a comment above an instruction does not reach them (dockerfile2llb of BuildKit 0.34). */
const fileChecks: readonly string[] = [
  "ConsistentInstructionCasing",
  "DuplicateStageName",
  "InvalidBaseImagePlatform",
  "InvalidDefaultArgInFrom",
  "NoEmptyContinuation",
  "ReservedStageName",
];

/** `# check=skip=A,B;error=true` at the top of the file. */
export function checkDirective(
  { value, valueRange, range }: Directive,
  known: KnownNames,
  mistakes: CommentMistake[],
): IgnoreComment | null {
  const names = skipped(value, valueRange[0], known, "file", mistakes);
  const reach = { kind: "lines", first: 1, last: everything } as const;
  return names && { syntax: "buildkit", range, names, reason: null, reach };
}

/**
 * `# check=skip=A,B` above an instruction, as BuildKit's `WithMergedConfigFromComments` reads it: of all comments above the instruction, blank lines between them or
 * not, the first one that is a `check`; an empty comment cuts off those above it, and one that does not start its line is none.
 */
export function checkComments(
  comments: readonly Comment[],
  text: string,
  instructions: InstructionLines,
  known: KnownNames,
  mistakes: CommentMistake[],
): IgnoreComment[] {
  const first = new Map<number, Found>();
  for (const comment of comments) {
    if (comment.inside || !startsLine(comment, text)) continue;
    const line = instructions.after(comment.loc.start.line)?.startLine;
    if (line === undefined) continue;
    if (comment.value.trim() === "") {
      first.delete(line);
      continue;
    }
    const match = /^(\s*check\s*=\s*)(\S[^]*?)\s*$/i.exec(comment.value);
    if (!match || first.has(line)) continue;
    const [, head = "", value = ""] = match;
    first.set(line, { comment, value, start: comment.range[0] + 1 + head.length });
  }
  return [...first].flatMap(([line, { comment, value, start }]) => {
    const names = skipped(value, start, known, "instruction", mistakes);
    const last = instructions.after(line - 1)?.endLine ?? line;
    if (!names) return [];
    return [
      { syntax: "buildkit", range: comment.range, names, reason: null, reach: { kind: "lines", first: line, last } },
    ];
  });
}

interface Found {
  readonly comment: Comment;
  readonly value: string;
  readonly start: number;
}

function startsLine({ range }: Comment, text: string): boolean {
  const before = text[range[0] - 1];
  return before === undefined || before === "\n" || (range[0] === 1 && before === "\ufeff");
}

/** The names of `skip`, as BuildKit's ParseLintOptions reads the text up to the first blank; `null` where BuildKit refuses it or nothing is skipped. */
function skipped(
  value: string,
  start: number,
  known: KnownNames,
  scope: "file" | "instruction",
  mistakes: CommentMistake[],
): IgnoreName[] | null {
  const [read = ""] = value.split(" ", 1);
  let names: IgnoreName[] | null = null;
  let offset = start;
  for (const option of read.split(";")) {
    const sign = option.indexOf("=");
    const key = (sign === -1 ? option : option.slice(0, sign)).trim();
    if (sign === -1 || !["skip", "error", "experimental"].includes(key)) {
      const message = `BuildKit refuses the option \`${option}\`; there are \`skip=\`, \`error=\` and \`experimental=\`.`;
      mistakes.push({ message, range: [offset, offset + option.length] });
      return null;
    }
    if (key === "skip") {
      names = tokensIn(option.slice(sign + 1), offset + sign + 1).map((token) => {
        const keys = keysOf(token.text, known, scope);
        if (keys === null) mistakes.push(unknownCode(token, known, ""));
        else if (keys.length === 0) {
          const message = `BuildKit skips \`${token.text}\` for the whole file only, by \`# check=skip=${token.text}\` at its top.`;
          mistakes.push({ message, range: token.range });
        }
        return { ...token, keys: keys ?? [] };
      });
    }
    offset += option.length + 1;
  }
  return names;
}

/** `null` for a name that nobody knows, empty for one that cannot be skipped here. */
function keysOf(text: string, known: KnownNames, scope: "file" | "instruction"): readonly string[] | null {
  const canSkip = (name: string) => scope === "file" || !fileChecks.includes(name);
  if (text === "all") return known.buildkit.filter(canSkip);
  if (!known.isKnown(text)) return null;
  return canSkip(text) ? [text] : [];
}
