import { describe, expect, it } from "vitest";
import { createRule } from "../rule.ts";
import { fixAll, runRule } from "./run-rule.ts";
import { dedent, drawCarets, readCarets } from "./carets.ts";
import { testRule } from "./index.ts";

const noRoot = createRule<"leave" | "useApp">({
  name: "no-root",
  meta: {
    type: "problem",
    fixable: "code",
    hasSuggestions: true,
    schema: [],
    docs: {
      description: "Leave root",
      why: "Because.",
      category: "security",
      severity: "warning",
      recommended: false,
      sources: [],
      examples: [{ bad: "FROM a\nUSER root\n", good: "FROM a\nUSER app\n" }],
      fix: { proof: "equal" },
    },
    messages: { leave: "`{{user}}` is root.", useApp: "Use app." },
  },
  create(context) {
    return {
      User({ user }) {
        if (!user || (user.value !== "root" && user.value !== "0")) return;
        context.report({
          node: user,
          messageId: "leave",
          data: { user: user.value },
          fix: user.value === "0" ? (fixer) => fixer.replaceText(user, "1") : null,
          suggest: [{ messageId: "useApp", fix: (fixer) => fixer.replaceText(user, "app") }],
        });
      },
    };
  },
});

testRule(noRoot, {
  allows: {
    "another user": `
      FROM a
      USER app
    `,
  },
  reports: {
    "root by name": {
      code: `
        FROM a
        USER root
             ^^^^ leave
      `,
      suggestions: ["FROM a\nUSER app\n"],
      messages: ["`root` is root."],
    },
    "root by number": {
      code: `
        FROM a
        USER 0
             ^ leave
      `,
      output: `
        FROM a
        USER 1
      `,
      suggestions: ["FROM a\nUSER app\n"],
    },
  },
});

const broken = (fix: string) =>
  createRule<"say">({
    name: "broken",
    meta: {
      type: "problem",
      fixable: "code",
      schema: [],
      docs: { ...noRoot.meta.docs, examples: [] },
      messages: { say: "Say." },
    },
    create: (context) => ({
      User: ({ user }) => {
        if (user) context.report({ node: user, messageId: "say", fix: (fixer) => fixer.replaceText(user, fix) });
      },
    }),
  });

describe("the proofs behind testRule", () => {
  it("refuse a fix that never settles", () => {
    expect(() => fixAll(broken("x$RANDOM"), "FROM a\nUSER 0\n", {})).toThrow(/changes nothing|do not settle/);
  });

  it("refuse a fix that BuildKit refuses", () => {
    expect(() => fixAll(broken("'x"), "FROM a\nUSER 0\n", {})).toThrow(
      "A repair of the rule `broken` was left out, since it leads to another finding: A quote is opened here",
    );
  });

  it("refuse a rule that throws", () => {
    const rule = {
      ...noRoot,
      create: () => ({
        User: () => {
          throw new Error("boom");
        },
      }),
    };
    expect(() => runRule(rule, "FROM a\nUSER 0\n", {})).toThrow("The rule `no-root` failed: boom");
  });

  it("refuse a placeholder that is not filled", () => {
    const rule = { ...noRoot, meta: { ...noRoot.meta, messages: { leave: "{{nobody}}", useApp: "" } } };
    expect(() => runRule(rule, "FROM a\nUSER 0\n", {})).toThrow("A placeholder of a message is not filled");
  });
});

describe("carets", () => {
  it("are read from under the lines they mark", () => {
    const { code, places } = readCarets("FROM a\n     ^ one\nRUN x \\\n^… two\n  y\n …^^ two\n");
    expect(code).toBe("FROM a\nRUN x \\\n  y\n");
    expect(places).toEqual([
      { line: 1, column: 6, endLine: 1, endColumn: 7, messageId: "one" },
      { line: 2, column: 1, endLine: 3, endColumn: 5, messageId: "two" },
    ]);
  });

  it("are drawn where the places are", () => {
    expect(drawCarets("USER root\n", [{ line: 1, column: 6, endLine: 1, endColumn: 10, messageId: "leave" }])).toBe(
      "USER root\n     ^^^^ leave\n",
    );
  });

  it("lose the indentation of the case", () => {
    expect(dedent("\n    FROM a\n      USER b\n  ")).toBe("FROM a\n  USER b\n");
  });
});
