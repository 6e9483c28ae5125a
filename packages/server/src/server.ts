import {
  createConnection,
  DiagnosticSeverity,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  ProposedFeatures,
  ResponseError,
  type Connection,
  type Diagnostic,
  type DocumentDiagnosticReport,
} from "vscode-languageserver/node";
import type { Finding, Rule } from "@stagewright/core";
import { abilitiesOf, capabilitiesFor, type Abilities } from "./capabilities.ts";
import { openDocsCommand } from "./code-actions.ts";
import { diagnostic, sourceName } from "./diagnostics.ts";
import { Documents, pathOf } from "./documents.ts";
import { createEngine } from "./create-engine.ts";
import type { Engine } from "./engine.ts";
import { registerFeatures } from "./features.ts";
import { Linting } from "./linting.ts";
import { defaultSettings, readSettings, type Settings } from "./settings.ts";
import type { View } from "./view.ts";

/** What a client may send with `initialize`. */
interface InitializationOptions {
  /** Configurations that are code may be run. Default `false`. */
  readonly trusted?: boolean;
  /** The section `stagewright`, for clients that cannot be asked for it. */
  readonly settings?: unknown;
}

const watched = [
  "**/.stagewright.{yaml,yml,json}",
  "**/stagewright.config.{js,mjs,ts}",
  "**/.hadolint.{yaml,yml}",
  "**/.dockerignore",
];

/**
 * Serves the Language Server Protocol until the client goes away; by default as the command line says (`--stdio`, `--node-ipc`, `--socket`, `--pipe`), and over standard input
 * and output where it says nothing.
 */
export function startServer(connection: Connection = connect(), engine: Engine = createEngine()): void {
  const documents = new Documents(engine);
  const failed = (what: string, error: unknown): void => {
    connection.console.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  };
  const generations = new Map<string, number>();
  let abilities: Abilities = abilitiesOf({});
  let trusted = false;
  let fallback: Settings = defaultSettings;

  const linting = new Linting({
    engine,
    documents,
    trusted: () => trusted,
    failed,
    settingsOf: async (uri) => {
      if (!abilities.configuration) return fallback;
      return readSettings(await connection.workspace.getConfiguration({ scopeUri: uri, section: "stagewright" }));
    },
    show: (view, findings) => {
      if (!documents.isCurrent(view)) return;
      generations.set(view.uri, (generations.get(view.uri) ?? 0) + 1);
      if (!abilities.pull) {
        void connection.sendDiagnostics({ uri: view.uri, version: view.version, diagnostics: diagnosticsOf(view, findings) });
      } else if (abilities.refreshDiagnostics) connection.languages.diagnostics.refresh();
    },
  });
}
