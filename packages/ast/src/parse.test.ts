import { performance } from "node:perf_hooks";
import { describe, expect, it } from "vitest";
import { children, isInstruction, type Node, parse, visitorKeys, walk } from "./index.ts";

const problemsOf = (text: string) =>
  parse(text).problems.map(({ code, range }) => ({ code, text: text.slice(...range) }));

describe("a syntax problem", () => {
  it.each([
    ["FROM a\nRUNN x\n", "unknown-instruction", "RUNN"],
    ["FROM a b\n", "from-arguments", " b"],
    ["FROM\n", "from-arguments", "FROM"],
    ["FROM a AS 1b\n", "invalid-stage-name", "1b"],
    ["FROM a\nCOPY --chwon=b c d\n", "unknown-flag", "--chwon=b"],
    ["FROM a\nCOPY --link --link c d\n", "duplicate-flag", "--link"],
    ["FROM a\nCOPY --link=yes c d\n", "bad-flag-value", "yes"],
    ["FROM a\nCOPY --from c d\n", "missing-flag-value", "--from"],
    ["FROM a\nCOPY c\n", "missing-destination", "COPY"],
    ["FROM a\nCOPY c <<EOF\nEOF\n", "heredoc-destination", "<<EOF"],
    ["FROM a\nENV A\n", "missing-value", "A"],
    ["FROM a\nENV A=b c d=e\n", "missing-equals", "c"],
    ["FROM a\nLABEL =b\n", "blank-name", "=b"],
    ["FROM a\nWORKDIR\n", "missing-argument", "WORKDIR"],
    ["FROM a\nONBUILD FROM b\n", "bad-trigger", "FROM"],
    ["FROM a\nONBUILD ONBUILD RUN b\n", "bad-trigger", "ONBUILD"],
    ["FROM a\nSHELL bash -c\n", "shell-not-json", "bash -c"],
    ['FROM a\nSHELL ["bash", 1]\n', "json-not-strings", '["bash", 1]'],
    ['FROM a\nONBUILD CMD ["b", null]\n', "json-not-strings", '["b", null]'],
    ['FROM a\nVOLUME ["b", " "]\n', "empty-volume", '" "'],
    ["FROM a\nHEALTHCHECK curl x\n", "healthcheck-kind", "HEALTHCHECK"],
    ["FROM a\nHEALTHCHECK NONE x\n", "healthcheck-none", "x"],
    ["FROM a\nHEALTHCHECK CMD\n", "missing-command", "CMD"],
    ["FROM a\nHEALTHCHECK --interval=30 CMD b\n", "bad-duration", "30"],
    ["FROM a\nHEALTHCHECK --interval=500us CMD b\n", "bad-duration", "500us"],
    ["FROM a\nHEALTHCHECK --retries=-1 CMD b\n", "bad-number", "-1"],
    ["FROM a\nRUN --network=lan b\n", "bad-network", "lan"],
    ["FROM a\nRUN --security=none b\n", "bad-security", "none"],
    ["FROM a\nRUN --mount=type=bind,from=$X b\n", "mount-from-variable", "type=bind,from=$X"],
    ['FROM a\nRUN --mount=a\\"b c\n', "bad-csv", 'a\\"b'],
    ["FROM a\nRUN --device=a,b c\n", "bad-device", "a,b"],
    ["FROM a\nRUN cat <<EOF\nb\n", "unterminated-heredoc", "<<EOF"],
    ["# escape=x\nFROM a\n", "invalid-escape", "x"],
    ["# escape=`\n# escape=`\nFROM a\n", "duplicate-directive", "# escape=`"],
    ["FROM a\nUSER 'b\n", "unterminated-quote", "'b"],
    ["FROM a\nUSER ${}\n", "bad-substitution", "${}"],
    ["FROM a\nUSER ${b\n", "unsupported-modifier", "${b"],
    ["FROM a\nUSER ${b:-c\n", "unterminated-substitution", "${b:-c"],
    ["# nothing\n", "no-instructions", ""],
  ])("in %j is %s at %j", (text, code, place) => {
    expect(problemsOf(text)).toEqual([{ code, text: place }]);
  });

  it("stands at each word that cannot be expanded", () => {
    expect(problemsOf("FROM a\nCOPY --chown=${ 'b c \"d e\n").map(({ text }) => text)).toEqual(["${", "'b", '"d']);
  });

  it("names the instruction or flag that was probably meant", () => {
    const { problems } = parse("FROM a\nCMND b\nCOPY --form=c d e\nEOF\n");
    expect(problems.map(({ message }) => message)).toEqual([
      "`CMND` is no instruction; did you mean CMD?",
      "COPY has no flag `--form`; did you mean `--from`?",
      "`EOF` is no instruction of a Dockerfile.",
    ]);
  });

  it("does not hide what follows", () => {
    const { instructions, problems } = parse("FROM a b\nENV C\nRUN x <<EOF\nENTRYPOINT d\nUSER e\n");
    expect(instructions.map(({ type }) => type)).toEqual(["From", "Env", "Run", "Entrypoint", "User"]);
    expect(problems).toHaveLength(3);
  });

  it("is not made of the body of a heredoc that nothing ends", () => {
    const text = "FROM a\nRUN <<EOF\napt-get update\n  EOF\nUSER b\n";
    expect(problemsOf(text)).toEqual([{ code: "unterminated-heredoc", text: "<<EOF" }]);
    expect(parse(text).instructions.map(({ type }) => type)).toEqual(["From", "Run", "User"]);
  });

  it("stands at a line that is longer than BuildKit reads, measured in bytes", () => {
    const line = (length: number) => `RUN ${"é".repeat((length - 5) / 2)}a`;
    expect(problemsOf(`FROM a\n${line(65535)}\r\n`)).toEqual([]);
    expect(problemsOf(`FROM a\n${line(65537)}\n`)).toEqual([{ code: "line-too-long", text: line(65537) }]);
  });
});

describe("a directive", () => {
  const directivesOf = (text: string) => parse(text).directives.map(({ name, value }) => `${name}=${value}`);

  it("is known by its name in any case, with space around the sign", () => {
    expect(directivesOf("#SYNTAX = a:1 \n# check=skip=b;error=true\nFROM a\n")).toEqual([
      "syntax=a:1",
      "check=skip=b;error=true",
    ]);
  });

  it("comes before any other line", () => {
    expect(directivesOf("\n# check=skip=b\nFROM a\n")).toEqual([]);
    expect(directivesOf("# hadolint ignore=DL3006\n# check=skip=b\nFROM a\n")).toEqual([]);
  });

  it("sets the escape character though it is indented, and is a comment otherwise, as for BuildKit", () => {
    const tree = parse("  # escape=`\nFROM a\n");
    expect(tree.escape).toBe("`");
    expect(tree.directives).toEqual([]);
    expect(tree.comments).toHaveLength(1);
  });

  it("may follow a line for the shell, where it sets no escape character", () => {
    const tree = parse("#!/usr/bin/env -S docker build\n# escape=`\n# check=skip=all\nFROM a\n");
    expect(tree.directives.map(({ name }) => name)).toEqual(["check"]);
    expect(tree.escape).toBe("\\");
  });
});

describe("an image reference", () => {
  const partsOf = (reference: string) => {
    const [from] = parse(`FROM ${reference}\n`).instructions;
    const image = from?.type === "From" ? from.image : null;
    return [image?.registry, image?.repository, image?.tag, image?.digest].map((part) => part?.value ?? null);
  };

  it.each([
    ["debian", [null, "debian", null, null]],
    ["debian:13", [null, "debian", "13", null]],
    ["rocm/dev-ubuntu-22.04", [null, "rocm/dev-ubuntu-22.04", null, null]],
    ["ghcr.io/a/b:c", ["ghcr.io", "a/b", "c", null]],
    ["localhost/a", ["localhost", "a", null, null]],
    ["r:5000/a:b@sha256:c", ["r:5000", "a", "b", "sha256:c"]],
    ["a@sha256:c", [null, "a", null, "sha256:c"]],
    ['"a:b"', [null, "a", "b", null]],
    ['r.io/"a":b', ["r.io", "a", "b", null]],
    ["$BASE", [null, "$BASE", null, null]],
    ["${BASE:-a:b}", [null, "${BASE:-a:b}", null, null]],
    ["${A:-${B:-r.io/c}}/d:$E", [null, "${A:-${B:-r.io/c}}/d", "$E", null]],
    ["${R}:5000/a", ["${R}:5000", "a", null, null]],
    ["a:1-${T:-2/3}", [null, "a", "1-${T:-2/3}", null]],
  ])("%s has its parts", (reference, parts) => {
    expect(partsOf(reference)).toEqual(parts);
  });
});

describe("a flag", () => {
  const variablesOf = (text: string) => {
    const names: string[] = [];
    walk(parse(text), (node) => {
      if (node.type === "Variable") names.push(text.slice(...node.range));
    });
    return names;
  };

  it("has its variables where they stand, quotes or not, because BuildKit takes the quotes off first", () => {
    expect(variablesOf("FROM a\nCOPY --chown='$U':\"${G:-$H}\" b c\n")).toEqual(["$U", "${G:-$H}", "$H"]);
  });
});

describe("a JSON string", () => {
  it("has the variables of its decoded text where they stand", () => {
    const text = 'FROM a\nCOPY ["\\u0061\\n$x", "${y}"]\n';
    const [, copy] = parse(text).instructions;
    const words = copy?.type === "Copy" ? [...copy.sources, copy.destination] : [];
    expect(words.map((word) => word?.value)).toEqual(["a\n$x", "${y}"]);
    expect(words.flatMap((word) => word?.variables.map(({ range }) => text.slice(...range)))).toEqual(["$x", "${y}"]);
  });
});

describe("visitor keys", () => {
  const everything = [
    "# syntax=a",
    "FROM --platform=$P r.io/a:b@sha256:c AS d",
    "ENV a=$b",
    "LABEL a=$b",
    "ARG a=$b",
    "COPY --from=$a $b <<A $c",
    "$x",
    "A",
    'ADD --chown=a ["$b", "c"]',
    "RUN --network=host a <<B",
    "B",
    'CMD ["a"]',
    "ENTRYPOINT a",
    'SHELL ["a"]',
    "HEALTHCHECK --retries=1 CMD a",
    "WORKDIR $a",
    "USER $a",
    "STOPSIGNAL $a",
    "EXPOSE $a",
    "VOLUME $a",
    "MAINTAINER a",
    "ONBUILD RUN a",
    "FOO --a=b",
    "",
  ].join("\n");

  const isNode = (value: unknown): value is Node =>
    typeof value === "object" &&
    value !== null &&
    "type" in value &&
    typeof value.type === "string" &&
    value.type in visitorKeys;

  it("name all that holds nodes, and every type of node is reached", () => {
    const reached = new Set<string>();
    walk(parse(everything), (node) => {
      reached.add(node.type);
      const holding = Object.entries(node).filter(([, value]) => [value].flat().some(isNode));
      const keys: readonly string[] = visitorKeys[node.type];
      expect(keys).toEqual(expect.arrayContaining(holding.map(([key]) => key)));
      expect(Object.keys(node)).toEqual(expect.arrayContaining([...keys]));
    });
    expect([...reached].sort()).toEqual(Object.keys(visitorKeys).sort());
  });

  it("lead to children in the order of the file", () => {
    const [, , env] = parse("FROM a\nUSER b\nENV c=d\n").instructions;
    expect(env && children(env).map(({ type }) => type)).toEqual(["Keyword", "KeyValue"]);
    expect(env && isInstruction(env)).toBe(true);
    expect(env && children(env).some(isInstruction)).toBe(false);
  });
});

describe("time", () => {
  const millisecondsOf = (text: string) => {
    const runs = [1, 2, 3].map(() => {
      const start = performance.now();
      parse(text);
      return performance.now() - start;
    });
    return Math.min(...runs);
  };

  // Idle, this takes 30 ms; the bound leaves room for a busy machine.
  it("is short for 10,000 instructions", () => {
    expect(millisecondsOf("FROM a\n" + "RUN echo $X && true\n".repeat(10_000))).toBeLessThan(600);
  });

  it.each([
    ["one long command", (size: number) => `RUN ${"a ".repeat(size)}`],
    ["continuations", (size: number) => `RUN a ${"\\\n b ".repeat(size)}`],
    ["comments between lines", (size: number) => `RUN a \\\n${"# c\n".repeat(size)}b`],
    ["pairs", (size: number) => `ENV ${"a=b ".repeat(size)}`],
    ["words without a sign", (size: number) => `ARG ${"a ".repeat(size)}`],
    ["heredocs", (size: number) => `RUN ${"<<A ".repeat(size)}\n${"A\n".repeat(size)}`],
    ["heredocs that nothing ends", (size: number) => Array.from({ length: size }, (_, i) => `RUN <<A${i}\n`).join("")],
    ["less-than signs", (size: number) => `RUN ${"<<".repeat(size)}`],
    ["open braces", (size: number) => `ENV a=${"${a:-".repeat(size)}`],
    ["nested braces", (size: number) => `ENV a=${"${a:-".repeat(size)}${"}".repeat(size)}`],
    ["nested ONBUILD", (size: number) => "ONBUILD ".repeat(size)],
    ["open brackets", (size: number) => `CMD ${"[".repeat(size)}`],
    ["digits of a duration", (size: number) => `HEALTHCHECK --interval=${"1".repeat(size)}x CMD a`],
    ["blanks in a directive", (size: number) => `# syntax=${" a".repeat(size)}${" ".repeat(size)}`],
  ])("grows no faster than the text: %s", { retry: 2 }, (_, text) => {
    const [small, large] = [text(5_000), text(40_000)];
    const before = millisecondsOf(small);
    // Eight times the text; quadratic, it would take 64 times as long.
    expect(millisecondsOf(large)).toBeLessThan(before * 32 + 50);
  });

  it("is short for a RUN of 1 MB", () => {
    expect(millisecondsOf(`FROM a\nRUN ${"a ".repeat(500_000)}`)).toBeLessThan(1_000);
  });
});
