import { type Answers, type Request, type ShellCheckComment } from "@stagewright/core";

/** A comment at the first place of `at` in its script; `around` is what is put before and behind it. */
type KnownComment = Pick<ShellCheckComment, "code" | "level" | "message"> & {
  readonly at: string;
  readonly around?: readonly [string, string];
};

/** ShellCheck's comments by script, for examples and tests. */
export function knownComments(scripts: Readonly<Record<string, readonly KnownComment[]>>): Answers {
  return { get: (request: Request) => answer(request) as never };

  function answer(request: Request): readonly ShellCheckComment[] | undefined {
    if (request.kind !== "shellcheck") return undefined;
    return scripts[request.script]?.map((comment) => place(comment, request.script));
  }
}

function place({ at, around, ...comment }: KnownComment, script: string): ShellCheckComment {
  const index = script.indexOf(at);
  if (index < 0) throw new Error(`The script has no ${at}.`);
  const start = spot(script, index);
  const end = spot(script, index + at.length);
  const insert = ({ line, column }: typeof start, text: string) => ({
    line,
    column,
    endLine: line,
    endColumn: column,
    text,
  });
  return {
    ...comment,
    ...start,
    endLine: end.line,
    endColumn: end.column,
    replacements: around ? [insert(start, around[0]), insert(end, around[1])] : [],
  };
}

function spot(script: string, index: number): { readonly line: number; readonly column: number } {
  const lines = script.slice(0, index).split("\n");
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
}
