import { expect, test } from "vitest";
import { TextEdit } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { completion } from "./completion.ts";
import { atCursor } from "./testing/view.ts";

const items = (marked: string) => {
  const { view, offset } = atCursor(marked);
  return completion(view, offset, { snippets: false, rules: [] });
};
const labels = (marked: string) => items(marked).map(({ label }) => label);

/** The text after the item called `label` has been taken. */
const taken = (marked: string, label: string) => {
  const { view, offset } = atCursor(marked);
  const item = completion(view, offset, { snippets: false, rules: [] }).find((candidate) => candidate.label === label);
  if (!item?.textEdit || !TextEdit.is(item.textEdit)) throw new Error(`There is no item ${label}.`);
  return TextDocument.applyEdits(view.document, [item.textEdit]);
};

test("offers FROM and ARG before the first stage, then all instructions", () => {
  expect(labels("|")).toEqual(["ARG", "FROM"]);
  expect(labels("FROM a\n|")).toHaveLength(18);
  expect(taken("FROM a\nCO|\n", "COPY")).toBe("FROM a\nCOPY \n");
});

test("writes an instruction in lower case when it was begun so", () => {
  expect(taken("from a\nco|\n", "copy")).toBe("from a\ncopy \n");
});

test("offers the flags of an instruction that are not there yet", () => {
  expect(labels("FROM a\nCOPY --from=x --|\n")).toEqual(["--chown", "--chmod", "--link", "--parents", "--exclude"]);
  expect(taken("FROM a\nRUN --mo|\n", "--mount")).toBe("FROM a\nRUN --mount=\n");
});

test("offers earlier stages after --from= and FROM, the nearest first", () => {
  const stages = "FROM a AS one\nFROM b AS two\nFROM c AS three\n";
  expect(labels(`${stages}COPY --from=|\n`)).toEqual(["two", "one"]);
  expect(labels(`${stages}FROM |`)).toEqual(["three", "two", "one", "scratch"]);
  expect(taken(`${stages}COPY --from=t| /a /b\n`, "two")).toBe(`${stages}COPY --from=two /a /b\n`);
});

test("offers AS behind an image", () => {
  expect(labels("FROM debian |")).toEqual(["AS"]);
});

test("offers types of mounts, then the options of the type", () => {
  expect(labels("FROM a\nRUN --mount=|\n")).toContain("type=cache");
  expect(labels("FROM a\nRUN --mount=type=cache,|\n")).toContain("sharing");
  expect(labels("FROM a\nRUN --mount=type=cache,sharing=|\n")).toEqual(["shared", "private", "locked"]);
  expect(taken("FROM a AS b\nFROM c\nRUN --mount=type=bind,from=|\n", "b")).toContain("from=b\n");
});

test("offers the variables that are in scope", () => {
  expect(labels("ARG A=1\nFROM x\nARG B=2\nENV C=3\nWORKDIR /$|\n")).toEqual(["B", "PATH", "C"]);
  expect(labels("ARG A=1\nFROM x:$|\n")).toContain("A");
  expect(taken("FROM x\nENV C=3\nWORKDIR ${C|\n", "C")).toBe("FROM x\nENV C=3\nWORKDIR ${C}\n");
});

test("goes on after a continuation", () => {
  expect(labels("FROM a\nCOPY \\\n  --|")).toContain("--from");
});

test("offers directives at the top and ignore comments everywhere", () => {
  expect(labels("# |")).toContain("syntax=");
  expect(labels("FROM a\n# |\n")).not.toContain("syntax=");
  expect(labels("FROM a\n# stage|\nRUN x\n")).toContain("stagewright-disable-next-line");
});

test("says nothing in a heredoc", () => {
  expect(labels("FROM a\nRUN <<EOF\nCO|\nEOF\n")).toEqual([]);
});
