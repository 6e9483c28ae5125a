import type { Instruction } from "@stagewright/ast";
import { instructionReference } from "./reference.ts";
import { unwrapped, type View } from "./view.ts";

/** What has been typed of an instruction up to the cursor. */
export interface Typed {
  readonly instruction: Instruction;
  /** In upper case; of ONBUILD's instruction where there is one. */
  readonly keyword: string;
  /** Words after the keyword that are complete. */
  readonly words: readonly string[];
  /** The word at the cursor, up to it; `""` between words. */
  readonly word: string;
  /** Where that word begins in the file. */
  readonly wordStart: number;
}

/** The instruction that text typed at the offset would belong to, or `null` at a place where a new one begins. */
export function typedAt(view: View, offset: number): Typed | null {
  const { ast, text } = view.source;
  const outer = ast.instructions.findLast(({ range }) => range[0] <= offset);
  if (!outer || !reaches(text, outer.range[1], offset)) return null;
  if (
    unwrapped(outer).some(
      (inner) => "heredocs" in inner && inner.heredocs.some(({ range }) => range[0] <= offset && offset <= range[1]),
    )
  )
    return null;
  const typed = text.slice(outer.range[0], offset);
  const open = withoutContinuations(typed, ast.escape);
  const words = open.split(/[ \t]+/);
  const word = words.pop() ?? "";
  if (words.length === 0) return null;
  const instruction = unwrapped(outer).at(-1) ?? outer;
  const inOnbuild = words[0]?.toUpperCase() === "ONBUILD" && isInstruction(words[1]);
  const [keyword = "", ...rest] = inOnbuild ? words.slice(1) : words;
  return { instruction, keyword: keyword.toUpperCase(), words: rest, word, wordStart: offset - word.length };
}

const isInstruction = (word: string | undefined): boolean =>
  instructionReference.some(({ name }) => name === word?.toUpperCase());

/** Nothing but blanks and continuations stand between the instruction's end and the cursor. */
const reaches = (text: string, end: number, offset: number): boolean =>
  offset <= end || /^[ \t]*(?:[\\`][ \t]*\r?\n[ \t]*)*$/.test(text.slice(end, offset));

function withoutContinuations(text: string, escape: string): string {
  const lines = text.split(/\r?\n/);
  const last = lines.pop() ?? "";
  const joined = lines
    .filter((line, index) => index === 0 || !/^\s*(?:#|$)/.test(line))
    .map((line) => (line.trimEnd().endsWith(escape) ? line.trimEnd().slice(0, -1) : line));
  return [...joined, last].join("");
}
