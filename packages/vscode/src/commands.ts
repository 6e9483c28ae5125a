import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";

/** The commands of the manifest. */
export function registerCommands(client: () => LanguageClient): vscode.Disposable[] {
  const commands: Readonly<Record<string, () => unknown>> = {
    "stagewright.fixAll": () => applyAction("source.fixAll.stagewright"),
    "stagewright.convertToMultiStage": () => applyAction("refactor.rewrite.multiStage"),
    "stagewright.createConfiguration": createConfiguration,
    "stagewright.showConfiguration": () => showAnswer(client(), "stagewright/configuration"),
    "stagewright.showTree": () => showAnswer(client(), "stagewright/tree"),
    "stagewright.showOutput": () => client().outputChannel.show(),
    "stagewright.restart": () => client().restart(),
  };
  return Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(name, run));
}

const applyAction = (kind: string): Thenable<unknown> =>
  vscode.commands.executeCommand("editor.action.codeAction", { kind, apply: "ifSingle" });

/** What the server answers about the active document, as JSON beside it. */
async function showAnswer(client: LanguageClient, request: string): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) return;
  const answer: unknown = await client.sendRequest(request, { uri: client.code2ProtocolConverter.asUri(document.uri) });
  const shown = await vscode.workspace.openTextDocument({ language: "json", content: JSON.stringify(answer, null, 2) });
  await vscode.window.showTextDocument(shown, vscode.ViewColumn.Beside);
}

const firstConfiguration = `# Rules and their levels: error, warning, info, style, off.
extends: recommended
rules: {}
`;

async function createConfiguration(): Promise<void> {
  const folder = await chooseFolder();
  if (!folder) return;
  const uri = vscode.Uri.joinPath(folder.uri, ".stagewright.yaml");
  if (!(await exists(uri))) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(firstConfiguration));
  await vscode.window.showTextDocument(uri);
}

async function chooseFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.length > 1 ? vscode.window.showWorkspaceFolderPick() : folders[0];
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
