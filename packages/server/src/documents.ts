import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { Answers } from "@stagewright/core";
import { TextDocuments } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Engine } from "./engine.ts";
import type { View } from "./view.ts";

/** The open documents, kept up to date by the client's incremental edits, each with the tree of its newest version. */
export class Documents {
  readonly open = new TextDocuments(TextDocument);
  readonly #views = new Map<string, View>();
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.open.onDidClose(({ document }) => this.#views.delete(document.uri));
  }

  /** The newest version of an open document, `null` for one that is not open. */
  view(uri: string): View | null {
    const document = this.open.get(uri);
    if (!document) return null;
    const known = this.#views.get(uri);
    if (known?.version === document.version && known.source.answers === this.#engine.answers) return known;
    const view = this.#read(document, this.#engine.answers);
    this.#views.set(uri, view);
    return view;
  }

  /** The version is still the newest one. */
  isCurrent({ uri, version }: View): boolean {
    return this.open.get(uri)?.version === version;
  }

  #read(live: TextDocument, answers: Answers): View {
    const { uri, languageId, version } = live;
    const text = live.getText();
    return { uri, version, document: TextDocument.create(uri, languageId, version, text), source: this.#engine.read(text, answers) };
  }
}

/** The path of a document on disk, `null` for any other. */
export function pathOf(uri: string): string | null {
  if (!uri.startsWith("file:")) return null;
  try {
    return fileURLToPath(uri);
  } catch {
    return null;
  }
}

/** What rules see as the name of the file. */
export const filenameOf = (uri: string): string => pathOf(uri) ?? (basename(decode(uri)) || "Dockerfile");

function decode(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
