import {
  TextDocumentSyncKind,
  type ClientCapabilities,
  type DiagnosticTag,
  type ServerCapabilities,
} from "vscode-languageserver";
import { actionKinds, openDocsCommand } from "./code-actions.ts";
import type { DiagnosticAbilities } from "./diagnostics.ts";
import { pinCommand } from "./pin.ts";
import { legend } from "./semantic-tokens.ts";

/** What the client can do, as far as the server acts on it. */
export interface Abilities {
  readonly diagnostics: DiagnosticAbilities;
  /** The client asks for diagnostics, so none are sent unasked. */
  readonly pull: boolean;
  /** The client asks again when it is told to. */
  readonly refreshDiagnostics: boolean;
  readonly refreshHints: boolean;
  readonly refreshTokens: boolean;
  readonly snippets: boolean;
  readonly versionedEdits: boolean;
  readonly changeAnnotations: boolean;
  readonly appliesEdits: boolean;
  readonly showDocument: boolean;
  readonly configuration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersWatchers: boolean;
  readonly nestedSymbols: boolean;
  readonly workspaceFolders: boolean;
}

export function abilitiesOf({ textDocument, workspace, window }: ClientCapabilities): Abilities {
  const { publishDiagnostics: shown, diagnostic: pulled } = textDocument ?? {};
  const tags: readonly DiagnosticTag[] = shown?.tagSupport?.valueSet ?? [];
  return {
    diagnostics: {
      related: shown?.relatedInformation ?? false,
      links: shown?.codeDescriptionSupport ?? false,
      tags,
    },
    pull: pulled !== undefined,
    refreshDiagnostics: workspace?.diagnostics?.refreshSupport ?? false,
    refreshHints: workspace?.inlayHint?.refreshSupport ?? false,
    refreshTokens: workspace?.semanticTokens?.refreshSupport ?? false,
    snippets: textDocument?.completion?.completionItem?.snippetSupport ?? false,
    versionedEdits: workspace?.workspaceEdit?.documentChanges ?? false,
    changeAnnotations: workspace?.workspaceEdit?.changeAnnotationSupport !== undefined,
    appliesEdits: workspace?.applyEdit ?? false,
    showDocument: window?.showDocument?.support ?? false,
    configuration: workspace?.configuration ?? false,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration ?? false,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false,
    nestedSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport ?? false,
    workspaceFolders: workspace?.workspaceFolders ?? false,
  };
}

export function capabilitiesFor({ pull }: Abilities): ServerCapabilities {
  return {
    positionEncoding: "utf-16",
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    ...(pull && {
      diagnosticProvider: { identifier: "stagewright", interFileDependencies: false, workspaceDiagnostics: false },
    }),
    codeActionProvider: { codeActionKinds: actionKinds, resolveProvider: false },
    executeCommandProvider: { commands: [openDocsCommand, pinCommand] },
    hoverProvider: true,
    completionProvider: { triggerCharacters: ["-", "=", "$", "{", ","], resolveProvider: false },
    signatureHelpProvider: { triggerCharacters: [" ", "=", ","], retriggerCharacters: [" "] },
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: { prepareProvider: true },
    documentSymbolProvider: true,
    foldingRangeProvider: true,
    semanticTokensProvider: { legend, full: true, range: true },
    documentLinkProvider: { resolveProvider: false },
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    inlayHintProvider: true,
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
}
