import type { Rule } from "@stagewright/core";
import {
  DiagnosticSeverity,
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  MessageType,
  ResponseError,
  ShowMessageNotification,
  type CancellationToken,
  type Connection,
  type Diagnostic,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
} from "vscode-languageserver";
import type { Abilities } from "./capabilities.ts";
import { codeActions, openDocsCommand } from "./code-actions.ts";
import { completion } from "./completion.ts";
import { diagnostic, sourceName } from "./diagnostics.ts";
import type { Documents } from "./documents.ts";
import { textEdits, workspaceEdit } from "./edits.ts";
import { foldingRanges } from "./folding.ts";
import { formatting } from "./formatting.ts";
import { hover } from "./hover.ts";
import { inlayHints } from "./inlay-hints.ts";
import { documentLinks } from "./links.ts";
import type { Linting, Setup } from "./linting.ts";
import { definitions, highlights, prepareRename, references, rename } from "./navigation.ts";
import { isPinOrder, pinAction, pinCommand, type Pinner, type PinOrder } from "./pin.ts";
import { semanticTokens } from "./semantic-tokens.ts";
import { signatureHelp } from "./signature-help.ts";
import { splitAction, type Splitter } from "./split.ts";
import { documentSymbols } from "./symbols.ts";
import { toOffsets, type View } from "./view.ts";

export interface FeatureOptions {
  readonly documents: Documents;
  readonly linting: Linting;
  readonly splitter: Splitter | null;
  readonly pinner: Pinner | null;
  failed(what: string, error: unknown): void;
  abilities(): Abilities;
}

/** What a client is shown for a view: problems of its configuration, then findings. */
export function diagnosticsOf(
  view: View,
  setup: Setup,
  linting: Linting,
  { diagnostics: can }: Abilities,
): Diagnostic[] {
  const { configured, settings } = setup;
  if (!settings.enable || configured.ignored) return [];
  const problems = configured.problems.map((message): Diagnostic => ({
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    severity: DiagnosticSeverity.Error,
    code: "config",
    source: sourceName,
    message,
  }));
  return [
    ...problems,
    ...linting.findings(view, setup).map((finding) => diagnostic(view, finding, configured.rules, can)),
  ];
}

/** Answers the client's requests. A request that fails is logged and has an empty answer; the server goes on. */
export function registerFeatures(connection: Connection, options: FeatureOptions): void {
  const { documents, linting, splitter, pinner, failed, abilities } = options;
  const rulesOf = async (uri: string): Promise<ReadonlyMap<string, Rule>> =>
    (await linting.setup(uri)).configured.rules;

  /** Runs a feature on the newest version of a document. */
  const on =
    <Params extends { textDocument: { uri: string } }, Result>(
      what: string,
      empty: Result,
      run: (view: View, params: Params) => Result | Promise<Result>,
    ) =>
    async (params: Params, token: CancellationToken): Promise<Result> => {
      if (token.isCancellationRequested) return empty;
      try {
        await linting.setup(params.textDocument.uri);
        const view = documents.view(params.textDocument.uri);
        return view ? await run(view, params) : empty;
      } catch (error) {
        if (error instanceof ResponseError) throw error;
        failed(what, error);
        return empty;
      }
    };

  connection.languages.diagnostics.on(async (params, token) => {
    try {
      return await pull(params, token, options);
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      failed("diagnostics", error);
      return { kind: DocumentDiagnosticReportKind.Full, items: [] };
    }
  });

  connection.onCodeAction(
    on("code actions", [], async (view, { range, context }) => {
      const setup = await linting.setup(view.uri);
      const { configured } = setup;
      const findings = linting.findings(view, setup);
      const place = toOffsets(view, range);
      const pins = pinner && abilities().appliesEdits ? await pinAction(view, place[0], pinner) : [];
      return codeActions(view, place, context.only, {
        findings,
        rules: configured.rules,
        versioned: abilities().versionedEdits,
        showsDocuments: abilities().showDocument,
        diagnosticOf: (finding) => diagnostic(view, finding, configured.rules, abilities().diagnostics),
        fixed: (only) => configured.fixed(view.source, only),
        pins,
        split: () => (splitter ? splitAction(view, splitter, abilities().changeAnnotations) : []),
      });
    }),
  );
  connection.onExecuteCommand(async ({ command, arguments: [target] = [] }) => {
    if (command === openDocsCommand && typeof target === "string" && target.startsWith("https://")) {
      await connection.window.showDocument({ uri: target, external: true });
    }
    if (command === pinCommand && isPinOrder(target)) {
      await pinImage(connection, target, options).catch((error: unknown) => failed("pinning an image", error));
    }
  });

  connection.onHover(
    on("hover", null, async (view, { position }) => {
      const setup = await linting.setup(view.uri);
      return hover(view, view.document.offsetAt(position), linting.findings(view, setup), setup.configured.rules);
    }),
  );
  connection.onCompletion(
    on("completion", [], async (view, { position }) =>
      completion(view, view.document.offsetAt(position), {
        snippets: abilities().snippets,
        rules: [...(await rulesOf(view.uri)).values()],
      }),
    ),
  );
  connection.onSignatureHelp(
    on("signature help", null, (view, { position }) => signatureHelp(view, view.document.offsetAt(position))),
  );
  connection.onDefinition(on("definition", [], (view, { position }) => definitions(view, position)));
  connection.onReferences(
    on("references", [], (view, { position, context }) => references(view, position, context.includeDeclaration)),
  );
  connection.onDocumentHighlight(on("highlight", [], (view, { position }) => highlights(view, position)));
  connection.onPrepareRename(on("rename", null, (view, { position }) => prepareRename(view, position)));
  connection.onRenameRequest(
    on("rename", null, (view, { position, newName }) => rename(view, position, newName, abilities().versionedEdits)),
  );
  connection.onDocumentSymbol(on("document symbols", [], (view) => documentSymbols(view, abilities().nestedSymbols)));
  connection.onFoldingRanges(on("folding", [], (view) => foldingRanges(view)));
  connection.onDocumentLinks(on("links", [], (view) => documentLinks(view)));
  connection.languages.semanticTokens.on(on("semantic tokens", { data: [] }, (view) => semanticTokens(view)));
  connection.languages.semanticTokens.onRange(
    on("semantic tokens", { data: [] }, (view, { range }) => semanticTokens(view, toOffsets(view, range))),
  );
  connection.languages.inlayHint.on(
    on("inlay hints", [], async (view, { range }) => {
      const { settings } = await linting.setup(view.uri);
      return settings.inlayHints ? inlayHints(view, toOffsets(view, range)) : [];
    }),
  );
  connection.onDocumentFormatting(
    on("formatting", [], async (view, { options: layout }) => {
      const { settings } = await linting.setup(view.uri);
      return settings.format ? formatting(view, layout) : [];
    }),
  );
  connection.onDocumentRangeFormatting(
    on("formatting", [], async (view, { options: layout, range }) => {
      const { settings } = await linting.setup(view.uri);
      return settings.format ? formatting(view, layout, toOffsets(view, range)) : [];
    }),
  );

  // For people who want to know what the server works with.
  connection.onRequest(
    "stagewright/configuration",
    async ({ uri }: { uri: string }) => (await linting.setup(uri)).configured.shown,
  );
  connection.onRequest("stagewright/tree", ({ uri }: { uri: string }) => documents.view(uri)?.source.ast ?? null);
}

/**
 * Diagnostics for a client that asks for them. One that does not ask again when told to gets ShellCheck's at once, later but complete.
 */
async function pull(
  { textDocument: { uri }, previousResultId }: DocumentDiagnosticParams,
  token: CancellationToken,
  { documents, linting, abilities }: FeatureOptions,
): Promise<DocumentDiagnosticReport> {
  const setup = await linting.setup(uri);
  const view = documents.view(uri);
  if (!view) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
  linting.ask(view, setup);
  linting.warmUp(view, setup);
  if (!abilities().refreshDiagnostics) await linting.settled(uri);
  if (token.isCancellationRequested || !documents.isCurrent(view)) {
    throw new ResponseError(LSPErrorCodes.ServerCancelled, "The document has changed.", { retriggerRequest: true });
  }
  const newest = documents.view(uri) ?? view;
  const resultId = linting.resultId(newest, setup);
  if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
  return {
    kind: DocumentDiagnosticReportKind.Full,
    resultId,
    items: diagnosticsOf(newest, setup, linting, abilities()),
  };
}

/** Pins an image in the version of the document that is there when the registry has answered. */
async function pinImage(
  connection: Connection,
  { uri, reference }: PinOrder,
  { documents, linting, pinner, abilities }: FeatureOptions,
): Promise<void> {
  if (!pinner || !documents.view(uri)) return;
  const { settings } = (await linting.setup(uri)).configured;
  const answer = await pinner.digest(reference, settings);
  const view = documents.view(uri);
  if (!view) return;
  if ("problem" in answer) {
    void connection.sendNotification(ShowMessageNotification.type, {
      type: MessageType.Error,
      message: answer.problem,
    });
    return;
  }
  const edits = await pinner.edits(view.source.text, settings, reference, answer);
  if (edits.length === 0) {
    const message = "The digest is what the tag means now.";
    void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message });
    return;
  }
  const edit = workspaceEdit(view, textEdits(view, edits), abilities().versionedEdits);
  await connection.workspace.applyEdit({ label: "Pin image", edit });
}
