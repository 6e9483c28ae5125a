import { isAbsolute, join } from "node:path";
import * as vscode from "vscode";
import { LanguageClient, TransportKind, type ServerOptions } from "vscode-languageclient/node";

/** Tells the server that configurations that are code may be run. */
export const trustGranted = "stagewright/trustGranted";

/** The client of the bundled server, or of the copy that `stagewright.serverPath` names. */
export function createClient(context: vscode.ExtensionContext): LanguageClient {
  return new LanguageClient("stagewright", "Stagewright", serverOptions(context), {
    documentSelector: schemes().map((scheme) => ({ language: "dockerfile", scheme })),
    initializationOptions: { trusted: vscode.workspace.isTrusted },
    diagnosticCollectionName: "stagewright",
  });
}

/** Documents on disk, new ones, and those of virtual folders; not the old versions that source control shows. */
function schemes(): string[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return [...new Set(["file", "untitled", "vscode-vfs", ...folders.map(({ uri }) => uri.scheme)])];
}

function serverOptions(context: vscode.ExtensionContext): ServerOptions {
  const settings = vscode.workspace.getConfiguration("stagewright");
  const serverPath = settings.get<string>("serverPath", "");
  if (serverPath === "") {
    return { module: context.asAbsolutePath("dist/server.mjs"), transport: TransportKind.ipc };
  }
  const nodePath = settings.get<string>("nodePath", "");
  return {
    command: nodePath === "" ? process.execPath : nodePath,
    args: [absolute(serverPath), "lsp", "--stdio"],
    options: { env: { ...process.env, ...(nodePath === "" && { ELECTRON_RUN_AS_NODE: "1" }) } },
  };
}

function absolute(path: string): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return isAbsolute(path) || !folder ? path : join(folder.uri.fsPath, path);
}
