import { SymbolKind, type DocumentSymbol } from "vscode-languageserver";
import { expect, test } from "vitest";
import { documentSymbols } from "./symbols.ts";
import { textAt, viewOf } from "./testing/view.ts";

const text = `ARG VERSION=13
FROM debian:\${VERSION} AS build
RUN make \\
    all
FROM scratch
COPY --from=build /out /out
ENV A=1 B=2
`;

test("puts instructions under their stage and global ARGs beside the stages", () => {
  const view = viewOf(text);
  const symbols = documentSymbols(view, true) as DocumentSymbol[];
  expect(symbols.map(({ name, kind }) => [name, kind])).toEqual([
    ["ARG VERSION", SymbolKind.Variable],
    ["build", SymbolKind.Module],
    ["scratch", SymbolKind.Module],
  ]);
  expect(symbols[2]?.children?.map(({ name, detail }) => `${name}: ${detail}`)).toEqual([
    "COPY: /out /out",
    "ENV A: 1",
    "ENV B: 2",
  ]);
  expect(textAt(view, symbols[1]?.range)).toBe("FROM debian:${VERSION} AS build\nRUN make \\\n    all");
  expect(textAt(view, symbols[1]?.selectionRange)).toBe("build");
});

test("gives one list to clients without trees", () => {
  const symbols = documentSymbols(viewOf("FROM a AS b\nRUN true\n"), false);
  expect(symbols).toMatchObject([{ name: "b" }, { name: "RUN", containerName: "b" }]);
});
