import type { Instruction, JsonString, Node, Range, Word } from "@stagewright/ast";
import { InlayHintKind, type InlayHint } from "vscode-languageserver";
import { code } from "./hover.ts";
import { descendants, type View } from "./view.ts";

/** The longest value that is shown in full. */
const longest = 50;

/** What words with variables come to, with the defaults that the file gives; `ARG NAME` of a stage shows the global default. */
export function inlayHints(view: View, [start, end]: Range): InlayHint[] {
  return view.source.ast.instructions
    .filter(({ range }) => range[0] <= end && range[1] >= start)
    .flatMap((instruction) =>
      words(instruction)
        .flatMap((word) => hintOf(view, word, instruction) ?? [])
        .concat(inherited(view, instruction)),
    );
}

function words(instruction: Instruction): (Word | JsonString)[] {
  const found: (Word | JsonString)[] = [];
  for (const node of descendants(instruction)) if (isExpanded(node)) found.push(node);
  return found;
}

const isExpanded = (node: Node): node is Word => node.type === "Word" && node.variables.length > 0;

function hintOf(view: View, word: Word | JsonString, instruction: Instruction): InlayHint | null {
  const value = view.source.facts.variables.expand(word, instruction);
  return value === null || value === word.value ? null : hint(view, word.range[1], value);
}

function inherited(view: View, instruction: Instruction): InlayHint[] {
  if (instruction.type !== "Arg" || !view.source.facts.stages.of(instruction)) return [];
  const { variables } = view.source.facts;
  return instruction.pairs.flatMap(({ key, value }) => {
    if (value) return [];
    const global = variables.globals.flatMap(({ pairs }) => pairs).findLast((pair) => pair.key.value === key.value);
    const at = variables.globals.find(({ pairs }) => global && pairs.includes(global));
    const text = global?.value && at ? variables.expand(global.value, at) : null;
    return text === null ? [] : [hint(view, key.range[1], text)];
  });
}

function hint(view: View, offset: number, value: string): InlayHint {
  const shown = value === "" ? '""' : value.length > longest ? `${value.slice(0, longest - 1)}…` : value;
  return {
    position: view.document.positionAt(offset),
    label: `= ${shown}`,
    kind: InlayHintKind.Type,
    paddingLeft: true,
    tooltip: { kind: "markdown", value: `With the defaults of this file: ${code(value)}` },
  };
}
