import { describe, expect, it } from "vitest";
import type { ResolvedConfig } from "./config.ts";
import { fix, type FixOptions } from "./fix.ts";
import { applyEdits } from "./fixer.ts";
import type { Fixer, Rule, RuleDocs } from "./rule.ts";
import { configOf, lowerStage, makeRule, noRoot } from "./testing/demo-rules.ts";

const run = (
  text: string,
  rules: readonly Rule[],
  { config, ...more }: { config?: Partial<ResolvedConfig> } & Partial<Omit<FixOptions, "config">> = {},
) => fix(text, { filename: "Dockerfile", rules, config: configOf(rules, config), ...more });

/** Replaces texts; `\A` and the like as in regular expressions. */
const replacing = (name: string, pattern: RegExp, replacement: string, docs: Partial<RuleDocs> = {}) =>
  makeRule(
    name,
    (context) => ({
      Dockerfile() {
        for (const match of context.sourceCode.text.matchAll(pattern)) {
          const range = [match.index, match.index + match[0].length] as const;
          const text = match[0].replace(new RegExp(pattern.source), replacement);
          const place = { range, loc: context.sourceCode.locate(range) };
          context.report({ node: place, messageId: "say", fix: (fixer) => fixer.replaceTextRange(range, text) });
        }
      },
    }),
    { docs: { fix: { proof: "equal" }, ...docs } },
  );

describe("fix", () => {
  it("applies the repairs of all rules, pass by pass", () => {
    const result = run("FROM a AS B\nUSER x\nFROM c AS D\n", [
      lowerStage,
      replacing("user", /USER x/g, "USER y"),
      replacing("y", /USER y/g, "USER z", { severity: "info" }),
    ]);
    expect(result.text).toBe("FROM a AS b\nUSER z\nFROM c AS d\n");
    expect([...result.fixed]).toEqual([
      ["lower-stage", 2],
      ["user", 1],
      ["y", 1],
    ]);
    expect(result).toMatchObject({ remaining: [], internal: [], settled: true });
    expect(result.dropped.size).toBe(0);
  });

  it("leaves what has no repair and tells it", () => {
    const result = run("FROM a\nUSER root\n", [noRoot]);
    expect(result).toMatchObject({ text: "FROM a\nUSER root\n", remaining: [{ rule: "no-root" }], settled: true });
    expect(result.fixed.size).toBe(0);
  });

  it("takes suggestions only when asked to, and fixes before them", () => {
    expect(run("FROM a\nUSER 0\n", [noRoot]).text).toBe("FROM a\nUSER root\n");
    expect(run("FROM a\nUSER 0\n", [noRoot], { kind: "suggest" }).text).toBe("FROM a\nUSER app\n");
  });

  it("applies only the rules that are named", () => {
    const rules = [lowerStage, replacing("user", /USER x/g, "USER y")];
    expect(run("FROM a AS B\nUSER x\n", rules, { only: new Set(["user"]) }).text).toBe("FROM a AS B\nUSER y\n");
  });

  it("leaves repairs that touch each other for the next pass", () => {
    const rules = [replacing("first", /aa/g, "b"), replacing("second", /ac/g, "d")];
    expect(run("FROM x\nUSER aac\n", rules).text).toBe("FROM x\nUSER bc\n");
    expect(run("FROM x\nUSER aaac\n", rules).text).toBe("FROM x\nUSER bd\n");
  });

  it("applies all edits of a repair or none", () => {
    const pair = makeRule("pair", (context) => ({
      User: (node) => {
        const edits = (fixer: Fixer) => [fixer.insertTextBefore(node, "# one\n"), fixer.insertTextAfter(node, "y")];
        if (node.user?.value === "x") context.report({ node, messageId: "say", fix: edits });
      },
    }));
    const blocking = replacing("a-blocking", /# none/g, "# some");
    const clashing = replacing("a-clashing", /\bx$/gm, "z");
    expect(run("FROM a\n# none\nUSER x\n", [pair, blocking]).text).toBe("FROM a\n# some\n# one\nUSER xy\n");
    expect(run("FROM a\nUSER x\n", [pair, clashing]).text).toBe("FROM a\n# one\nUSER xy\n");
  });

  it("says when the passes run out", () => {
    const growing = replacing("growing", /USER (x+)$/gm, "USER x$1");
    const result = run("FROM a\nUSER x\n", [growing]);
    expect(result.text).toBe(`FROM a\nUSER ${"x".repeat(11)}\n`);
    expect(result).toMatchObject({ settled: false, remaining: [{ rule: "growing" }] });
    expect(result.fixed.get("growing")).toBe(10);
  });

  it("removes ignore comments that are of no use, when suggestions are taken", () => {
    const code = "# stagewright-disable-next-line lower-stage, no-root\nFROM a\n";
    expect(run(code, [noRoot, lowerStage])).toMatchObject({ text: code, settled: true });
    expect(run(code, [noRoot, lowerStage], { kind: "suggest" }).text).toBe("FROM a\n");
  });
});

describe("a repair that makes the file worse", () => {
  const worse = (rule: Rule, more: readonly Rule[] = []) => {
    const result = run("FROM a AS B\nUSER x\n", [rule, lowerStage, ...more]);
    expect(result.fixed.has(rule.name)).toBe(false);
    expect(result.text).toBe("FROM a AS b\nUSER x\n");
    expect([...result.dropped.keys()]).toEqual([rule.name]);
    expect(result.internal).toMatchObject([{ rule: "internal", loc: { start: { line: 2 } } }]);
    expect(result.internal[0]?.message).toBe(result.dropped.get(rule.name));
    expect(result.settled).toBe(true);
    return result.internal[0]?.message;
  };

  it("by its syntax is left out, others apply", () => {
    expect(worse(replacing("bad", /USER x/g, "USR x"))).toMatch(
      /A repair of the rule `bad` was left out, since it changes which/,
    );
    expect(worse(replacing("bad", /USER x/g, "USER"))).toMatch(/since it leads to another finding/);
  });

  it("by an instruction more or less is left out", () => {
    expect(worse(replacing("bad", /USER x/g, "USER x\nRUN y"))).toContain("it changes which instructions there are");
  });

  it("by another finding is left out", () => {
    const other = replacing("other", /USER y/g, "USER y");
    const noFix: Rule = {
      ...other,
      create: (context) => other.create({ ...context, report: ({ fix: _, ...report }) => context.report(report) }),
    };
    expect(worse(replacing("bad", /USER x/g, "USER y"), [noFix])).toBe(
      "A repair of the rule `bad` was left out, since it leads to another finding: Say.",
    );
  });

  it("by a rule that it makes throw is left out", () => {
    const fragile = makeRule("fragile", () => ({
      User: ({ user }) => {
        if (user?.value === "y") throw new Error("boom");
      },
    }));
    expect(worse(replacing("bad", /USER x/g, "USER y"), [fragile])).toContain("The rule `fragile` failed: boom");
  });

  it("by nothing at all is left out", () => {
    expect(worse(replacing("bad", /USER x/g, "USER x"))).toContain("it changes nothing");
  });

  it("by going round in circles is left out", () => {
    const result = run(
      "FROM a\nUSER x\n",
      [
        replacing("there", /USER x/g, "USER y", { severity: "info" }),
        replacing("back", /USER y/g, "USER x", { severity: "info" }),
      ],
      {
        config: {},
      },
    );
    expect(result.text).toBe("FROM a\nUSER y\n");
    expect(result.internal).toMatchObject([
      { message: "A repair of the rule `back` was left out, since it brings an earlier text back." },
    ]);
  });

  it("leaves the other repairs of its rule alone", () => {
    const rule = replacing("some", /USER [xz]/g, "USER y");
    const picky = makeRule("picky", (context) => ({
      User: (node) => {
        if (node.user?.value === "y" && context.sourceCode.lines[node.startLine] === "RUN z")
          context.report({ node, messageId: "do" });
      },
    }));
    const result = run("FROM a\nUSER x\nUSER x\nRUN z\nUSER x\nUSER x\n", [rule, picky, lowerStage]);
    expect(result.text).toBe("FROM a\nUSER y\nUSER x\nRUN z\nUSER y\nUSER y\n");
    expect(result.internal).toMatchObject([{ loc: { start: { line: 3 } } }]);
    expect(result.fixed.get("some")).toBe(3);
  });

  it("is found where repairs before it move it", () => {
    const longer = replacing("longer", /AS B/g, "AS bbbbbbbb");
    const bad = replacing("bad", /USER x/g, "USR x");
    const again = replacing("again", /bbbbbbbb/g, "cc", { severity: "info" });
    const result = run("FROM a AS B\nUSER x\n", [longer, bad, again]);
    expect(result.text).toBe("FROM a AS cc\nUSER x\n");
    expect(result.internal).toMatchObject([{ range: [13, 19] }]);
  });

  it("of which there are very many costs a few tries alone", () => {
    let runs = 0;
    const bad = replacing("bad", /USER x/g, "USR x");
    const counting: Rule = { ...bad, create: (context) => (runs++, bad.create(context)) };
    const result = run(`FROM a\n${"USER x\n".repeat(500)}`, [counting]);
    expect(result.internal).toHaveLength(10);
    expect(runs).toBeLessThan(100);
  });
});

describe("repairs that are harmless alone and not together", () => {
  it("go one after the other", () => {
    const rules = [replacing("one", /USER x/g, "USER y"), replacing("two", /RUN x/g, "RUN y")];
    const both = makeRule("both", (context) => ({
      Dockerfile: (node) => {
        if (/USER y[^]*RUN y/.test(context.sourceCode.text)) context.report({ node, messageId: "do" });
      },
    }));
    const result = run("FROM a\nUSER x\nRUN x\n", [...rules, both]);
    expect(result.text).toBe("FROM a\nUSER y\nRUN x\n");
    expect([...result.dropped.keys()]).toEqual(["two"]);
  });
});

describe("repairs that change instructions", () => {
  const docs = { fix: { proof: "equal", changes: "instructions" } } as const;

  it("are allowed to rules that say so, not to others beside them", () => {
    const rules = [replacing("removing", /USER x\n/g, "", docs), replacing("bad", /RUN y\n/g, "")];
    const result = run("FROM a\nUSER x\nRUN y\n", rules);
    expect(result.text).toBe("FROM a\nRUN y\n");
    expect([...result.dropped.keys()]).toEqual(["bad"]);
  });

  it("are allowed between old and new ways to say the same", () => {
    const result = run("FROM a\nMAINTAINER me\nADD a b\nONBUILD ADD a b\n", [
      replacing("label", /MAINTAINER me/g, "LABEL a=me"),
      replacing("copy", /ADD/g, "COPY"),
    ]);
    expect(result.text).toBe("FROM a\nLABEL a=me\nCOPY a b\nONBUILD COPY a b\n");
  });

  it("are allowed to suggestions", () => {
    const rule = makeRule("adding", (context) => ({
      From: (node) =>
        context.report({
          node,
          messageId: "say",
          suggest:
            node.image?.word.value === "a"
              ? [{ messageId: "do", fix: (fixer) => fixer.replaceText(node, "FROM b\nUSER x") }]
              : [],
        }),
    }));
    expect(run("FROM a\n", [rule], { kind: "suggest" }).text).toBe("FROM b\nUSER x\n");
  });
});

describe("ignore comments", () => {
  it("may become useless by a repair", () => {
    const rule = replacing("some", /USER root/g, "USER app");
    const result = run("FROM a\n# stagewright-disable-next-line no-root\nUSER root\n", [rule, noRoot]);
    expect(result.text).toContain("USER app");
    expect(result.remaining).toMatchObject([{ rule: "unused-ignore" }]);
  });
});

describe("applyEdits", () => {
  it("takes edits in any order, insertions at one place in the given one", () => {
    const edits = [
      { range: [4, 5], text: "E" },
      { range: [0, 1], text: "" },
      { range: [2, 2], text: "x" },
      { range: [2, 2], text: "y" },
    ] as const;
    expect(applyEdits("abcde", edits)).toBe("bxycdE");
  });
});
