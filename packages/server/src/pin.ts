import type { Edit, Settings, SourceCode } from "@stagewright/core";
import type { DigestAnswer } from "@stagewright/host/pin";
import { CodeActionKind, type CodeAction } from "vscode-languageserver";
import type { View } from "./view.ts";

export const pinKind = `${CodeActionKind.RefactorRewrite}.pinImage`;
export const pinCommand = "stagewright.pinImage";

/** Asks registries what tags mean. */
export interface Pinner {
  /** The image at an offset as its registry is asked for it (`docker.io/library/debian:13`); `null` where none stands that can be pinned. */
  imageAt(source: SourceCode, offset: number): Promise<PinnableImage | null>;
  /** What a tag means now, or why that is not known. */
  digest(reference: string, settings: Settings): Promise<DigestAnswer>;
  /** Writes the digest in all places of the image. */
  edits(text: string, settings: Settings, reference: string, answer: DigestAnswer): Promise<readonly Edit[]>;
}

export interface PinnableImage {
  readonly reference: string;
  /** For people: `debian:13`. */
  readonly name: string;
  /** It has a digest, which may be stale. */
  readonly pinned: boolean;
}

/** What the action sends back to the server; nobody is asked before somebody chooses it. */
export interface PinOrder {
  readonly uri: string;
  readonly reference: string;
}

export async function pinAction(view: View, offset: number, pinner: Pinner): Promise<CodeAction[]> {
  const image = await pinner.imageAt(view.source, offset);
  if (!image) return [];
  const title = image.pinned ? `Update the digest of ${image.name}` : `Pin ${image.name} to its digest`;
  const order: PinOrder = { uri: view.uri, reference: image.reference };
  return [{ title, kind: pinKind, command: { title, command: pinCommand, arguments: [order] } }];
}

export const isPinOrder = (value: unknown): value is PinOrder =>
  typeof value === "object" &&
  value !== null &&
  "uri" in value &&
  typeof value.uri === "string" &&
  "reference" in value &&
  typeof value.reference === "string";
