import { describe, expect, test } from "vitest";
import { toJob } from "../script.ts";
import { whyUnknown } from "./index.ts";

const why = (script: string, shell = "/bin/sh", names = ["HTTP_PROXY", "VERSION"]) =>
  whyUnknown(toJob({ shell, variables: names.map((name) => ({ name, value: null })), script }));

describe("accepts", () => {
  test.each([
    "apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*",
    'curl -fsSL "https://example.org/v$VERSION.tar.gz" | tar xz -C /opt',
    "mkdir -p /app && cd /app && make",
    "set -ex; cd /app; make install",
    "FOO=bar make 2>&1",
    "echo hello > /etc/motd",
    "useradd app || true",
    "test-tool && build || echo failed",
    "sed -i 's/a/b/' /etc/hosts",
    "awk '{print $1}' /etc/passwd",
    'printf "%s\\n" "$HOME"',
    "pip install $VERSION",
    ". /etc/profile && make",
    "make # all of it",
    "g++ -o a a.cc && getty@tty1 x",
    "make\n\n  make install\n",
    "# Builds it.\nmake &&\n\tmake install # here\n",
  ])("%s", (script) => expect(why(script)).toBeNull());
});

describe("does not know", () => {
  test.each([
    ["an unknown variable outside of quotes", "echo $FOO"],
    ["a variable in lower case that nobody set", 'echo "$foo"'],
    ["a variable that may be misspelt", 'echo "$VERSON"'],
    ["a variable that the script changes", "VERSION=2 make && echo $VERSION"],
    ["cd without a way out", "cd /app; make"],
    ["a substitution", "echo $(id)"],
    ["backticks", "echo `id`"],
    ["rm of a folder of the system", "rm -rf /usr"],
    ["rm of what may be a folder of the system", 'rm -rf "$HOME/bin"'],
    ["A && B || C", "make && make check || make clean"],
    ["a glob at the start of a word", "rm *.txt"],
    ["$ in single quotes", "echo '$HOME'"],
    ["escapes for echo", 'echo "a\\nb"'],
    ["flags of echo in sh", "echo -n x"],
    ["reading and writing one file", "sort x > x"],
    ["ls in a pipe", "ls | sort"],
    ["a keyword as an argument", "echo done"],
    ["a keyword as a command", "if true"],
    ["a command whose name begins like one that sets variables", "local+ a b"],
    ["a command whose name begins like one that exports", "export@1 a"],
    ["source in sh", "source ./env"],
    ["a test", "[ -f x ] && make"],
    ["a function", "f() { true; }"],
    ["an open quote", "echo 'x"],
    ["a comment in place of a value", "FOO=#x make"],
    ["a comment in place of an exported value", "export FOO=#x"],
    ["a file that a value names too", '> "$HOME" A="$HOME" make'],
    ["an end of line before an operator", "make\n&& make install"],
    ["a comment that is a shebang", "make\n#!/bin/sh\nmake"],
    ["a comment behind an operator", "make && # now\nmake install"],
    ["something outside of ASCII", "echo \u201cx\u201d"],
    ["a directive", "make # shellcheck disable=SC2086"],
    ["an empty script", ""],
  ])("%s", (_, script) => expect(why(script)).not.toBeNull());

  test("a shell that ShellCheck may refuse", () => expect(why("make", "/bin/zsh")).toBe("shell"));

  test("a variable whose value would be split", () => {
    const variables = [{ name: "FLAGS", value: "-a -b" }];
    expect(whyUnknown(toJob({ shell: "/bin/sh", variables, script: "make $FLAGS" }))).toBe("value");
  });
});

test("knows more of bash than of sh", () => {
  expect(why("echo -n x", "/bin/bash")).toBeNull();
  expect(why("source ./env", "/bin/bash")).toBeNull();
});
