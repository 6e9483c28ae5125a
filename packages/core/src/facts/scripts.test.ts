import { describe, expect, test } from "vitest";
import { createSourceCode } from "../create-source-code.ts";
import type { Settings } from "../rule.ts";
import type { Command, Script } from "./types.ts";

/** The script of the last instruction that runs something. */
function scriptOf(text: string, settings: Settings = {}): Script {
  const { facts, ast } = createSourceCode(text, { settings });
  const script = ast.instructions.map((node) => facts.script(node)).findLast((each) => each !== null);
  if (!script) throw new Error("no script");
  return script;
}

const run = (script: string, settings?: Settings) => scriptOf(`FROM debian\nRUN ${script}`, settings);

const line = ({ name, args }: Pick<Command, "name" | "args">) => [name, ...args.map(({ value }) => value)].join(" ");
const lines = (script: Script) => script.commands.map(line);
const wrappers = (script: Script) => script.commands.map((command) => command.wrappers.map(({ name }) => name));

describe("commands of a shell form", () => {
  test.each([
    ["a b && c || d; e & f", ["a b", "c", "d", "e", "f"]],
    ["a | b |& c", ["a", "b", "c"]],
    ["(a; b) && { c; }", ["a", "b", "c"]],
    ["if a; then b; elif c; then d; else e; fi", ["a", "b", "c", "d", "e"]],
    ["for x in 1 2; do a $x; done", ["a $x"]],
    ["while a; do b; done", ["a", "b"]],
    ["case $x in y) a;; *) b;; esac", ["a", "b"]],
    ["f() { a; }; f", ["a", "f"]],
    ['a $(b `c`) "$(d)" <(e)', ["a $(b `c`) $(d) <(e)", "b `c`", "c", "d", "e"]],
    ["A=$(b) c", ["c", "b"]],
    ['a `b "\\s" | c \\`d\\``', ['a `b "\\s" | c \\`d\\``', "b \\s", "c `d`", "d"]],
    ["(( a b | c || d ))", ["a b", "c", "d"]],
    ["(( x = $(a) + 1 ))", ["a"]],
    ["A=1", []],
    ["[ -f a ] && ! b", ["[ -f a ]", "b"]],
    ["[[ -f $(a) ]]", ["a"]],
    ["/usr/bin/apt-get update", ["apt-get update"]],
    ["$JAVA_HOME/bin/java -v", ["java -v"]],
    ['"$JAVA_HOME/bin/java" -v', ["java -v"]],
    ["'a'\"b\" 'c d'", ["ab c d"]],
    ["\\rm x", ["rm x"]],
    ['export A="b c"', ["export A=b c"]],
    ["a # b\n", ["a"]],
  ])("of %s", (text, expected) => {
    expect(lines(run(text))).toEqual(expected);
  });

  test("have no name when it is a variable", () => {
    expect(run('$CMD a && "$@" && $(b)').commands.map(({ name, path }) => [name, path])).toEqual([
      [null, "$CMD"],
      [null, "$@"],
      [null, "$(b)"],
      ["b", "b"],
    ]);
  });

  test("know how they are joined", () => {
    const { commands } = run("a && b || c; d & e | f\n");
    expect(commands.map(({ context }) => context.operator)).toEqual([null, "&&", "||", ";", "&", "&"]);
    expect(commands.map(({ context }) => `${context.pipeline.position}/${context.pipeline.size}`)).toEqual([
      "0/1",
      "0/1",
      "0/1",
      "0/1",
      "0/2",
      "1/2",
    ]);
    expect(new Set(commands.map(({ context }) => context.pipeline.id)).size).toBe(5);
  });

  test("know what is around them", () => {
    const { commands } = run("(a $(b)); f() { c; }; if d; then e; fi; for x in $(g); do { h; }; done");
    expect(commands.map(({ name, context }) => [name, ...context.nesting])).toEqual([
      ["a", "subshell"],
      ["b", "subshell", "substitution"],
      ["c", "function", "group"],
      ["d"],
      ["e", "branch"],
      ["g", "loop", "substitution"],
      ["h", "loop", "group"],
    ]);
  });

  test("know their assignments and redirects", () => {
    const [command] = run("A=1 B='2 3' a > out 2>&1 < in").commands;
    expect(command?.assignments.map(({ value }) => value)).toEqual(["A=1", "B=2 3"]);
    expect(command?.redirects.map(({ operator, fd, target }) => [operator, fd, target?.value])).toEqual([
      [">", null, "out"],
      [">&", 2, "1"],
      ["<", null, "in"],
    ]);
  });

  test.each([
    ["a", true, false],
    ["'a b'", true, true],
    ['"a"', true, true],
    ['"$a"', false, true],
    ["$a", false, false],
    ["a*", false, false],
    ["a?", false, false],
    ["{a,b}", false, false],
    ["~/a", false, false],
    ["'~/a*'", true, true],
    ["'a'\"b\"", true, false],
    ["a\\*", true, false],
    ['"a`b`"', false, true],
    ["K=v", true, false],
    ["K=$v", false, false],
  ])("word %s is literal: %s, quoted: %s", (text, literal, quoted) => {
    expect(run(`echo ${text}`).commands[0]?.args[0]).toMatchObject({ literal, quoted });
  });

  test("are partial for what cannot be parsed", () => {
    const script = run("a && (b");
    expect(script.broken).toBe(true);
    expect(lines(script)[0]).toBe("a");
    expect(run("a").broken).toBe(false);
  });
});

describe("places", () => {
  test.each([
    "RUN apt-get update \\\n  && apt-get install -y \\\n    curl",
    "RUN apt-get update \\\r\n  && apt-get install \\\r\n # comment\r\n\r\n -y curl\r\n",
    "# escape=`\nFROM a\nRUN apt-get update `\n  && apt-get install",
    "RUN --mount=type=cache,target=/c apt-get update && apt-get install",
    "RUN <<EOF\napt-get update\n  apt-get install\nEOF",
    "RUN <<-EOF\n\tapt-get update\n\t\tapt-get install\n\tEOF",
    "RUN <<EOF\r\napt-get update\r\napt-get \\\r\n install\r\nEOF\r\n",
    "RUN <<A cat && apt-get update <<B && apt-get install\nx\nA\ny\nB",
    "RUN bash <<EOF\napt-get update\napt-get install\nEOF",
    "RUN bash -c 'apt-get update && apt-get install'",
    'RUN bash -c "apt-get update \\\n && apt-get install \\"$x\\""',
    'RUN ["bash", "-c", "apt-get update\\t&& apt-get install \\"x\\""]',
    'RUN ["apt-get", "update", "apt-get"]',
    "ONBUILD RUN apt-get update && apt-get install",
    "HEALTHCHECK --interval=5s CMD apt-get update || apt-get install",
    "CMD apt-get update; apt-get install",
    'ENTRYPOINT ["apt-get", "update", "apt-get"]',
  ])("of names in %j", (text) => {
    const { facts, ast } = createSourceCode(text);
    const last = ast.instructions.at(-1);
    const node = last?.type === "Onbuild" ? last.instruction : last;
    const words = (node && facts.script(node)?.commands.filter(({ name }) => name === "apt-get")) ?? [];
    expect(words.length).toBeGreaterThan(0);
    expect(words.map(({ nameWord }) => text.slice(...nameWord.range))).toEqual(words.map(() => "apt-get"));
  });

  test("of a word over several lines", () => {
    const text = "FROM a\nRUN echo a\\\n b";
    const [command] = scriptOf(text).commands;
    expect(command?.args.map(({ range }) => text.slice(...range))).toEqual(["a", "b"]);
    expect(command?.loc).toEqual({ start: { line: 2, column: 5 }, end: { line: 3, column: 3 } });
  });

  test("in backticks with escapes", () => {
    const text = 'FROM a\nRUN x `a "\\\\s" \\`b\\``';
    const places = scriptOf(text).commands.map(({ nameWord }) => nameWord.range);
    expect(places.map(([start, end]) => text.slice(start, end))).toEqual(["x", "a", "b"]);
  });

  test("of redirects and assignments", () => {
    const text = "FROM a\nRUN A=1 \\\n b 2> out";
    const [command] = scriptOf(text).commands;
    expect(command && text.slice(...command.range)).toBe("A=1 \\\n b 2> out");
    expect(command?.assignments.map(({ range }) => text.slice(...range))).toEqual(["A=1"]);
    expect(command?.redirects.map(({ range }) => text.slice(...range))).toEqual(["2> out"]);
  });

  test("of any part of the text", () => {
    const text = "FROM a\nRUN a \\\n && b";
    const script = scriptOf(text);
    const index = script.text?.value.indexOf("b") ?? -1;
    expect(script.locate([index, index + 1])).toEqual({
      range: [text.length - 1, text.length],
      loc: { start: { line: 3, column: 5 }, end: { line: 3, column: 6 } },
    });
  });
});

describe("wrappers", () => {
  test.each([
    ["sudo a b", ["sudo"], "a b"],
    ["sudo -u app -E a", ["sudo"], "a"],
    ["sudo -Hu app a", ["sudo"], "a"],
    ["sudo -uapp a", ["sudo"], "a"],
    ["sudo --user app A=1 a", ["sudo"], "a"],
    ["sudo --user=app -- a", ["sudo"], "a"],
    ["env A=1 B=2 a", ["env"], "a"],
    ["env -i -u X a", ["env"], "a"],
    ["/usr/bin/env a", ["env"], "a"],
    ["exec -a x a", ["exec"], "a"],
    ["command a", ["command"], "a"],
    ["time -p a", ["time"], "a"],
    ["nice -n 10 a", ["nice"], "a"],
    ["nice -10 a", ["nice"], "a"],
    ["nohup a", ["nohup"], "a"],
    ["timeout -k 5 10 a", ["timeout"], "a"],
    ["timeout --signal=KILL 10 a", ["timeout"], "a"],
    ["xargs -0 -n 1 -I{} a {}", ["xargs"], "a {}"],
    ["xargs -r a", ["xargs"], "a"],
    ["busybox a", ["busybox"], "a"],
    ["gosu app a", ["gosu"], "a"],
    ["su-exec app:app a", ["su-exec"], "a"],
    ["sudo -E env A=1 nice a", ["sudo", "env", "nice"], "a"],
    ["/usr/bin/sudo a", ["sudo"], "a"],
    ["stdbuf -o0 a", ["stdbuf"], "a"],
    ["sudo", [], "sudo"],
    ["sudo -l a", [], "sudo -l a"],
    ["command -v a", [], "command -v a"],
    ["exec", [], "exec"],
    ["env", [], "env"],
    ["env A=1", [], "env A=1"],
    ["env -S 'a b'", [], "env -S a b"],
    ["busybox --install", [], "busybox --install"],
    ["chroot /x a", [], "chroot /x a"],
  ])("of %s", (text, names, expected) => {
    const script = run(text);
    expect(wrappers(script)[0]).toEqual(names);
    expect(lines(script)[0]).toBe(expected);
  });

  test("have their own words", () => {
    const text = "FROM debian\nRUN sudo -u app env A=1 make all";
    const [command] = scriptOf(text).commands;
    expect(
      command?.wrappers.map(({ word, args }) => [text.slice(...word.range), args.map(({ value }) => value)]),
    ).toEqual([
      ["sudo", ["-u", "app"]],
      ["env", ["A=1"]],
    ]);
    expect(command && text.slice(...command.range)).toBe("sudo -u app env A=1 make all");
  });
});

describe("scripts in arguments", () => {
  test.each([
    ["sh -c 'a && b'", ["sh -c a && b", "a", "b"]],
    ['bash -c "a; b"', ["bash -c a; b", "a", "b"]],
    ["bash -lc 'a'", ["bash -lc a", "a"]],
    ["bash -exo pipefail -c 'a'", ["bash -exo pipefail -c a", "a"]],
    ["bash -c -e 'a' x y", ["bash -c -e a x y", "a"]],
    ["bash -ce a", ["bash -ce a", "a"]],
    ["su app -c 'a b'", ["su app -c a b", "a b"]],
    ["su - app -s /bin/sh -c 'a'", ["su - app -s /bin/sh -c a", "a"]],
    ["eval 'a b'", ["eval a b", "a b"]],
    ['sh -c "a \'$X\' \\"b\\""', ["sh -c a '$X' \"b\"", "a $X b"]],
    ["sh -c 'sh -c \"a\"'", ['sh -c sh -c "a"', "sh -c a", "a"]],
    ['sh -c "$CMD"', ["sh -c $CMD", " "]],
    ['sh -c "$(cat x)"', ["sh -c $(cat x)", "cat x"]],
    ["sh -c $CMD", ["sh -c $CMD"]],
    ["sh script.sh", ["sh script.sh"]],
    ["bash -e script.sh -c x", ["bash -e script.sh -c x"]],
    ["python -c 'a'", ["python -c a"]],
  ])("of %s", (text, expected) => {
    expect(lines(run(text)).map((each) => (each === "" ? " " : each))).toEqual(expected);
  });

  test("name the shell that runs them", () => {
    const { commands } = run("sudo sh -e -c 'a && exec b'");
    expect(commands.map((command) => [command.name, command.wrappers.map(({ name }) => name)])).toEqual([
      ["sh", ["sudo"]],
      ["a", ["sudo", "sh"]],
      ["b", ["sudo", "sh", "exec"]],
    ]);
    expect(commands[1]?.wrappers[1]?.args.map(({ value }) => value)).toEqual(["-e", "-c"]);
    expect(commands[2]?.context).toMatchObject({ operator: "&&", nesting: ["subshell"] });
  });

  test("do not make the script around them broken", () => {
    expect(run("sh -c 'a && ('").broken).toBe(false);
  });

  test("are left alone where the settings say so", () => {
    const script = run("sudo /usr/bin/env a && sh -c 'b' && time c", { lookThrough: false });
    expect(lines(script)).toEqual(["sudo /usr/bin/env a", "sh -c b", "c"]);
    expect(run("/usr/bin/apt-get x", { lookThrough: false }).commands[0]?.name).toBe("/usr/bin/apt-get");
  });
});

describe("heredocs", () => {
  test("are the script when nothing else stands there", () => {
    const script = scriptOf("FROM debian\nRUN <<EOF\nset -e\na && b\nEOF");
    expect(script.heredoc?.name).toBe("EOF");
    expect(script.shell.kind).toBe("dash");
    expect(lines(script)).toEqual(["set -e", "a", "b"]);
    expect(script.commands.map(({ context }) => context.operator)).toEqual([null, "\n", "&&"]);
  });

  test.each([
    ["#!/bin/bash\na", "bash", ["a"]],
    ["#!/usr/bin/env bash\na", "bash", ["a"]],
    ["#!/usr/bin/env python3\nimport os", "other", []],
    ["#!/usr/bin/perl -w\nprint", "other", []],
  ])("name their interpreter: %j", (body, kind, expected) => {
    const script = scriptOf(`FROM debian\nRUN <<EOF\n${body}\nEOF`);
    expect(script.shell.kind).toBe(kind);
    expect(lines(script)).toEqual(expected);
  });

  test.each([
    ["RUN <<EOF cat > /x\napt-get install\nEOF", ["cat"]],
    ["RUN cat <<EOF > /x\napt-get install\nEOF", ["cat"]],
    ["RUN python3 <<EOF\nimport os\nEOF", ["python3"]],
    ["RUN <<EOF python3\nimport os\nEOF", ["python3"]],
    ["RUN cat <<EOF > /x && make\n$(a)\nEOF", ["cat", "a", "make"]],
    ["RUN cat <<'EOF' > /x\n$(a)\nEOF", ["cat"]],
    ["RUN bash <<EOF\na\nb $(c)\nEOF", ["bash", "a", "b $(c)", "c"]],
    ["RUN <<EOF bash -e\na\nEOF", ["bash -e", "a"]],
    ["RUN bash -s -- x <<'EOF'\na\nEOF", ["bash -s -- x", "a"]],
    ["RUN bash script.sh <<EOF\na\nEOF", ["bash script.sh"]],
    ["RUN sudo bash <<EOF\na\nEOF", ["bash", "a"]],
    ["RUN cat <<A > x && sh <<B\nno\nA\nyes\nB", ["cat", "sh", "yes"]],
  ])("are input elsewhere: %j", (text, expected) => {
    const script = scriptOf(`FROM debian\n${text}`);
    expect(script.heredoc).toBeNull();
    expect(script.broken).toBe(false);
    expect(lines(script)).toEqual(expected);
  });

  test("of shells say what runs them", () => {
    const { commands } = scriptOf("FROM debian\nRUN bash -e <<EOF\na\nEOF");
    expect(commands[1]?.wrappers.map(({ name, args }) => [name, args.map(({ value }) => value)])).toEqual([
      ["bash", ["-e"]],
    ]);
  });
});

describe("exec forms", () => {
  test.each([
    ['RUN ["/usr/bin/apt-get", "update"]', ["apt-get update"]],
    ['RUN ["sh", "-c", "a && b"]', ["sh -c a && b", "a", "b"]],
    ['RUN ["/bin/bash", "-o", "pipefail", "-c", "a | b"]', ["bash -o pipefail -c a | b", "a", "b"]],
    ['RUN ["sudo", "a"]', ["a"]],
    ['ENTRYPOINT ["tini", "--", "a", "b"]', ["a b"]],
    ['ENTRYPOINT ["/sbin/tini", "-g", "--", "sh", "-c", "a"]', ["sh -c a", "a"]],
    ['CMD ["a b", "$C"]', ["a b $C"]],
    ["CMD []", []],
    ['HEALTHCHECK CMD ["curl", "localhost"]', ["curl localhost"]],
  ])("of %s", (text, expected) => {
    const script = scriptOf(`FROM debian\n${text}`);
    expect(script.exec).not.toBeNull();
    expect(script.text).toBeNull();
    expect(lines(script)).toEqual(expected);
  });

  test("have the place of the whole list and of its strings", () => {
    const text = 'FROM debian\nRUN ["apt-get", "a\\"b"]';
    const [command] = scriptOf(text).commands;
    expect(command && text.slice(...command.range)).toBe('["apt-get", "a\\"b"]');
    expect(command?.args.map(({ range, raw, value }) => [text.slice(...range), raw, value])).toEqual([
      ['a\\"b', 'a\\"b', 'a"b'],
    ]);
  });
});

describe("other shells", () => {
  test.each([
    'FROM debian\nSHELL ["pwsh", "-c"]\nRUN Get-Item x | Out-Null',
    "FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN dir & cd x",
    'FROM debian\nSHELL ["python3", "-c"]\nRUN print(1)',
  ])("are not read: %j", (text) => {
    expect(scriptOf(text)).toMatchObject({ commands: [], broken: false, tree: null });
  });
});

describe("script", () => {
  test("is null for instructions that run nothing", () => {
    const { facts, ast } = createSourceCode('FROM a\nENV A=1\nSHELL ["sh"]\nHEALTHCHECK NONE\nONBUILD RUN x');
    expect(ast.instructions.map((node) => facts.script(node))).toEqual([null, null, null, null, null]);
  });

  test("is made once", () => {
    const { facts, ast } = createSourceCode("FROM a\nRUN x");
    const run1 = ast.instructions[1];
    const script = run1 && facts.script(run1);
    expect(run1 && facts.script(run1)).toBe(script);
    expect(script?.commands).toBe(script?.commands);
  });
});
