import type { Comment, Instruction } from "@stagewright/ast";
import type { SourceCode } from "@stagewright/core";

/** `# shellcheck disable=` above or inside an instruction. */
export interface ShellCheckDirective {
  disables(code: number): boolean;
  /** `shell=`, above an instruction. */
  readonly shell: string | null;
  /** First and last line, from 1, both included. */
  readonly covers: readonly [first: number, last: number];
}

/** Nearly no file does; asked once for all of its RUNs. */
const mentionsShellCheck = ({ comments }: SourceCode): boolean =>
  comments.some(({ value }) => value.includes("shellcheck"));

/** The directives that hold for an instruction. Those in the body of a heredoc are part of the script: ShellCheck reads them. */
export function directivesFor(sourceCode: SourceCode, instruction: Instruction): ShellCheckDirective[] {
  if (!sourceCode.facts.derived(mentionsShellCheck)) return [];
  const { startLine, endLine } = instruction;
  const above = new Map<number, Comment>();
  const directives: ShellCheckDirective[] = [];
  for (const comment of sourceCode.comments) {
    const { line } = comment.loc.start;
    if (line < startLine) above.set(line, comment);
    else if (line <= endLine && comment.inside)
      directives.push(...read(comment, [line, endOfCommand(sourceCode, line, endLine)]));
  }
  for (let line = startLine - 1; ; line--) {
    const comment = above.get(line);
    if (!comment) return directives;
    directives.push(...read(comment, [startLine, endLine]));
  }
}

/** The last line of the command that begins below a comment. */
function endOfCommand({ lines }: SourceCode, comment: number, last: number): number {
  let line = comment + 1;
  while (line < last) {
    const text = lines[line - 1] ?? "";
    if (!/^\s*(#|$)/.test(text) && /(&&|\|\||[;|&]|\b(do|then|else)|\{)\s*[\\`]?\s*$/.test(text)) return line;
    line++;
  }
  return last;
}

function read(comment: Comment, covers: ShellCheckDirective["covers"]): ShellCheckDirective[] {
  const words = /^\s*shellcheck\s+([^#]*)/.exec(comment.value)?.[1]?.trim().split(/\s+/) ?? [];
  const values = (key: string) =>
    words.filter((word) => word.startsWith(`${key}=`)).map((word) => word.slice(key.length + 1));
  const ranges = values("disable")
    .flatMap((list) => list.split(","))
    .map(codeRange);
  const shell = values("shell")[0] ?? null;
  if (ranges.length === 0 && shell === null) return [];
  return [{ covers, shell, disables: (code) => ranges.some(([first, last]) => first <= code && code <= last) }];
}

/** `SC2086`, `2086`, `SC3000-SC3061`, `all`. */
function codeRange(text: string): readonly [number, number] {
  if (text === "all") return [0, Infinity];
  const match = /^(?:SC)?(\d+)(?:-(?:SC)?(\d+))?$/.exec(text);
  if (!match) return [Infinity, 0];
  const first = Number(match[1]);
  return [first, match[2] === undefined ? first : Number(match[2])];
}
