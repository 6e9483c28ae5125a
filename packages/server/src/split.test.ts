import { expect, test } from "vitest";
import { splitAction, splitKind } from "./split.ts";
import { uri, viewOf } from "./testing/view.ts";

const view = viewOf("FROM golang\nRUN go build\n");
const splitter = () => ({ text: "FROM golang AS build\nRUN go build\n", assumptions: "Nothing else is needed." });

test("asks for confirmation where the client can show a preview", () => {
  expect(splitAction(view, splitter, true)).toEqual([
    {
      title: "Convert to a multi-stage build",
      kind: splitKind,
      edit: {
        changeAnnotations: {
          split: { label: "Multi-stage build", description: "Nothing else is needed.", needsConfirmation: true },
        },
        documentChanges: [
          {
            textDocument: { uri, version: 1 },
            edits: [
              {
                range: { start: { line: 0, character: 11 }, end: { line: 0, character: 11 } },
                newText: " AS build",
                annotationId: "split",
              },
            ],
          },
        ],
      },
    },
  ]);
});

test("gives plain edits to other clients", () => {
  expect(splitAction(view, splitter, false)[0]?.edit?.changes?.[uri]).toHaveLength(1);
});

test("offers nothing where there is nothing to rewrite", () => {
  expect(splitAction(view, () => null, true)).toEqual([]);
});
