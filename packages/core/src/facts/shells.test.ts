import { describe, expect, test } from "vitest";
import { createSourceCode } from "../create-source-code.ts";
import { fromArgv, shellKind } from "./shells.ts";

function shellOf(text: string, settings = {}) {
  const { facts, ast } = createSourceCode(text, { settings });
  const last = ast.instructions.at(-1);
  return last && facts.shell(last);
}

describe("the shell in force", () => {
  test.each([
    ["FROM debian\nRUN x", "dash"],
    ["FROM ubuntu:24.04\nRUN x", "dash"],
    ["FROM node:22\nRUN x", "dash"],
    ["FROM alpine\nRUN x", "ash"],
    ["FROM node:22-alpine3.20\nRUN x", "ash"],
    ["FROM busybox\nRUN x", "ash"],
    ["FROM fedora\nRUN x", "bash"],
    ["FROM example.org/x\nRUN x", "sh"],
    ["FROM scratch\nRUN x", "sh"],
    ["ARG V=alpine\nFROM $V\nRUN x", "ash"],
    ["FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN x", "cmd"],
    ["FROM golang:1.26-windowsservercore-ltsc2022\nRUN x", "powershell"],
    ["FROM golang:1.26-nanoserver-ltsc2022\nRUN x", "cmd"],
    ["FROM --platform=windows/amd64 example.org/x\nRUN x", "cmd"],
    ['FROM debian\nSHELL ["/bin/bash", "-c"]\nRUN x', "bash"],
    ['FROM debian\nRUN x\nSHELL ["/bin/bash", "-c"]', "dash"],
    ['FROM debian AS a\nSHELL ["/bin/bash", "-c"]\nFROM a\nRUN x', "bash"],
    ['FROM debian AS a\nSHELL ["/bin/bash", "-c"]\nFROM debian\nRUN x', "dash"],
    ['FROM debian AS a\nONBUILD SHELL ["/bin/bash", "-c"]\nRUN x', "dash"],
    ['FROM debian AS a\nONBUILD SHELL ["/bin/bash", "-c"]\nFROM a\nRUN x', "bash"],
    ['FROM debian\nSHELL ["/bin/bash", "-c"]\nONBUILD RUN x', "bash"],
    ["# hadolint shell=bash\nFROM debian\nRUN x", "bash"],
    ["# hadolint shell=bash\nFROM debian\nFROM alpine\nRUN x", "bash"],
    ["FROM debian\n# hadolint shell=bash\nRUN x", "bash"],
    ["FROM debian\nRUN x\n# hadolint shell=bash\nRUN y", "bash"],
    ["FROM debian\n# hadolint shell=bash\nFROM debian\nRUN x", "dash"],
    ["FROM debian\n# hadolint ignore=DL3000\nRUN x", "dash"],
  ])("of %j", (text, expected) => {
    expect(shellOf(text)?.kind).toBe(expected);
  });

  test("does not know base images where the settings say so", () => {
    expect(shellOf("FROM alpine\nRUN x", { baseImageKnowledge: false })?.kind).toBe("sh");
  });

  test("is the default of the platform", () => {
    expect(shellOf("FROM debian\nRUN x")).toEqual({
      kind: "dash",
      argv: ["/bin/sh", "-c"],
      pipefail: false,
      source: null,
      windows: false,
    });
    expect(shellOf("FROM mcr.microsoft.com/windows/nanoserver:1809\nRUN x")).toMatchObject({
      argv: ["cmd", "/S", "/C"],
      windows: true,
    });
  });

  test("says where it comes from", () => {
    expect(shellOf('FROM debian\nSHELL ["bash", "-o", "pipefail", "-c"]\nRUN x')).toMatchObject({
      argv: ["bash", "-o", "pipefail", "-c"],
      pipefail: true,
      source: { type: "Shell" },
    });
    expect(shellOf("# hadolint shell=ksh\nFROM debian\nRUN x")).toMatchObject({ source: { type: "Comment" } });
  });

  test("keeps pipefail when a comment names the shell", () => {
    const text = 'FROM debian\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\n# hadolint shell=bash\nRUN x';
    expect(shellOf(text)?.pipefail).toBe(true);
  });
});

describe("fromArgv", () => {
  test.each([
    [["/bin/bash", "-o", "pipefail", "-c"], "bash", true],
    [["/bin/bash", "-eo", "pipefail", "-c"], "bash", true],
    [["/bin/bash", "-oe", "pipefail", "-c"], "bash", true],
    [["/bin/bash", "-c", "pipefail"], "bash", false],
    [["/bin/sh", "-exc"], "sh", false],
    [["powershell.exe", "-Command"], "powershell", false],
    [["C:\\Windows\\System32\\cmd.exe", "/S", "/C"], "cmd", false],
    [["pwsh", "-c"], "powershell", false],
    [["/usr/bin/env", "bash", "-c"], "bash", false],
    [["conda", "run", "-n", "env", "/bin/bash", "-o", "pipefail", "-c"], "bash", true],
    [["/usr/local/bin/_dockerfile_shell.sh"], "unknown", false],
    [["python3", "-c"], "other", false],
    [["fish", "-c"], "other", false],
    [[], "other", false],
  ])("of %j", (argv, kind, pipefail) => {
    expect(fromArgv(argv)).toEqual({ kind, argv, pipefail });
  });
});

test("shellKind reads names in any case", () => {
  expect(shellKind("PowerShell.EXE")).toBe("powershell");
  expect(shellKind("/busybox/sh")).toBe("sh");
  expect(shellKind("constructor")).toBe("other");
});
