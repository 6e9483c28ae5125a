import { createSourceCode } from "@stagewright/core";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { View } from "../view.ts";

export const uri = "file:///project/Dockerfile";

/** A view of a text. */
export function viewOf(text: string): View {
  return { uri, version: 1, document: TextDocument.create(uri, "dockerfile", 1, text), source: createSourceCode(text) };
}

/** A view of a text without its `|`, and where that stood. */
export function atCursor(marked: string): { view: View; offset: number } {
  const offset = marked.indexOf("|");
  if (offset < 0) throw new Error("The text has no cursor.");
  return { view: viewOf(marked.slice(0, offset) + marked.slice(offset + 1)), offset };
}

/** The text of a view at a range of the protocol. */
export const textAt = ({ document }: View, range: Parameters<TextDocument["getText"]>[0]): string =>
  document.getText(range);
