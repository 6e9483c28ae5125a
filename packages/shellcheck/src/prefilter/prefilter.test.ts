import { describe, expect, test } from "vitest";
import { toJob } from "../script.ts";
import { whyUnknown } from "./index.ts";

const why = (script: string, shell = "/bin/sh", names = ["HTTP_PROXY", "VERSION", "COMPOSER_VERSION"]) =>
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
    'apt-get update && curl "https://example.org/$(uname -m).tgz" | tar xz',
    'echo "deb http://example.org $(lsb_release -cs) main" > /etc/apt/sources.list.d/x.list',
    "(cd /app && make) && make clean",
    "{ echo a; echo b; } > /etc/motd",
    "if [ ! -e /usr/bin/python ]; then ln -sf python3 /usr/bin/python; fi",
    "if make; then make a; else\n  if make b; then make c; fi\nfi",
    "if ! grep -q app /etc/passwd; then useradd app; else id app; fi",
    '[ "$HOME" = "$(getent-home app)" ] && make',
    'version=$(cat /etc/version) && curl "https://example.org/$version"',
    'export A=1 B="$VERSION" && make',
    "find /app -type d -exec chmod 755 {} + && find /app -name x -exec rm -f {} \\;",
    'echo "${TARGETARCH:-amd64} ${VERSION%%-*}"',
    "make || { echo failed; exit 1; }",
    "make check || exit 1; make install",
    'case "$HOME" in /root) make ;; /a | /b) make a ;; *) echo other; exit 1 ;; esac; make install',
    'arch="$(uname -m)"; arch="${arch##*-}"; url=; case "$arch" in\n  x86_64) url=a ;;\n  \'arm64\') url=b; ;;\nesac\ncurl "$url"',
    'for key in A1 B2; do gpg --recv-keys "$key" || exit 1; done',
    "for kind in dsa rsa; do ssh-keygen -f key_${kind} -t $kind; done",
    'for file in "$HOME"/bin/*; do strip "$file"; done',
    '[ "$HOME" != /root ] && make',
    'if [ "${VERSION}x" != 1x ]; then make; fi',
    '[ "$HOME$VERSION" = a ] && make',
    "echo >&2 'no such thing'",
    'cp "$HOME"/a_"$VERSION" "$HOME"/b',
    'home="$(mktemp -d)"; export home; make',
    'name="glibc-$VERSION" && make "$name"',
    "make $COMPOSER_VERSION",
    "# Builds it.\nmake &&\n\tmake install # here\n",
  ])("%s", (script) => expect(why(script)).toBeNull());
});

describe("does not know", () => {
  test.each([
    ["an unknown variable outside of quotes", "echo $FOO"],
    ["a variable in lower case that nobody set", 'echo "$foo"'],
    ["a variable that may be misspelt", 'echo "$VERSON"'],
    ["a variable that the script changes to what is split", "VERSION=$HOME make && echo $VERSION"],
    ["cd without a way out", "cd /app; make"],
    ["a substitution outside of quotes", "echo $(id)"],
    ["a substitution that echo only repeats", 'echo "$(id)"'],
    ["echo in a substitution", 'make "$(echo x)"'],
    ["a substitution whose output goes elsewhere", 'make "$(id > x)"'],
    ["a substitution as a command", '"$(which make)" x'],
    ["an exported substitution", 'export A="$(id)"'],
    ["a variable that nobody uses", "version=1; make"],
    ["a variable that is set in a subshell and used behind it", '(version=1; make "$version"); make "$version"'],
    ["a variable that is set to itself", 'VERSION="$VERSION"; make'],
    ["a variable outside of quotes that the script may have set", "make && version=1; make $version"],
    ["a variable outside of quotes behind a group", "{ make; } > $FOO"],
    ["an export of what it exports", 'export A=1 B="$A"'],
    ["what can never run", "if make; then exit 1; else exit 2; fi; make install"],
    ["what stands behind the end", "{ exit 1; }; make"],
    ["cd in a group without a way out", "(cd /app; make)"],
    ["a subshell for a test", "( [ -f x ] ) && make"],
    ["what looks like a test", "( a -eq b ) && make"],
    ["arithmetic", "((1))"],
    ["a group that reads what it writes", "{ cat x; } > x"],
    ["a group without its end", "{ make; "],
    ["a file that is called like a variable", 'make "$VERSION" > VERSION'],
    [
      "a file that is called like a variable in a group",
      'for x in a b; do make "$x"; done && { make "$HOME"; } > HOME',
    ],
    ["else if", "if make; then make a; else if make b; then make c; fi; fi"],
    ["an if without a branch", "if make; then fi"],
    ["a negation that skips errexit", "set -e; ! make; make install"],
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
    ["a test of a glob", "[ -f *.txt ] && make"],
    ["a test of constants", "[ a = b ] && make"],
    ["a test of what is always true", '[ -n "a$HOME" ] && make'],
    ["a bare variable in -n", "[ -n $VERSION ] && make"],
    ["a test of grep's output", '[ -n "$(grep x /etc/passwd)" ] && make'],
    ["a test with two answers", '[ "$HOME" != a ] || [ "$HOME" != b ]'],
    ["== in sh", '[ "$HOME" == a ] && make'],
    ["a test in a pipe", "[ -f x ] | make"],
    ["find without an end", "find /app -exec rm {} && make"],
    ["find with a shell", "find /app -exec sh -c 'rm {}' \\;"],
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
    ["a case of a constant", "case a in a) make ;; esac"],
    ["a case of more than a variable", 'case "a$HOME" in b) make ;; esac'],
    ["a pattern that comes twice", 'case "$HOME" in a) make ;; b | a) make b ;; esac'],
    ["a pattern behind all", 'case "$HOME" in *) make ;; a) make a ;; esac'],
    ["a pattern with a variable", 'case "$HOME" in "$VERSION") make ;; esac'],
    ["a pattern with a glob", 'case "$HOME" in a*) make ;; esac'],
    ["a case that goes on", 'case "$HOME" in a) make ;& b) make b ;; esac'],
    ["a case without its end", 'case "$HOME" in a) make ;;'],
    ["a case in a pipe", 'case "$HOME" in a) make ;; esac | cat'],
    ["what no branch goes on to", 'case "$HOME" in a) exit 1 ;; *) exit 2 ;; esac; make'],
    ["an exit before the end of a branch", 'case "$HOME" in a) exit 1; make ;; esac'],
    ["a loop that runs once", "for x in a; do make $x; done"],
    ["a loop over words with commas", 'for x in a, b; do make "$x"; done'],
    ["a loop over a glob behind a bare variable", 'for x in $VERSION/*; do make "$x"; done'],
    ["a loop whose variable nobody uses", "for x in a b; do make; done"],
    ["a loop whose variable is used bare and may be split", "for x in a 'b c'; do make $x; done"],
    ["a loop whose variable is used bare and changed", "for x in a b; do x=c; make $x; done"],
    ["a loop whose variable is used bare behind it", "for x in a b; do make $x; done; make $x"],
    ["two loops with one variable", 'for x in a b; do for x in c d; do make "$x"; done; done'],
    ["a loop that ends the shell", 'for x in a b; do make "$x"; exit 1; done'],
    ["a loop in a pipe", 'for x in a b; do make "$x"; done | cat'],
    ["a loop with a redirect", 'for x in a b; do make "$x"; done > log'],
    ["cd in a loop", 'for x in a b; do cd "$x" && make; done'],
    ["a suffix that can never be equal", '[ "${VERSION}x" = y ] && make'],
    ["a suffixed test with two answers", '[ "${VERSION}x" != ax ] || [ "${VERSION}x" != bx ]'],
    ["!= outside of a test", "make != x"],
    ["* before the end of a subshell", "(rm *)"],
    ["echo with a redirect among its words", "echo a > file b"],
    ["words out of quotes between words in quotes", 'make "a"b"c"'],
    ["a bare variable between words in quotes", 'make "$HOME"$VERSION"$HOME"'],
    ["an export of what nobody sets", "export nothing; make"],
    ["an export of what holds quotes", "name='a \"b\"'; export name; make"],
    ["a value made from itself alone", 'arch="${arch##*-}"; make "$arch"'],
    ["arithmetic that is text", 'VERSION=1; VERSION=VERSION+1; make "$VERSION"'],
    ["a variable that bash sets", 'make "$UID"'],
    ["an empty value before a command", "VERSION= make"],
    ["an empty script", ""],
  ])("%s", (_, script) => expect(why(script)).not.toBeNull());

  test("a shell that ShellCheck may refuse", () => expect(why("make", "/bin/zsh")).toBe("shell"));

  test("a variable whose value would be split", () => {
    const variables = [{ name: "FLAGS", value: "-a -b" }];
    expect(whyUnknown(toJob({ shell: "/bin/sh", variables, script: "make $FLAGS" }))).toBe("variable: bare");
    expect(whyUnknown(toJob({ shell: "/bin/sh", variables, script: 'make "$FLAGS"' }))).toBeNull();
  });

  test("a variable whose value has quotes", () => {
    const variables = [{ name: "FLAGS", value: "'a b'" }];
    expect(whyUnknown(toJob({ shell: "/bin/sh", variables, script: 'make "$FLAGS"' }))).toBe("value");
  });
});

test("knows more of bash than of sh", () => {
  expect(why("echo -n x", "/bin/bash")).toBeNull();
  expect(why("source ./env", "/bin/bash")).toBeNull();
});

test("knows what echo takes in each shell", () => {
  const accepted = (script: string) =>
    ["/bin/sh", "/bin/bash", "/bin/dash", "/bin/busybox sh"].filter((shell) => why(script, shell) === null);
  expect(accepted('echo "a\\nb"')).toEqual(["/bin/dash", "/bin/busybox sh"]);
  expect(accepted("echo -n x")).toEqual(["/bin/bash", "/bin/dash", "/bin/busybox sh"]);
  expect(accepted('echo -e "a\\nb"')).toEqual(["/bin/bash", "/bin/busybox sh"]);
  expect(accepted("echo -E x")).toEqual(["/bin/bash"]);
  expect(accepted('echo "- x"')).toHaveLength(4);
});

test("takes a variable of the shell for a usual one where the Dockerfile sets it", () => {
  expect(why('make "$UID"', "/bin/dash", ["UID"])).toBeNull();
  expect(why('make "$RANDOM"', "/bin/dash", ["RANDOM"])).not.toBeNull();
});
