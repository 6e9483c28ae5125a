import type { SourceCode } from "@stagewright/core";
import { CodeActionKind, type CodeAction } from "vscode-languageserver";
import { difference } from "./edits.ts";
import { pathOf } from "./documents.ts";
import type { View } from "./view.ts";

export const splitKind = `${CodeActionKind.RefactorRewrite}.multiStage`;

/** The file as a multi-stage build. */
export interface Split {
  readonly text: string;
  /** What the rewrite assumes, for the one who confirms it. */
  readonly assumptions: string;
}

/** Rewrites a file, or says `null` where that is not possible or of no use; `file` is its path, for its build context. */
export type Splitter = (source: SourceCode, file: string | null) => Split | null;

/** The rewrite as an action; clients that can are asked to show it before it is applied. */
export function splitAction(view: View, splitter: Splitter, confirms: boolean): CodeAction[] {
  const split = splitter(view.source, pathOf(view.uri));
  if (!split || split.text === view.source.text) return [];
  const edits = difference(view, split.text);
  const action = { title: "Convert to a multi-stage build", kind: splitKind };
  if (!confirms) return [{ ...action, edit: { changes: { [view.uri]: edits } } }];
  const annotation = { label: "Multi-stage build", description: split.assumptions, needsConfirmation: true };
  return [
    {
      ...action,
      edit: {
        changeAnnotations: { split: annotation },
        documentChanges: [
          {
            textDocument: { uri: view.uri, version: view.version },
            edits: edits.map((edit) => ({ ...edit, annotationId: "split" })),
          },
        ],
      },
    },
  ];
}
