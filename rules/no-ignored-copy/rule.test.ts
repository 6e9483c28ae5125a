import { type Answers, type FileAnswer, requestKey } from "@stagewright/core";
import { testRule } from "@stagewright/core/testing";
import { describe, expect, it } from "vitest";
import { isIgnored, parseDockerignore } from "./dockerignore.ts";
import rule from "./rule.ts";

const ignoring = (text: string): Answers => {
  const key = requestKey({ kind: "file", path: ".dockerignore" });
  const answer: FileAnswer = { text };
  return { get: (request) => (requestKey(request) === key ? (answer as never) : undefined) };
};

testRule(rule, {
  allows: {
    "everything where no file is known": `
      FROM a:1
      COPY node_modules /a/
    `,
    "what no pattern matches": {
      code: `
        FROM a:1
        COPY src /a/
      `,
      answers: ignoring("node_modules\n"),
    },
    "files of another stage": {
      code: `
        FROM a:1 AS b
        FROM a:1
        COPY --from=b node_modules /a/
      `,
      answers: ignoring("node_modules\n"),
    },
    "all as soon as there is an exception": {
      code: `
        FROM a:1
        COPY node_modules /a/
      `,
      answers: ignoring("node_modules\n!node_modules/b\n"),
    },
  },
  reports: {
    "a file that is left out": {
      code: `
        FROM a:1
        COPY a.md node_modules/b /c/
             ^^^^ notInContext
                  ^^^^^^^^^^^^^^ notInContext
      `,
      answers: ignoring("# docs\n*.md\n\n/node_modules/\n"),
    },
    "ADD too, and values of variables": {
      code: `
        FROM a:1
        ARG D=dist
        ADD $D/app /c/
            ^^^^^^ notInContext
      `,
      answers: ignoring("dist"),
    },
  },
});

describe("patterns of .dockerignore", () => {
  it.each([
    ["a/b", "a", true],
    ["a/b/c", "*/b", true],
    ["a/b/c.md", "**/*.md", true],
    ["c.md", "**/*.md", true],
    ["a/c.md", "*.md", false],
    ["ab", "a?", true],
    ["a1", "a[0-9]", true],
    ["ax", "a[0-9]", false],
    [".", "*", true],
    [".", "a", false],
    ["./a", "a/", true],
    ["https://example.org/a", "*", false],
  ])("take %s with %s: %s", (source, pattern, expected) => {
    expect(isIgnored(source, parseDockerignore(pattern))).toBe(expected);
  });
});
