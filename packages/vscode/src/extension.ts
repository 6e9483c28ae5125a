import * as vscode from "vscode";
import { type LanguageClient, State } from "vscode-languageclient/node";
import { createClient, trustGranted } from "./client.ts";
import { registerCommands } from "./commands.ts";
import { offerPeerSettings } from "./peers.ts";
import { createStatus } from "./status.ts";

let client: LanguageClient | null = null;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const started = createClient(context);
  client = started;
  const status = createStatus();
  context.subscriptions.push(
    status,
    started.onDidChangeState(({ newState }) => status.show(newState)),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void started.sendNotification(trustGranted)),
    ...registerCommands(() => started),
  );
  offerPeerSettings(context);
  try {
    await started.start();
  } catch (error) {
    status.show(State.Stopped);
    started.error("The server did not start.", error);
  }
}

export async function deactivate(): Promise<void> {
  if (client?.isRunning()) await client.stop();
}
