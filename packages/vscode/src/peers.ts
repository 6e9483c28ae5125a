import * as vscode from "vscode";

const peers = ["ms-azuretools.vscode-docker", "ms-azuretools.vscode-containers"];
const asked = "stagewright.askedAboutPeers";

/** Says once that another extension reports some of the same things, and where to switch that off; nothing is changed. */
export function offerPeerSettings({ globalState }: vscode.ExtensionContext): void {
  const found = peers.map((id) => vscode.extensions.getExtension(id)).find((extension) => extension !== undefined);
  if (!found || globalState.get<boolean>(asked)) return;
  void globalState.update(asked, true);
  const name = (found.packageJSON as { displayName?: string }).displayName ?? found.id;
  void vscode.window
    .showInformationMessage(
      `${name} also reports findings in Dockerfiles. Its settings can switch that off.`,
      "Open Settings",
    )
    .then((choice) => {
      if (choice) void vscode.commands.executeCommand("workbench.action.openSettings", "languageserver.diagnostics");
    });
}
