import { children, type Node, type Range } from "@stagewright/ast";
import { SemanticTokensBuilder, type SemanticTokens } from "vscode-languageserver";
import { allInstructions, unwrapped, type View } from "./view.ts";

const types = [
  "comment",
  "keyword",
  "string",
  "parameter",
  "variable",
  "class",
  "property",
  "macro",
  "function",
  "type",
] as const;

type TokenType = (typeof types)[number];

export const legend = { tokenTypes: [...types], tokenModifiers: [] };

/** Tokens in the order of the file, each on one line, none over another: inner nodes lie on top of what holds them. */
export function semanticTokens(view: View, [from, to]: Range = [0, view.source.text.length]): SemanticTokens {
  const { text } = view.source;
  const colours = new Uint8Array(text.length);
  const paint = (type: TokenType, [start, end]: Range): void => {
    colours.fill(types.indexOf(type) + 1, start, end);
  };
  for (const { type, range } of spans(view)) paint(type, range);
  const builder = new SemanticTokensBuilder();
  for (let start = from; start < to;) {
    const colour = colours[start] ?? 0;
    let end = start + 1;
    while (end < to && colours[end] === colour && !isLineEnd(text, end)) end++;
    if (colour > 0 && !isLineEnd(text, start)) {
      const { line, character } = view.document.positionAt(start);
      builder.push(line, character, end - start, colour - 1, 0);
    }
    start = end;
  }
  return builder.build();
}

const isLineEnd = (text: string, offset: number): boolean => text[offset] === "\n" || text[offset] === "\r";

interface Span {
  readonly type: TokenType;
  readonly range: Range;
}

/** Outer places before inner ones. */
function* spans(view: View): Generator<Span> {
  const { ast, facts } = view.source;
  for (const { range } of ast.directives) yield { type: "macro", range };
  for (const instruction of ast.instructions) {
    yield* nodeSpans(instruction);
    for (const inner of unwrapped(instruction)) {
      for (const { nameWord, name } of facts.script(inner)?.commands ?? []) {
        if (name !== null && nameWord.literal) yield { type: "function", range: nameWord.range };
      }
    }
  }
  for (const stage of facts.stages.all) {
    if (stage.base.kind === "stage" && stage.from.image) yield { type: "class", range: stage.from.image.range };
    for (const use of stage.uses) if (use.target) yield { type: "class", range: use.range };
  }
  for (const { range } of ast.comments) yield { type: "comment", range };
  for (const instruction of allInstructions(view)) {
    if (!("heredocs" in instruction)) continue;
    for (const { openerRange, terminatorRange } of instruction.heredocs) {
      yield { type: "macro", range: openerRange };
      yield { type: "macro", range: terminatorRange };
    }
  }
}

function* nodeSpans(node: Node): Generator<Span> {
  const type = typeOf(node);
  if (type) yield { type, range: node.range };
  for (const child of children(node)) yield* nodeSpans(child);
  if (node.type === "Flag") yield { type: "parameter", range: [node.range[0], node.range[0] + 2 + node.name.length] };
  if (node.type === "KeyValue") yield { type: "property", range: node.key.range };
}

function typeOf(node: Node): TokenType | null {
  if (node.type === "Keyword") return "keyword";
  if (node.type === "StageName") return "class";
  if (node.type === "ImageReference") return "type";
  if (node.type === "JsonString") return "string";
  if (node.type === "Variable") return "variable";
  if (node.type === "Heredoc") return "string";
  if (node.type === "Word" && node.quote !== null) return "string";
  return null;
}
