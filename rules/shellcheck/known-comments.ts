import { type Answers, type Request, type ShellCheckComment } from "@stagewright/core";

/** A comment at the first place of `at` in its script, with what its repair puts around that, or in place of its first and last character. */
type KnownComment = Pick<ShellCheckComment, "code" | "level" | "message"> & {
  readonly at: string;
  readonly around?: readonly [string, string] | undefined;
  readonly instead?: readonly [string, string] | undefined;
};

/** ShellCheck's comments by script, for examples and tests. */
export function knownComments(scripts: Readonly<Record<string, readonly KnownComment[]>>): Answers {
  return { get: (request: Request) => answer(request) as never };

  function answer(request: Request): readonly ShellCheckComment[] | undefined {
    if (request.kind !== "shellcheck") return undefined;
    return scripts[request.script]?.map((comment) => place(comment, request.script));
  }
}

function place({ at, around, instead, ...comment }: KnownComment, script: string): ShellCheckComment {
  const index = script.indexOf(at);
  if (index < 0) throw new Error(`The script has no ${at}.`);
  const end = index + at.length;
  const span = (from: number, to: number) => {
    const [start, stop] = [spot(script, from), spot(script, to)];
    return { ...start, endLine: stop.line, endColumn: stop.column };
  };
  const insertions = around?.map((text, side) => ({ ...span(side ? end : index, side ? end : index), text })) ?? [];
  const exchanges =
    instead?.map((text, side) => ({ ...span(side ? end - 1 : index, side ? end : index + 1), text })) ?? [];
  return {
    ...comment,
    ...span(index, end),
    replacements: [...insertions, ...exchanges].filter(({ text }) => text !== ""),
  };
}

function spot(script: string, index: number): { readonly line: number; readonly column: number } {
  const lines = script.slice(0, index).split("\n");
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
}
