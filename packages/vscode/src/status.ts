import * as vscode from "vscode";
import { State } from "vscode-languageclient/node";

export interface Status extends vscode.Disposable {
  show(state: State): void;
}

/** The entry among the language's status items: whether the server runs, and how many findings the active file has. */
export function createStatus(): Status {
  const item = vscode.languages.createLanguageStatusItem("stagewright", { language: "dockerfile" });
  item.name = "Stagewright";
  item.command = { title: "Output", command: "stagewright.showOutput" };
  let running = false;

  function update(): void {
    item.text = "Stagewright";
    item.severity = running ? vscode.LanguageStatusSeverity.Information : vscode.LanguageStatusSeverity.Error;
    item.detail = running ? findings() : "The server is not running.";
  }

  const subscriptions = [
    item,
    vscode.languages.onDidChangeDiagnostics(update),
    vscode.window.onDidChangeActiveTextEditor(update),
  ];
  return {
    show(state) {
      item.busy = state === State.Starting;
      running = state !== State.Stopped;
      update();
    },
    dispose: () => subscriptions.forEach((subscription) => void subscription.dispose()),
  };
}

function findings(): string {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const own = uri ? vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "stagewright") : [];
  return own.length === 0 ? "No findings" : own.length === 1 ? "1 finding" : `${own.length} findings`;
}
