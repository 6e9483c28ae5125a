import {
  DocumentHighlightKind,
  LSPErrorCodes,
  ResponseError,
  type DocumentHighlight,
  type Location,
  type Position,
  type PrepareRenameResult,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { workspaceEdit } from "./edits.ts";
import { definitionsAt, isMentioned, nameAt, type Name } from "./names.ts";
import { toRange, touches, type View } from "./view.ts";

export const definitions = (view: View, position: Position): Location[] =>
  definitionsAt(view, view.document.offsetAt(position)).map((range) => ({
    uri: view.uri,
    range: toRange(view, range),
  }));

export function references(view: View, position: Position, includeDeclaration: boolean): Location[] {
  const places = nameAt(view, view.document.offsetAt(position))?.occurrences ?? [];
  return places
    .filter(({ role }) => includeDeclaration || role === "use")
    .map(({ range }) => ({ uri: view.uri, range: toRange(view, range) }));
}

export function highlights(view: View, position: Position): DocumentHighlight[] {
  const places = nameAt(view, view.document.offsetAt(position))?.occurrences ?? [];
  return places.map(({ range, role }) => ({
    range: toRange(view, range),
    kind: role === "declaration" ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}

/** The name that would be renamed; a refusal says why. */
export function prepareRename(view: View, position: Position): PrepareRenameResult | null {
  const offset = view.document.offsetAt(position);
  const name = nameAt(view, offset);
  const place = name?.occurrences.find(({ range }) => touches(range, offset));
  if (!name || !place) return null;
  refuse(name.fixed ?? (place.literal ? null : "Rename the stage where its name stands, not its number."));
  return { range: toRange(view, place.range), placeholder: name.name };
}

/** Every place of the name in its new form; a name that BuildKit would not take, or that is taken, is refused. */
export function rename(view: View, position: Position, newName: string, versioned: boolean): WorkspaceEdit | null {
  const name = nameAt(view, view.document.offsetAt(position));
  if (!name) return null;
  refuse(name.fixed ?? problemOf(view, name, newName));
  const edits = name.occurrences
    .filter(({ literal }) => literal)
    .map(({ range }) => ({ range: toRange(view, range), newText: newName }));
  return workspaceEdit(view, edits, versioned);
}

function problemOf(view: View, { kind, name }: Name, newName: string): string | null {
  if (kind === "variable") {
    if (!/^[A-Za-z_]\w*$/.test(newName)) return `\`${newName}\` cannot be a variable's name.`;
    return newName !== name && isMentioned(view, newName) ? `\`${newName}\` is in use already.` : null;
  }
  // BuildKit: validStageName in frontend/dockerfile/instructions/parse.go.
  if (!/^[a-z][a-z0-9\-_.]*$/.test(newName.toLowerCase())) return `\`${newName}\` cannot be a stage's name.`;
  const taken = view.source.facts.stages.all.some(
    (stage) => stage.name === newName.toLowerCase() && stage.name !== name.toLowerCase(),
  );
  return taken ? `There is a stage called \`${newName}\` already.` : null;
}

function refuse(reason: string | null): void {
  if (reason !== null) throw new ResponseError(LSPErrorCodes.RequestFailed, reason);
}
