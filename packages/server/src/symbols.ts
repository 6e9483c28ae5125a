import type { Instruction } from "@stagewright/ast";
import type { Stage } from "@stagewright/core";
import { SymbolKind, type DocumentSymbol, type SymbolInformation } from "vscode-languageserver";
import { toRange, type View } from "./view.ts";

/** Stages with their instructions in them; what stands before the first FROM comes first. For clients without trees, one list. */
export function documentSymbols(view: View, nested: boolean): DocumentSymbol[] | SymbolInformation[] {
  const tree = symbolTree(view);
  return nested ? tree : tree.flatMap((symbol) => flattened(view.uri, symbol, null));
}

function flattened(
  uri: string,
  { name, kind, range, children = [] }: DocumentSymbol,
  container: string | null,
): SymbolInformation[] {
  const own: SymbolInformation = {
    name,
    kind,
    location: { uri, range },
    ...(container !== null && { containerName: container }),
  };
  return [own, ...children.flatMap((child) => flattened(uri, child, name))];
}

function symbolTree(view: View): DocumentSymbol[] {
  const { preamble, all } = view.source.facts.stages;
  return [
    ...preamble.flatMap((instruction) => ofInstruction(view, instruction)),
    ...all.map((stage) => ofStage(view, stage)),
  ];
}

function ofStage(view: View, stage: Stage): DocumentSymbol {
  const [start] = stage.from.range;
  const end = stage.instructions.at(-1)?.range[1] ?? stage.from.range[1];
  const image = stage.from.image?.word.value ?? "";
  return {
    name: stage.from.stage?.value ?? (image || `stage ${stage.index}`),
    detail: stage.from.stage ? image : "",
    kind: SymbolKind.Module,
    range: toRange(view, [start, end]),
    selectionRange: toRange(view, (stage.from.stage ?? stage.from.image ?? stage.from.keyword).range),
    children: stage.instructions.slice(1).flatMap((instruction) => ofInstruction(view, instruction)),
  };
}

function ofInstruction(view: View, instruction: Instruction): DocumentSymbol[] {
  const { range, keyword } = instruction;
  if (instruction.type === "Arg" || instruction.type === "Env" || instruction.type === "Label") {
    return instruction.pairs.map((pair) => ({
      name: `${keyword.name} ${pair.key.value}`,
      detail: pair.value?.value ?? "",
      kind: instruction.type === "Label" ? SymbolKind.Property : SymbolKind.Variable,
      range: toRange(view, pair.range),
      selectionRange: toRange(view, pair.key.range),
    }));
  }
  return [
    {
      name: keyword.name,
      detail: shorten(instruction.text.value),
      kind: kinds[instruction.type] ?? SymbolKind.Property,
      range: toRange(view, range),
      selectionRange: toRange(view, keyword.range),
    },
  ];
}

const kinds: Partial<Record<Instruction["type"], SymbolKind>> = {
  Run: SymbolKind.Function,
  Cmd: SymbolKind.Event,
  Entrypoint: SymbolKind.Event,
  Healthcheck: SymbolKind.Event,
  Copy: SymbolKind.File,
  Add: SymbolKind.File,
};

function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
