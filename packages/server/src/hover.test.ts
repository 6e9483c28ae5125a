import { expect, test } from "vitest";
import { hover } from "./hover.ts";
import { atCursor, textAt } from "./testing/view.ts";

const shown = (marked: string) => {
  const { view, offset } = atCursor(marked);
  const answer = hover(view, offset, [], new Map());
  if (!answer) return null;
  return { text: (answer.contents as { value: string }).value, place: answer.range ? textAt(view, answer.range) : "" };
};

test("explains instructions", () => {
  expect(shown("FROM a\nCO|PY a b\n")).toMatchObject({ place: "COPY", text: expect.stringContaining("named context") });
});

test("explains the instruction inside ONBUILD", () => {
  expect(shown("FROM a\nONBUILD wor|kdir /x\n")).toMatchObject({
    place: "workdir",
    text: expect.stringContaining("working directory"),
  });
});

test("explains flags and the options of mounts, aliases too", () => {
  expect(shown("FROM a\nCOPY --ch|mod=755 a b\n")).toMatchObject({
    place: "--chmod=755",
    text: expect.stringContaining("octal"),
  });
  expect(shown("FROM a\nRUN --mount=type=cache,ds|t=/x true\n")).toMatchObject({
    place: "dst=/x",
    text: expect.stringContaining("Where to mount"),
  });
  expect(shown("FROM a\nRUN --mount=type=ca|che,dst=/x true\n")).toMatchObject({
    place: "type=cache",
    text: expect.stringContaining("kept between builds"),
  });
});

test("shows the value of a variable where it is used", () => {
  expect(shown("ARG V=13\nFROM debian:$|V\n")).toEqual({
    place: "V",
    text: "`V` is `13`, unless the build sets another value.",
  });
  expect(shown("FROM debian\nENV A=1\nENV B=${A}2\nWORKDIR /$|B\n")).toEqual({ place: "B", text: "`B` is `12`." });
  expect(shown("FROM debian\nARG TARGET|ARCH\n")?.text).toContain("Architecture that is built for");
});

test("shows a stage: its base and who uses it", () => {
  const answer = shown("ARG V=1\nFROM golang:$V AS build\nFROM scratch\nCOPY --from=bu|ild /a /a\n");
  expect(answer?.place).toBe("build");
  expect(answer?.text).toContain("Stage `build` (number 0), built on `golang:1`");
  expect(answer?.text).toContain("Used by `1`.");
});

test("explains parser directives", () => {
  expect(shown("# sy|ntax=docker/dockerfile:1\nFROM a\n")?.text).toContain("frontend");
});

test("says nothing in a heredoc, nor between instructions", () => {
  expect(shown("FROM a\nRUN <<EOF\nCO|PY\nEOF\n")).toBeNull();
  expect(shown("FROM a\n|\nRUN true\n")).toBeNull();
});
