import { fileURLToPath } from "node:url";
import {
  createSourceCode,
  noAnswers,
  requestKey,
  type Answer,
  type Answers,
  type Request,
  type Settings,
} from "@stagewright/core";
import { TextDocuments } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { View } from "./view.ts";

/** With what a document is read, besides its text. */
interface Surroundings {
  readonly settings: Settings;
  readonly answers: Answers;
  readonly known: ReadonlyMap<string, unknown>;
}

const nothing: Surroundings = { settings: {}, answers: noAnswers, known: new Map() };

/** The open documents, kept up to date by the client's incremental edits, each with the tree of its newest version. */
export class Documents {
  readonly open = new TextDocuments(TextDocument);
  readonly #surroundings = new Map<string, Surroundings>();
  readonly #views = new Map<string, { readonly view: View; readonly read: Surroundings }>();

  /** The newest version of an open document, `null` for one that is not open. */
  view(uri: string): View | null {
    const live = this.open.get(uri);
    if (!live) return null;
    const around = this.#surroundings.get(uri) ?? nothing;
    const known = this.#views.get(uri);
    if (known?.view.version === live.version && known.read === around) return known.view;
    const view = read(live, around);
    this.#views.set(uri, { view, read: around });
    return view;
  }

  /** The version is still the newest one. */
  isCurrent({ uri, version }: View): boolean {
    return this.open.get(uri)?.version === version;
  }

  /** The settings that a document's facts depend on. */
  useSettings(uri: string, settings: Settings): void {
    const before = this.#surroundings.get(uri) ?? nothing;
    if (before.settings !== settings) this.#surroundings.set(uri, { ...before, settings });
  }

  /** What the outside world has said, by `requestKey`; of what it said before only answers to `asked` are kept. */
  addAnswers(uri: string, answers: ReadonlyMap<string, unknown>, asked: readonly Request[]): void {
    const before = this.#surroundings.get(uri) ?? nothing;
    const keys = new Set(asked.map(requestKey));
    const known = new Map([...before.known, ...answers].filter(([key]) => keys.has(key)));
    this.#surroundings.set(uri, { ...before, known, answers: answersOf(known) });
  }

  close(uri: string): void {
    this.#views.delete(uri);
    this.#surroundings.delete(uri);
  }

  /** Forgets what the outside world has said. */
  forgetAnswers(): void {
    for (const [uri, { settings }] of this.#surroundings) this.#surroundings.set(uri, { ...nothing, settings });
  }
}

function read(live: TextDocument, { settings, answers }: Surroundings): View {
  const { uri, languageId, version } = live;
  const text = live.getText();
  return {
    uri,
    version,
    document: TextDocument.create(uri, languageId, version, text),
    source: createSourceCode(text, { settings, answers }),
  };
}

const answersOf = (known: ReadonlyMap<string, unknown>): Answers => ({
  get: <R extends Request>(request: R) => known.get(requestKey(request)) as Answer<R> | undefined,
});

/** The path of a document on disk, `null` for any other. */
export function pathOf(uri: string): string | null {
  if (!uri.startsWith("file:")) return null;
  try {
    return fileURLToPath(uri);
  } catch {
    return null;
  }
}
