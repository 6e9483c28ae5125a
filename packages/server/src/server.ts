import { once } from "node:events";
import { createConnection as createSocket } from "node:net";
import {
  createConnection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  ProposedFeatures,
  type Connection,
  type PublishDiagnosticsParams,
} from "vscode-languageserver/node";
import { abilitiesOf, capabilitiesFor, type Abilities } from "./capabilities.ts";
import { createEngine } from "./create-engine.ts";
import { Documents, pathOf } from "./documents.ts";
import type { Engine } from "./engine.ts";
import { diagnosticsOf, registerFeatures } from "./features.ts";
import { Linting, type Setup } from "./linting.ts";
import { keepMemoryLow } from "./memory.ts";
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
  "**/{compose,docker-compose}*.{yaml,yml}",
  "**/docker-bake*.{hcl,json}",
];

/**
 * Serves the Language Server Protocol until the client goes away; by default as the command line says (`--stdio`, `--node-ipc`), and over standard input and output where it says
 * nothing.
 */
export function startServer(connection: Connection = connect(), engine: Engine = defaultEngine(connection)): void {
  keepMemoryLow();
  const documents = new Documents();
  const failed = (what: string, error: unknown): void => {
    connection.console.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  };
  let abilities: Abilities = abilitiesOf({});
  let options: InitializationOptions = {};
  let fallback: Settings = defaultSettings;
  /** URIs of workspace folders, outer ones before those inside them. */
  let folders: readonly string[] = [];

  const linting = new Linting({
    engine,
    documents,
    failed,
    trusted: () => options.trusted === true,
    settingsOf: async (uri) => {
      if (!abilities.configuration) return fallback;
      try {
        return readSettings(await connection.workspace.getConfiguration({ scopeUri: uri, section: "stagewright" }));
      } catch (error) {
        failed("asking for the settings", error);
        return fallback;
      }
    },
    show: (view, setup) => void connection.sendDiagnostics(report(view, setup)),
    folderOf: (uri) =>
      folders
        .filter((folder) => uri.startsWith(`${folder}/`))
        .map(pathOf)
        .at(-1) ?? null,
    answered: (uri) => (abilities.pull ? connection.languages.diagnostics.refresh() : linting.schedule(uri)),
  });

  function report(view: View, setup: Setup): PublishDiagnosticsParams {
    return { uri: view.uri, version: view.version, diagnostics: diagnosticsOf(view, setup, linting, abilities) };
  }

  function startAgain(): void {
    engine.forget();
    documents.forgetAnswers();
    linting.reset();
    if (abilities.refreshHints) connection.languages.inlayHint.refresh();
    if (abilities.pull && abilities.refreshDiagnostics) connection.languages.diagnostics.refresh();
    if (!abilities.pull) for (const { uri } of documents.open.all()) linting.schedule(uri);
  }

  connection.onInitialize(({ capabilities, initializationOptions, workspaceFolders, rootUri }) => {
    abilities = abilitiesOf(capabilities);
    options = (initializationOptions ?? {}) as InitializationOptions;
    fallback = readSettings(options.settings);
    folders = inOrder(
      (workspaceFolders ?? []).map(({ uri }) => uri),
      rootUri,
    );
    return { capabilities: capabilitiesFor(abilities), serverInfo: { name: "stagewright" } };
  });

  connection.onInitialized(() => {
    if (abilities.registersConfiguration) {
      void connection.client.register(DidChangeConfigurationNotification.type, { section: "stagewright" });
    }
    if (abilities.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const left = folders.filter((folder) => !removed.some(({ uri }) => uri === folder));
        folders = inOrder([...left, ...added.map(({ uri }) => uri)], null);
        startAgain();
      });
    }
    if (abilities.registersWatchers) {
      const watchers = watched.map((globPattern) => ({ globPattern }));
      void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    }
  });

  connection.onDidChangeConfiguration(({ settings }) => {
    const sent = (settings as { stagewright?: unknown } | null)?.stagewright;
    if (sent !== undefined) fallback = readSettings(sent);
    startAgain();
  });
  connection.onDidChangeWatchedFiles(startAgain);
  connection.onNotification(trustGranted, () => {
    options = { ...options, trusted: true };
    startAgain();
  });

  documents.open.onDidOpen(({ document }) => changed(document.uri, true));
  documents.open.onDidChangeContent(({ document }) => changed(document.uri, false));
  documents.open.onDidSave(({ document }) => changed(document.uri, true));
  documents.open.onDidClose(({ document }) => {
    linting.close(document.uri);
    documents.close(document.uri);
    if (!abilities.pull) void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });
  documents.open.listen(connection);

  function changed(uri: string, rested: boolean): void {
    linting.stopAsking(uri);
    if (!abilities.pull && (rested || linting.lintsOnType(uri))) linting.schedule(uri);
  }

  const { splitter, pinner } = engine;
  registerFeatures(connection, { documents, linting, splitter, pinner, failed, abilities: () => abilities });
  connection.onShutdown(async () => {
    linting.dispose();
    await engine.dispose();
  });
  process.on("unhandledRejection", (error) => failed("unhandled rejection", error));
  connection.listen();
}

const defaultEngine = (connection: Connection): Engine => createEngine((message) => connection.console.info(message));

/** Sent by a client once its user trusts the workspace. */
const trustGranted = "stagewright/trustGranted";

const inOrder = (uris: readonly string[], root: string | null): string[] =>
  (uris.length > 0 ? [...uris] : root === null ? [] : [root])
    .map((uri) => uri.replace(/\/$/, ""))
    .sort((one, other) => one.length - other.length);

/** Connects to a client that listens at a port of this machine, a socket file or a named pipe. Rejects where none does. */
export async function connectTo(address: number | string): Promise<Connection> {
  const socket = typeof address === "number" ? createSocket(address, "127.0.0.1") : createSocket(address);
  await once(socket, "connect");
  return createConnection(ProposedFeatures.all, socket, socket);
}

function connect(): Connection {
  const isNamed = process.argv.some((argument) => /^--(?:stdio|node-ipc)$/.test(argument));
  // With `--stdio` the library also keeps the console away from standard output.
  if (!isNamed) process.argv.push("--stdio");
  return createConnection(ProposedFeatures.all);
}
