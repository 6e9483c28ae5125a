import { createSourceCode, type Settings } from "@stagewright/core";
import { describe, expect, test } from "vitest";
import { runScripts } from "./scripts.ts";

const requests = (text: string, like: "docker" | "hadolint" = "docker", settings: Settings = {}) =>
  runScripts(createSourceCode(text, { settings }), like).map(({ request }) => request);
const scripts = (text: string, like?: "docker" | "hadolint") => requests(text, like).map(({ script }) => script);
const shells = (text: string, like?: "docker" | "hadolint") => requests(text, like).map(({ shell }) => shell);
const proxies = /^(HTTPS?|FTP|NO)_PROXY$/i;
const variables = (text: string, like?: "docker" | "hadolint") =>
  requests(text, like).map((request) =>
    Object.fromEntries(
      request.variables.filter(({ name }) => !proxies.test(name)).map(({ name, value }) => [name, value]),
    ),
  );

describe("the script", () => {
  test("is one line without continuations and comments", () => {
    expect(scripts("FROM a\nRUN echo a \\\n    # b\n\n    c\\\n  d\\\ne\n")).toEqual(["echo a  c de"]);
  });

  test("is without flags", () => {
    expect(scripts("FROM a\nRUN --network=none --mount=type=cache,target=/x make\n")).toEqual(["make"]);
  });

  test("follows the escape directive", () => {
    expect(scripts("# escape=`\nFROM a\nRUN make `\n && echo \\\n")).toEqual(["make  && echo \\"]);
  });

  test("is the body of a heredoc without its #! line", () => {
    expect(scripts("FROM a\nRUN <<EOF\n#!/bin/sh\nmake\n\nmake x\nEOF\n")).toEqual(["make\n\nmake x\n"]);
  });

  test("is a command with its heredocs below", () => {
    expect(scripts("FROM a\nRUN cat <<A - <<-B \\\n  > x\na\nA\n\tb\n\tB\n")).toEqual([
      "cat <<A - <<-B  > x\na\nA\n\tb\n\tB",
    ]);
  });

  test("is not there for an exec form, an empty RUN and other instructions", () => {
    expect(scripts('FROM a\nRUN ["make"]\nRUN\nCMD make\nRUN <<EOF\nEOF\n')).toEqual([]);
  });

  test("of ONBUILD is that of the RUN in it", () => {
    expect(scripts("FROM a\nONBUILD RUN make\nONBUILD COPY a b\n")).toEqual(["make"]);
  });

  test("is what stands before a heredoc, or its body, where hadolint is meant", () => {
    expect(scripts("FROM a\nRUN cat <<A > x\na\nA\nRUN <<A\na\nA\n", "hadolint")).toEqual(
      ["cat ", "a"].map((text) => text.trimEnd()),
    );
  });
});

describe("the shell", () => {
  test("is that of SHELL, to the end of the stage and in stages built on it", () => {
    const text = 'FROM x AS a\nRUN a\nSHELL ["/bin/bash", "-c"]\nRUN b\nARG V\nRUN c\nFROM a\nRUN d\nFROM x\nRUN e\n';
    expect(shells(text)).toEqual(["/bin/sh", "/bin/bash", "/bin/bash", "/bin/bash", "/bin/sh"]);
    expect(shells(text, "hadolint")).toEqual(shells(text));
  });

  test.each([
    ['["/bin/bash", "-ec"]', "/bin/bash -e"],
    ['["/bin/bash", "-o", "pipefail", "-c"]', "/bin/bash"],
    ['["/bin/bash", "-eo", "pipefail", "-c"]', "/bin/bash -e"],
    ['["/bin/bash", "-o", "errexit", "-c"]', "/bin/bash -e"],
    ['["/bin/bash", "-exo", "pipefail", "-c"]', "/bin/bash -e"],
    ['["/usr/bin/env", "bash", "-c"]', "/bin/bash"],
    ['["/bin/ash", "-c"]', "/bin/busybox sh"],
    ['["/bin/ksh", "-c"]', "/bin/ksh"],
  ])("of SHELL %s is %s", (shell, expected) => {
    expect(shells(`FROM x\nSHELL ${shell}\nRUN a\n`)).toEqual([expected]);
  });

  test.each(["pwsh", "powershell", "cmd", "/bin/zsh", "python3"])("of SHELL %s is none", (shell) => {
    expect(shells(`FROM x\nSHELL ["${shell}", "-c"]\nRUN a\n`)).toEqual([]);
  });

  test("is that of the base image", () => {
    expect(shells("FROM alpine\nRUN a\nFROM debian\nRUN a\nFROM node:22-alpine\nRUN a\n")).toEqual([
      "/bin/busybox sh",
      "/bin/dash",
      "/bin/busybox sh",
    ]);
    expect(shells("FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nRUN a\n")).toEqual([]);
  });

  test("is what hadolint's comment says", () => {
    expect(shells("FROM x\n# hadolint shell=bash\nRUN a\n")).toEqual(["/bin/bash"]);
    expect(shells("FROM x\n# hadolint shell=powershell\nRUN a\n")).toEqual([]);
    expect(shells("FROM x\n# hadolint shell=bash\nRUN a\n", "hadolint")).toEqual(["bash"]);
  });

  test("is what ShellCheck's comment above says", () => {
    expect(shells("FROM x\n# shellcheck shell=bash\nRUN a\nRUN b\n")).toEqual(["/bin/bash", "/bin/sh"]);
  });

  test.each([
    ["<<EOF", "#!/usr/bin/env bash", "/bin/bash"],
    ["<<EOF", "#!/bin/bash -e", "/bin/bash -e"],
    ["<<EOF bash", "true", "/bin/bash"],
    ["bash -euo pipefail <<EOF", "true", "/bin/bash -e"],
    ["/usr/bin/env bash <<EOF", "true", "/bin/bash"],
    ["sh <<EOF", "true", "/bin/sh"],
    ["cat <<EOF", "true", "/bin/sh"],
  ])("of RUN %s with %s is %s", (line, first, expected) => {
    expect(shells(`FROM x\nRUN ${line}\n${first}\nmake\nEOF\n`)).toEqual([expected]);
  });

  test.each([
    ["<<EOF", "#!/usr/bin/env python3"],
    ["<<EOF", "#!/usr/bin/perl -w"],
    ["<<EOF python3", "print(1)"],
    ["python3 - <<EOF", "print(1)"],
    ["node <<EOF", "print(1)"],
  ])("of RUN %s with %s is none", (line, first) => {
    expect(shells(`FROM x\nRUN ${line}\n${first}\nEOF\n`)).toEqual([]);
  });
});

describe("variables", () => {
  test("are those of the stage so far and of stages that it is built on, with their values", () => {
    const text =
      'ARG G=1\nFROM x AS a\nENV A="a b"\nARG B\nRUN a\nFROM a\nENV C=$A\nARG G\nRUN b\nENV D=1\nFROM x\nRUN c\n';
    expect(variables(text)).toEqual([{ A: "a b", B: null }, { A: "a b", B: null, C: "a b", G: "1" }, {}]);
    expect(variables(text, "hadolint")).toEqual([{ A: null, B: null }, { A: null, B: null, C: null, G: null }, {}]);
  });

  test("of ENV go before those of ARG", () => {
    expect(variables("FROM x\nENV A=env\nARG A=arg\nRUN a\n")).toEqual([{ A: "env" }]);
  });

  test("are those that the base image is known to set", () => {
    expect(variables("FROM node:22\nRUN a\n")).toEqual([{ NODE_VERSION: null, YARN_VERSION: null }]);
  });

  test("of ONBUILD are ENV and what ONBUILD sets", () => {
    const text = "FROM x\nENV A=1\nARG B=1\nONBUILD ENV C=1\nONBUILD ARG D\nONBUILD RUN a\nONBUILD ENV E=1\n";
    expect(variables(text)).toEqual([{ A: "1", C: "1", D: null }]);
    expect(variables(text, "hadolint")).toEqual([{ C: null, D: null }]);
  });

  test("hold the proxies that BuildKit hands in", () => {
    expect(requests("FROM x\nRUN a\n")[0]?.variables.map(({ name }) => name)).toEqual([
      "HTTP_PROXY",
      "http_proxy",
      "HTTPS_PROXY",
      "https_proxy",
      "FTP_PROXY",
      "ftp_proxy",
      "NO_PROXY",
      "no_proxy",
    ]);
  });
});
