import type { Edit } from "@stagewright/core";
import type { TextEdit, WorkspaceEdit } from "vscode-languageserver";
import { toRange, type View } from "./view.ts";

export const textEdits = (view: View, edits: readonly Edit[]): TextEdit[] =>
  edits.map(({ range, text }) => ({ range: toRange(view, range), newText: text }));

/** One edit that turns the document into `text` and leaves its equal start and end alone. */
export function difference(view: View, text: string): TextEdit[] {
  const old = view.source.text;
  const shorter = Math.min(old.length, text.length);
  let start = 0;
  while (start < shorter && old[start] === text[start]) start++;
  let end = 0;
  while (end < shorter - start && old[old.length - 1 - end] === text[text.length - 1 - end]) end++;
  if (isInsideLineEnd(old, start)) start--;
  if (isInsideLineEnd(old, old.length - end)) end--;
  return [{ range: toRange(view, [start, old.length - end]), newText: text.slice(start, text.length - end) }];
}

/** Positions of the protocol cannot lie between the two characters of a line end. */
const isInsideLineEnd = (text: string, offset: number): boolean => text[offset - 1] === "\r" && text[offset] === "\n";

export function workspaceEdit({ uri, version }: View, edits: TextEdit[], versioned: boolean): WorkspaceEdit {
  return versioned ? { documentChanges: [{ textDocument: { uri, version }, edits }] } : { changes: { [uri]: edits } };
}
