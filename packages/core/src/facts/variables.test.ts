import { describe, expect, test } from "vitest";
import { createSourceCode } from "../create-source-code.ts";
import type { Settings } from "../rule.ts";
import type { Answers, ImageAnswer } from "../requests.ts";

/** What WORKDIR, the last instruction, expands to. */
function workdirOf(text: string, settings: Settings = {}, answers?: Answers) {
  const { facts, ast } = createSourceCode(text, { settings, ...(answers ? { answers } : {}) });
  const last = ast.instructions.at(-1);
  return last?.type === "Workdir" && last.path ? facts.variables.expand(last.path, last) : undefined;
}

function lookup(name: string, text: string, settings: Settings = {}) {
  const { facts, ast } = createSourceCode(text, { settings });
  const last = ast.instructions.at(-1);
  return last && facts.variables.lookup(name, last);
}

const usesOf = (text: string) =>
  createSourceCode(text).facts.variables.uses.map(({ variable, value }) => [
    variable.name,
    value.kind === "value" ? value.value : value.kind,
  ]);

const answer: ImageAnswer = {
  exists: true,
  digest: null,
  platforms: [],
  env: [["HOME", "/home/app"]],
  shell: null,
  user: "app",
  workdir: "/app",
  onbuild: null,
  healthcheck: null,
  tags: null,
};

const answers: Answers = {
  get: (request) =>
    (request.kind === "image" && request.reference === "example.org/app:1" ? answer : undefined) as never,
};

describe("expand", () => {
  test.each([
    ["FROM scratch\nENV A=1\nWORKDIR /$A", "/1"],
    ["FROM scratch\nENV A=1 B=$A\nWORKDIR /$B", "/"],
    ["FROM scratch\nENV A=1\nENV A=2 B=$A\nWORKDIR /$A$B", "/21"],
    ["FROM scratch\nENV A 1 2\nWORKDIR /$A", "/1 2"],
    ["FROM scratch\nENV A='$B' B=1\nWORKDIR /$A", "/$B"],
    ['FROM scratch\nENV A="x y"\nWORKDIR /$A', "/x y"],
    ["FROM scratch\nENV N=A\nENV $N=1\nWORKDIR /$A", "/1"],
    ["FROM scratch\nARG A=1 B=$A\nWORKDIR /$B", "/1"],
    ["FROM scratch\nARG A=1\nENV A=2\nWORKDIR /$A", "/2"],
    ["FROM scratch\nENV A=2\nARG A=1\nWORKDIR /$A", "/1"],
    ["FROM scratch\nENV A=2\nARG A\nWORKDIR /$A", "/2"],
    ["FROM scratch\nARG A\nWORKDIR /$A", null],
    ["FROM scratch\nARG A\nWORKDIR /${A:-x}", "/x"],
    ["FROM scratch\nARG TARGETARCH\nWORKDIR /${TARGETARCH:-x}", null],
    ["FROM scratch\nWORKDIR /$TARGETARCH", "/"],
    ["FROM scratch\nWORKDIR /$NONE", "/"],
    ["FROM scratch\nWORKDIR $PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
    ["FROM example.org/x\nWORKDIR /$NONE", null],
    ["FROM debian\nWORKDIR /$NONE", "/"],
    ["FROM golang\nWORKDIR $GOPATH", null],
    ["ARG A=1\nFROM scratch\nWORKDIR /$A", "/"],
    ["ARG A=1\nFROM scratch\nARG A\nWORKDIR /$A", "/1"],
    ["ARG A=1\nFROM scratch\nARG A=2\nWORKDIR /$A", "/2"],
    ["ARG A=1\nARG B=$A-2\nFROM scratch\nARG B\nWORKDIR /$B", "/1-2"],
    ["ARG A\nFROM scratch\nARG A\nWORKDIR /$A", null],
    ["FROM scratch AS a\nENV A=1\nARG B=2\nFROM a\nWORKDIR /$A$B", "/12"],
    ["FROM scratch AS a\nENV A=1\nFROM scratch\nWORKDIR /$A", "/"],
    ["FROM scratch AS a\nONBUILD ENV A=1\nWORKDIR /$A", "/"],
    ["FROM scratch AS a\nONBUILD ENV A=1\nFROM a\nWORKDIR /$A", "/1"],
    ["FROM scratch AS a\nONBUILD ENV A=1\nFROM a AS b\nFROM b\nWORKDIR /$A", "/1"],
    ["# escape=`\nFROM scratch\nENV A=1\nWORKDIR C:\\`$A\\$A", "C:\\$A\\1"],
    ["FROM scratch\r\nENV A=1 \\\r\n  B=2\r\nWORKDIR /$A$B", "/12"],
  ])("of %j", (text, expected) => {
    expect(workdirOf(text)).toBe(expected);
  });

  test("takes build arguments for defaults", () => {
    const text = "ARG A=1\nFROM scratch\nARG A\nARG B=$A\nARG C\nWORKDIR /$A$B$C";
    expect(workdirOf(text, { buildArgs: { A: "x", C: "z", D: "never declared" } })).toBe("/xxz");
  });

  test("knows what the registry says of the base image", () => {
    expect(workdirOf("FROM example.org/app:1\nWORKDIR $HOME/$NONE", {}, answers)).toBe("/home/app/");
  });

  test("takes nothing from the base image where the settings say so", () => {
    expect(workdirOf("FROM example.org/x\nWORKDIR /$NONE", { baseImageKnowledge: false })).toBe("/");
  });

  test("reads flags without their quotes", () => {
    const { facts, ast } = createSourceCode("FROM scratch\nENV U=app\nCOPY --chown='$U' a /b");
    const copy = ast.instructions[2];
    const word = copy?.flags[0]?.value;
    expect(copy && word && facts.variables.expand(word, copy)).toBe("app");
  });

  test("reads strings of JSON", () => {
    const { facts, ast } = createSourceCode('FROM scratch\nENV D=/srv\nCOPY ["a", "$D/\\"b\\""]\nRUN ["x", "$D"]');
    const [, , copy, run] = ast.instructions;
    const destination = copy?.type === "Copy" ? copy.destination : null;
    expect(copy && destination && facts.variables.expand(destination, copy)).toBe("/srv/b");
    const word = run?.type === "Run" && run.command.type === "ExecForm" ? run.command.elements[1] : undefined;
    expect(run && word && facts.variables.expand(word, run)).toBe("$D");
  });

  test("leaves open what ONBUILD will find in another build", () => {
    const { facts, ast } = createSourceCode("FROM scratch\nENV A=1\nARG B=2\nONBUILD WORKDIR /$A\nONBUILD WORKDIR /$B");
    const texts = ast.instructions.slice(3).map((node) => {
      const inner = node.type === "Onbuild" ? node.instruction : null;
      return inner?.type === "Workdir" && inner.path ? facts.variables.expand(inner.path, inner) : undefined;
    });
    expect(texts).toEqual(["/1", null]);
  });
});

describe("lookup", () => {
  test.each([
    ["FROM scratch\nRUN x", { kind: "undeclared", baseMaySet: false }],
    ["FROM alpine:3\nRUN x", { kind: "undeclared", baseMaySet: false }],
    ["FROM example.org/x\nRUN x", { kind: "undeclared", baseMaySet: true }],
    ["FROM $UNKNOWN\nRUN x", { kind: "undeclared", baseMaySet: true }],
    ["FROM scratch\nENV A=1\nRUN x", { kind: "value", value: "1", declaration: { type: "KeyValue" } }],
    ["FROM example.org/x\nENV A=$B\nRUN x", { kind: "unknown", declaration: { type: "KeyValue" } }],
    ["FROM scratch\nARG A\nRUN x", { kind: "unknown", declaration: { type: "KeyValue" } }],
    ["FROM scratch\nARG A=1\nONBUILD RUN x", { kind: "undeclared", baseMaySet: true }],
    ["ARG A=1\nFROM scratch\nRUN x", { kind: "undeclared", baseMaySet: false }],
    ["ARG A=1\nFROM scratch", { kind: "value", value: "1" }],
    ["ARG A=1\nARG A=2", { kind: "value", value: "1" }],
    ["ARG B=1", { kind: "undeclared", baseMaySet: false }],
  ])("of A in %j", (text, expected) => {
    expect(lookup("A", text)).toMatchObject(expected);
  });

  test("does not know a base that a variable names, whatever the settings", () => {
    const text = "FROM a AS base-amd64\nENV A=1\nFROM base-$TARGETARCH\nRUN x";
    expect(lookup("A", text, { baseImageKnowledge: false })).toEqual({ kind: "undeclared", baseMaySet: true });
    expect(lookup("A", text, { buildArgs: { TARGETARCH: "amd64" } })).toMatchObject({ value: "1" });
  });

  test("knows that PATH is set", () => {
    expect(lookup("PATH", "FROM example.org/x\nRUN x")).toEqual({ kind: "unknown", declaration: null });
  });

  test("knows what well-known images set", () => {
    expect(lookup("NODE_VERSION", "FROM node:22\nRUN x")).toEqual({ kind: "unknown", declaration: null });
    expect(lookup("NODE_VERSION", "FROM node:22\nRUN x", { baseImageKnowledge: false })).toMatchObject({
      kind: "undeclared",
    });
  });

  test("defines platforms before the first stage only", () => {
    expect(lookup("BUILDPLATFORM", "FROM scratch")).toEqual({ kind: "unknown", declaration: null });
    expect(lookup("BUILDPLATFORM", "FROM scratch\nRUN x")).toMatchObject({ kind: "undeclared" });
    expect(lookup("BUILDPLATFORM", "FROM scratch\nARG BUILDPLATFORM\nRUN x")).toMatchObject({ kind: "unknown" });
  });

  test("gives proxies to RUN when the build has them", () => {
    const settings = { buildArgs: { HTTP_PROXY: "http://proxy" } };
    expect(lookup("HTTP_PROXY", "FROM scratch\nRUN x", settings)).toMatchObject({ value: "http://proxy" });
    expect(lookup("HTTP_PROXY", "FROM scratch\nWORKDIR /x", settings)).toMatchObject({ kind: "undeclared" });
    expect(lookup("HTTP_PROXY", "FROM scratch\nRUN x")).toMatchObject({ kind: "undeclared" });
  });
});

describe("uses", () => {
  test.each([
    [
      "ARG A=1 B=$A\nFROM $A:$B",
      [
        ["A", "1"],
        ["A", "1"],
        ["B", "1"],
      ],
    ],
    ["FROM scratch\nENV A=1 B=$A", [["A", "undeclared"]]],
    ["FROM scratch\nARG A=1 B=$A", [["A", "1"]]],
    [
      "FROM scratch\nENV B=2\nWORKDIR /${A:-$B}",
      [
        ["A", "undeclared"],
        ["B", "2"],
      ],
    ],
    ["FROM scratch\nENV A=1\nRUN echo $A", []],
    ["FROM scratch\nENV A=1\nCMD echo $A", []],
    ["FROM scratch\nENV A=1\nONBUILD WORKDIR $A", []],
    [
      "FROM scratch\nENV A=1\nCOPY --chown=$A $A <<EOF /x/\n$A\nEOF",
      [
        ["A", "1"],
        ["A", "1"],
        ["A", "1"],
      ],
    ],
  ])("of %j", (text, expected) => {
    expect(usesOf(text)).toEqual(expected);
  });

  test("come with global ARGs", () => {
    const { globals } = createSourceCode("ARG A\nARG B=1\nFROM scratch\nARG C").facts.variables;
    expect(globals.flatMap(({ pairs }) => pairs.map(({ key }) => key.value))).toEqual(["A", "B"]);
  });
});
