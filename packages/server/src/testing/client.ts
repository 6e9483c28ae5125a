import { spawn, type ChildProcess } from "node:child_process";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type TextDocumentContentChangeEvent,
} from "vscode-languageserver/node";

export type {
  CodeAction,
  CompletionItem,
  Diagnostic,
  DocumentDiagnosticReport,
  Hover,
  Location,
  SemanticTokens,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver/node";

export interface ClientOptions {
  /** What to run and its arguments; the server talks on its standard input and output. */
  readonly command: readonly [string, ...string[]];
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  readonly rootUri?: string;
  readonly cwd?: string;
  /** Variables besides those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** The section `stagewright` for a document. */
  readonly configuration?: (uri: string | undefined) => unknown;
}

/** A client of the protocol that talks to a server in a process of its own. */
export interface Client {
  readonly connection: ProtocolConnection;
  readonly process: ChildProcess;
  readonly initialized: InitializeResult;
  /** Everything that was published, in order. */
  readonly published: readonly PublishDiagnosticsParams[];
  /** What the server logged. */
  readonly log: readonly string[];
  readonly registered: readonly string[];
  /** How often the server asked for diagnostics to be pulled again. */
  refreshes(): number;
  open(uri: string, text: string, version?: number): void;
  change(uri: string, version: number, contentChanges: TextDocumentContentChangeEvent[]): void;
  /** The first diagnostics of a version that satisfy `accept`, waited for. */
  diagnostics(
    uri: string,
    version: number,
    accept?: (params: PublishDiagnosticsParams) => boolean,
  ): Promise<PublishDiagnosticsParams>;
  stop(): Promise<number | null>;
}

/** A client's side of the protocol; the caller lets it listen. */
export const connectionOver = (input: NodeJS.ReadableStream, output: NodeJS.WritableStream): ProtocolConnection =>
  createProtocolConnection(new StreamMessageReader(input), new StreamMessageWriter(output));

export async function startClient(options: ClientOptions): Promise<Client> {
  const [command, ...args] = options.command;
  const child = spawn(command, args, {
    stdio: ["pipe", "pipe", "inherit"],
    ...(options.cwd && { cwd: options.cwd }),
    env: { ...process.env, ...options.env },
  });
  const connection = connectionOver(child.stdout, child.stdin);
  const published: PublishDiagnosticsParams[] = [];
  const log: string[] = [];
  const registered: string[] = [];
  const waiting = new Set<(params: PublishDiagnosticsParams) => void>();
  let refreshes = 0;

  connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
    published.push(params);
    for (const waiter of waiting) waiter(params);
  });
  connection.onNotification("window/logMessage", ({ message }: { message: string }) => void log.push(message));
  connection.onRequest("client/registerCapability", ({ registrations }: { registrations: { method: string }[] }) => {
    registered.push(...registrations.map(({ method }) => method));
    return null;
  });
  connection.onRequest("workspace/configuration", ({ items }: { items: { scopeUri?: string }[] }) =>
    items.map(({ scopeUri }) => options.configuration?.(scopeUri) ?? null),
  );
  connection.onRequest("workspace/diagnostic/refresh", () => {
    refreshes++;
    return null;
  });
  connection.onRequest("workspace/inlayHint/refresh", () => null);
  connection.listen();

  const initialized: InitializeResult = await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: options.rootUri ?? null,
    workspaceFolders: options.rootUri ? [{ uri: options.rootUri, name: "project" }] : null,
    capabilities: options.capabilities ?? {},
    initializationOptions: options.initializationOptions,
  });
  void connection.sendNotification("initialized", {});

  return {
    connection,
    process: child,
    initialized,
    published,
    log,
    registered,
    refreshes: () => refreshes,
    open: (uri, text, version = 1) =>
      void connection.sendNotification("textDocument/didOpen", {
        textDocument: { uri, languageId: "dockerfile", version, text },
      }),
    change: (uri, version, contentChanges) =>
      void connection.sendNotification("textDocument/didChange", { textDocument: { uri, version }, contentChanges }),
    diagnostics: (uri, version, accept = () => true) => {
      const fits = (params: PublishDiagnosticsParams) =>
        params.uri === uri && params.version === version && accept(params);
      const known = published.find(fits);
      if (known) return Promise.resolve(known);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(waiter);
          reject(new Error(`No diagnostics of ${uri} in version ${version}. Log:\n${log.join("\n")}`));
        }, 10_000);
        const waiter = (params: PublishDiagnosticsParams): void => {
          if (!fits(params)) return;
          clearTimeout(timer);
          waiting.delete(waiter);
          resolve(params);
        };
        waiting.add(waiter);
      });
    },
    stop: async () => {
      const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
      const code = await ended;
      connection.dispose();
      return code;
    },
  };
}
