import { describe, expect, test } from "vitest";
import { createSourceCode } from "../create-source-code.ts";
import type { Stage } from "./types.ts";

const stagesOf = (text: string, buildArgs: Record<string, string> = {}) =>
  createSourceCode(text, { settings: { buildArgs } }).facts.stages;

const bases = (text: string, buildArgs?: Record<string, string>) =>
  stagesOf(text, buildArgs).all.map(({ base }) => (base.kind === "stage" ? base.stage.index : base.kind));

const targets = (text: string) =>
  stagesOf(text).all.flatMap(({ uses }) => uses.map((use) => [use.text, use.target?.index ?? null, use.byIndex]));

const indexes = (stages: Iterable<Stage>) => [...stages].map(({ index }) => index);

describe("bases", () => {
  test.each([
    ["FROM debian\nFROM scratch", ["image", "scratch"]],
    ["FROM debian AS base\nFROM base", ["image", 0]],
    ["FROM debian AS Base\nFROM base", ["image", 0]],
    ["FROM debian AS base\nFROM BASE", ["image", "image"]],
    ["FROM later\nFROM debian AS later", ["image", "image"]],
    ["FROM a AS x\nFROM b AS x\nFROM x", ["image", "image", 1]],
    ["FROM debian AS debian\nFROM debian", ["image", 0]],
    ["FROM a AS scratch\nFROM scratch", ["image", 0]],
    ["FROM SCRATCH", ["image"]],
    ["ARG B=base\nFROM debian AS base\nFROM $B", ["image", 0]],
    ["ARG B=sc\nFROM ${B}ratch", ["scratch"]],
    ['FROM debian AS base\nFROM "base"', ["image", 0]],
    ["FROM debian AS base\nFROM ${NONE:-base}", ["image", 0]],
  ])("of %j", (text, expected) => {
    expect(bases(text)).toEqual(expected);
  });

  test("follow build arguments", () => {
    const text = "ARG B=one\nFROM debian AS one\nFROM debian AS two\nFROM $B";
    expect(bases(text, { B: "two" })).toEqual(["image", "image", 1]);
  });
});

describe("uses", () => {
  test.each([
    ["FROM a AS x\nFROM b\nCOPY --from=x /a /b", [["x", 0, false]]],
    ["FROM a AS x\nFROM b\nCOPY --from=X /a /b", [["X", 0, false]]],
    ['FROM a AS x\nFROM b\nCOPY --from="x" /a /b', [["x", 0, false]]],
    ["FROM a\nFROM b\nCOPY --from=0 /a /b", [["0", 0, true]]],
    ["FROM a\nFROM b\nCOPY --from=1 /a /b", [["1", null, true]]],
    ["FROM a\nFROM b\nCOPY --from=-1 /a /b", [["-1", null, true]]],
    ["FROM a AS x\nFROM b AS x\nFROM c\nCOPY --from=x /a /b", [["x", 1, false]]],
    ["FROM a\nCOPY --from=nginx:1 /a /b", [["nginx:1", null, false]]],
    ["FROM a\nCOPY --from=later /a /b\nFROM b AS later", [["later", null, false]]],
    ["ARG A=x\nFROM a AS x\nFROM b\nCOPY --from=$A /a /b", [["$A", null, false]]],
    ["FROM a AS x\nFROM b\nRUN --mount=from=x,target=/m make", [["x", 0, false]]],
    ["FROM a\nFROM b\nRUN --mount=from=0,target=/m make", [["0", null, false]]],
    ["FROM a AS x\nFROM b\nADD --from=x /a /b", []],
    ["FROM a AS x\nFROM b\nONBUILD COPY --from=x /a /b", [["x", 0, false]]],
    ["FROM a AS x\nFROM b\nONBUILD COPY --from=app /a /b", []],
  ])("of %j", (text, expected) => {
    expect(targets(text)).toEqual(expected);
  });

  test.each([
    ["FROM a AS x\nFROM b\nCOPY --from=x /a /b", "x"],
    ['FROM a AS x\nFROM b\nCOPY --from="x" /a /b', "x"],
    ["FROM a AS x\nFROM b\nRUN --mount=type=bind,from=x,target=/m make", "x"],
  ])("have the place of the name in %j", (text, expected) => {
    const ranges = stagesOf(text).all.flatMap(({ uses }) => uses.map(({ range }) => range));
    expect(ranges.map(([start, end]) => text.slice(start, end))).toEqual([expected]);
  });
});

describe("the graph", () => {
  const text = [
    "ARG V=1",
    "FROM debian AS tools",
    "FROM tools AS build",
    "ONBUILD RUN x",
    "FROM debian AS unused",
    "FROM scratch",
    "COPY --from=build /a /b",
  ].join("\n");

  test("knows what comes before the first FROM", () => {
    expect(stagesOf(text).preamble.map(({ type }) => type)).toEqual(["Arg"]);
  });

  test("ends with the final stage", () => {
    expect(stagesOf(text).final?.index).toBe(3);
  });

  test("is empty without FROM", () => {
    expect(stagesOf("RUN x")).toMatchObject({ all: [], final: null, preamble: [{ type: "Run" }] });
  });

  test("tells what a stage needs", () => {
    const stages = stagesOf(text);
    expect(stages.final && indexes(stages.needed(stages.final))).toEqual([3, 1, 0]);
  });

  test("tells what a stage is built on", () => {
    const stages = stagesOf(text);
    expect(stages.all.map((stage) => indexes(stages.chain(stage)))).toEqual([[0], [1, 0], [2], [3]]);
  });

  test("takes every stage for needed that a variable may name", () => {
    const stages = stagesOf(
      "FROM a AS base-amd64\nFROM b AS base-arm64\nFROM c AS other\nFROM base-${TARGETARCH} AS final\nRUN x",
    );
    expect(stages.final && indexes(stages.needed(stages.final))).toEqual([3, 0, 1]);
  });

  test("finds the stage of an instruction, also inside ONBUILD", () => {
    const { facts, ast } = createSourceCode(text);
    const onbuild = ast.instructions.find(({ type }) => type === "Onbuild");
    expect(onbuild?.type === "Onbuild" && onbuild.instruction && facts.stages.of(onbuild.instruction)?.name).toBe(
      "build",
    );
    expect(ast.instructions.map((node) => facts.stages.of(node)?.index ?? null)).toEqual([null, 0, 1, 1, 2, 3, 3]);
  });

  test("finds stages by name in any case", () => {
    const stages = stagesOf("FROM a AS x\nFROM b AS X\nFROM c");
    expect(stages.find("X")?.index).toBe(1);
    expect(stages.find("x", stages.all[1])?.index).toBe(0);
    expect(stages.find("x", stages.all[0])).toBeNull();
    expect(stages.find("none")).toBeNull();
  });
});
