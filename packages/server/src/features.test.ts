import { expect, test } from "vitest";
import { FoldingRangeKind } from "vscode-languageserver";
import { foldingRanges } from "./folding.ts";
import { inlayHints } from "./inlay-hints.ts";
import { documentLinks, imagePage } from "./links.ts";
import { legend, semanticTokens } from "./semantic-tokens.ts";
import { signatureHelp } from "./signature-help.ts";
import { atCursor, textAt, viewOf } from "./testing/view.ts";

test("folds stages, long instructions and blocks of comments", () => {
  const text = "# a\n# b\nFROM x\nRUN a \\\n  b\nCOPY <<EOF /x\ny\nEOF\n\nFROM y\nRUN c\n";
  expect(foldingRanges(viewOf(text))).toEqual([
    { startLine: 0, endLine: 1, kind: FoldingRangeKind.Comment },
    { startLine: 2, endLine: 7 },
    { startLine: 3, endLine: 4 },
    { startLine: 5, endLine: 7 },
    { startLine: 9, endLine: 10 },
  ]);
});

interface Token {
  readonly text: string;
  readonly type: string;
}

function tokens(text: string): Token[] {
  const view = viewOf(text);
  const { data } = semanticTokens(view);
  const found: Token[] = [];
  let line = 0;
  let character = 0;
  for (let index = 0; index < data.length; index += 5) {
    const [lines = 0, characters = 0, length = 0, type = 0] = data.slice(index, index + 4);
    line += lines;
    character = lines > 0 ? characters : character + characters;
    const range = { start: { line, character }, end: { line, character: character + length } };
    found.push({ text: textAt(view, range), type: legend.tokenTypes[type] ?? "" });
  }
  return found;
}

test("colours keywords, flags, stages, variables in strings, commands and heredocs line by line", () => {
  const text = 'FROM a AS b\nFROM b\nCOPY --from=b "$X/y" /\n# c\nRUN <<E\nls\nE\n';
  expect(tokens(text)).toEqual([
    { text: "FROM", type: "keyword" },
    { text: "a", type: "type" },
    { text: "AS", type: "keyword" },
    { text: "b", type: "class" },
    { text: "FROM", type: "keyword" },
    { text: "b", type: "class" },
    { text: "COPY", type: "keyword" },
    { text: "--from", type: "parameter" },
    { text: "b", type: "class" },
    { text: '"', type: "string" },
    { text: "$X", type: "variable" },
    { text: '/y"', type: "string" },
    { text: "# c", type: "comment" },
    { text: "RUN", type: "keyword" },
    { text: "<<E", type: "macro" },
    { text: "ls", type: "function" },
    { text: "E", type: "macro" },
  ]);
});

test("links images to the pages of their registries, ARG defaults put in", () => {
  const view = viewOf(
    "ARG V=13\nFROM debian:$V AS a\nFROM grafana/loki\nCOPY --from=quay.io/x/y:1 /a /b\nFROM a\nFROM reg.example.com/z\n",
  );
  expect(documentLinks(view).map(({ range, target }) => [textAt(view, range), target])).toEqual([
    ["debian:$V", "https://hub.docker.com/_/debian/tags?name=13"],
    ["grafana/loki", "https://hub.docker.com/r/grafana/loki"],
    ["quay.io/x/y:1", "https://quay.io/repository/x/y"],
  ]);
});

test("knows the pages of public registries", () => {
  const page = (registry: string) => imagePage({ registry, repository: "a/b", familiar: "", tag: "1", digest: null });
  expect(page("mcr.microsoft.com")).toBe("https://mcr.microsoft.com/artifact/mar/a/b");
  expect(page("public.ecr.aws")).toBe("https://gallery.ecr.aws/a/b");
});

const signature = (marked: string) => {
  const { view, offset } = atCursor(marked);
  const help = signatureHelp(view, offset);
  const active = help?.signatures[help.activeSignature ?? 0];
  return active ? [active.label, active.parameters?.[help.activeParameter ?? 0]?.label] : null;
};

test("shows the parameter that is being typed", () => {
  expect(signature("FROM |")).toEqual(["FROM image AS name", "image"]);
  expect(signature("FROM a AS |")).toEqual(["FROM image AS name", "name"]);
  expect(signature("FROM a\nCOPY --link x |")).toEqual(["COPY source... destination", "destination"]);
  expect(signature('FROM a\nCMD ["x", |]')).toEqual(['CMD ["executable", "argument"...]', '"argument"...']);
  expect(signature("FROM a\nHEALTHCHECK N|")).toEqual(["HEALTHCHECK NONE", "NONE"]);
  expect(signature("FROM a\nCOPY --chown=|")).toEqual(["--chown=user:group", "user:group"]);
});

test("shows no signature while the keyword is typed, nor in a heredoc", () => {
  expect(signature("FROM a\nCOP|")).toBeNull();
  expect(signature("FROM a\nCOPY <<E /x\na |\nE\n")).toBeNull();
});

test("hints at what words with variables come to", () => {
  const view = viewOf("ARG V=13\nFROM debian:$V\nARG V\nENV A=/x\nWORKDIR $A/y\nUSER $UNKNOWN\n");
  const hints = inlayHints(view, [0, view.source.text.length]);
  expect(hints.map(({ position, label }) => [position.line, position.character, label])).toEqual([
    [1, 14, "= debian:13"],
    [2, 5, "= 13"],
    [4, 12, "= /x/y"],
    [5, 13, '= ""'],
  ]);
});
