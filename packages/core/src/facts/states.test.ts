import { describe, expect, test } from "vitest";
import { createSourceCode } from "../create-source-code.ts";

function stateOf(text: string) {
  const { facts, ast } = createSourceCode(text);
  const last = ast.instructions.at(-1);
  return last && facts.state(last);
}

describe("workdir", () => {
  test.each([
    ["FROM scratch\nRUN x", "/"],
    ["FROM debian\nRUN x", "/"],
    ["FROM golang\nRUN x", "/go"],
    ["FROM example.org/x\nRUN x", null],
    ["FROM example.org/x\nWORKDIR a\nRUN x", null],
    ["FROM example.org/x\nWORKDIR /a\nRUN x", "/a"],
    ["FROM example.org/x\nWORKDIR /a\nWORKDIR b/c\nRUN x", "/a/b/c"],
    ["FROM scratch\nWORKDIR /a/\nWORKDIR ../b/./c\nRUN x", "/b/c"],
    ["FROM scratch\nWORKDIR /a\nWORKDIR $NONE\nRUN x", "/a"],
    ["FROM example.org/x\nWORKDIR /a\nWORKDIR $NONE\nRUN x", null],
    ["FROM example.org/x\nWORKDIR /$NONE\nWORKDIR /b\nRUN x", "/b"],
    ["FROM scratch\nENV D=/srv\nWORKDIR $D/app\nRUN x", "/srv/app"],
    ['FROM scratch\nWORKDIR "/a b"\nRUN x', "/a b"],
    ["FROM scratch\nWORKDIR /a\nWORKDIR /b", "/a"],
    ["FROM scratch AS a\nWORKDIR /a\nFROM a\nWORKDIR b\nRUN x", "/a/b"],
    ["FROM mcr.microsoft.com/windows/servercore:ltsc2022\nWORKDIR C:/app\nRUN x", "C:\\app"],
    ["FROM mcr.microsoft.com/windows/servercore:ltsc2022\nWORKDIR C:/app\nWORKDIR src/a\nRUN x", "C:\\app\\src\\a"],
    ["FROM mcr.microsoft.com/windows/servercore:ltsc2022\nWORKDIR /app\nRUN x", "C:\\app"],
    ["# escape=`\nFROM example.org/x\nWORKDIR C:\\app\nWORKDIR C:\\app\\..\\b\nRUN x", "C:\\b"],
    ["# escape=`\nFROM mcr.microsoft.com/windows/nanoserver:1809\nWORKDIR \\app\nRUN x", "C:\\app"],
  ])("of %j", (text, expected) => {
    expect(stateOf(text)?.workdir).toBe(expected);
  });
});

describe("user", () => {
  test.each([
    ["FROM debian\nRUN x", null],
    ["FROM debian\nUSER app\nRUN x", "app"],
    ["FROM debian\nARG U=1000\nUSER $U:$U\nRUN x", "1000:1000"],
    ["FROM debian\nARG U\nUSER $U\nRUN x", null],
    ["FROM debian\nUSER app\nUSER root", "app"],
    ["FROM debian AS a\nUSER app\nFROM a\nRUN x", "app"],
    ["FROM debian AS a\nONBUILD USER app\nFROM a\nRUN x", "app"],
    ["FROM debian\nUSER app\nONBUILD RUN x", "app"],
  ])("of %j", (text, expected) => {
    expect(stateOf(text)?.user).toBe(expected);
  });
});

describe("variables", () => {
  test("are those before the instruction", () => {
    const state = stateOf("ARG G=g\nFROM scratch\nENV A=1\nARG G\nARG N\nENV B=$G\nENV C=late");
    expect([...(state?.env ?? [])].filter(([name]) => name !== "PATH")).toEqual([
      ["A", "1"],
      ["B", "g"],
    ]);
    expect([...(state?.args ?? [])]).toEqual([
      ["G", "g"],
      ["N", null],
    ]);
  });

  test("keep ENV and ARG of one name apart", () => {
    const state = stateOf("FROM scratch\nENV A=env\nARG A=arg\nRUN x");
    expect(state?.env.get("A")).toBe("env");
    expect(state?.args.get("A")).toBe("arg");
  });

  test("come from the stages below", () => {
    const state = stateOf("FROM scratch AS a\nENV A=1\nFROM a AS b\nENV B=2\nFROM b\nENV A=3\nRUN x");
    expect([...(state?.env ?? [])].filter(([name]) => name !== "PATH")).toEqual([
      ["A", "3"],
      ["B", "2"],
    ]);
  });

  test("take time in proportion to the length of the file", () => {
    const text = `FROM scratch\n${Array.from({ length: 20_000 }, (_, n) => `ENV V${n}=a$V${n % 10}\n`).join("")}`;
    const { facts, ast } = createSourceCode(text);
    const last = ast.instructions.at(-1);
    const start = performance.now();
    expect(last && facts.variables.lookup("V19998", last).kind).toBe("value");
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe("a base image that was looked up", () => {
  const onbuild = ["ENV SET=1", "ARG GIVEN", "USER app", "WORKDIR srv", 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]'];
  const answer = { exists: true, env: [["PATH", "/bin"]], user: "", workdir: "/base", onbuild };
  const { ast, facts } = createSourceCode("FROM example.org/x:1\nRUN true\n", {
    answers: { get: () => answer as never },
  });
  const [from, run] = ast.instructions;

  test("has run its triggers before the first instruction", () => {
    if (!run) throw new Error("There is no RUN.");
    const { env, user, workdir } = facts.state(run);
    expect([...env]).toEqual([
      ["PATH", "/bin"],
      ["SET", "1"],
      ["GIVEN", null],
    ]);
    expect({ user, workdir }).toEqual({ user: "app", workdir: "/base/srv" });
    expect(facts.shell(run)).toMatchObject({ kind: "bash", pipefail: true });
  });

  test("runs as the user of its config but for them", () => {
    expect(from?.type === "From" && facts.base(from)).toMatchObject({ root: true, healthcheck: false });
  });
});
