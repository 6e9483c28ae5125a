import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { collectRequests } from "./collect-requests.ts";
import type { ResolvedConfig } from "./config.ts";
import { createSourceCode } from "./create-source-code.ts";
import { lint, lintSource } from "./lint.ts";
import type { Rule } from "./rule.ts";
import { configOf, lowerStage, makeRule, noRoot } from "./testing/demo-rules.ts";

const text = "FROM a AS B\nUSER root\nUSER 0\n";

const run = (code: string, rules: readonly Rule[], config: Partial<ResolvedConfig> = {}) =>
  lint(code, { filename: "Dockerfile", rules, config: configOf(rules, config) }).findings;

const throwing = (at: string) =>
  makeRule("throwing", () => ({
    [at]: () => {
      throw new Error("boom");
    },
  }));

describe("findings", () => {
  it("say what, where and how to repair it", () => {
    expect(run("FROM a AS B\nUSER 0\n", [noRoot])).toEqual([
      {
        rule: "no-root",
        codes: ["DL3002"],
        severity: "warning",
        message: "`0` is root.",
        range: [17, 18],
        loc: { start: { line: 2, column: 6 }, end: { line: 2, column: 7 } },
        fix: [{ range: [17, 18], text: "root" }],
        suggestions: [{ message: "Use `app`, if it exists in the image.", edits: [{ range: [17, 18], text: "app" }] }],
      },
    ]);
  });

  it("make suggestions that a function gives once, when they are read", () => {
    let made = 0;
    const rule = makeRule("costly", (context) => ({
      From: ({ keyword }) =>
        context.report({
          node: keyword,
          messageId: "say",
          suggest: () => {
            made++;
            return [{ messageId: "do", fix: (fixer) => fixer.replaceText(keyword, "from") }];
          },
        }),
    }));
    const [finding] = run("FROM a\n", [rule]);
    expect(made).toBe(0);
    const suggestions = [{ message: "Do.", edits: [{ range: [0, 4], text: "from" }] }];
    expect(finding?.suggestions).toEqual(suggestions);
    expect(finding?.suggestions).toEqual(suggestions);
    expect(JSON.parse(JSON.stringify(finding))).toMatchObject({ suggestions });
    expect(structuredClone(finding)).toMatchObject({ suggestions });
    expect(made).toBe(1);
  });

  it("have no suggestions where a function gives none", () => {
    const rule = makeRule("costly", (context) => ({
      From: ({ keyword }) => context.report({ node: keyword, messageId: "say", suggest: () => [] }),
    }));
    expect(JSON.stringify(run("FROM a\n", [rule]))).not.toContain("suggestions");
  });

  it("say what failed where a function that gives suggestions throws", () => {
    const suggest = () => {
      throw new Error("boom");
    };
    const rule = makeRule("costly", (context) => ({
      From: ({ keyword }) => context.report({ node: keyword, messageId: "say", suggest }),
    }));
    expect(run("FROM a\n", [rule])).toMatchObject([
      { rule: "costly", suggestions: [{ message: "The rule `costly` failed: boom", edits: [] }] },
    ]);
  });

  it("come from rules that take `report` out of their context", () => {
    const rule = makeRule("loose", ({ report }) => ({
      From: ({ keyword }) => report({ node: keyword, messageId: "say" }),
    }));
    expect(run("FROM a\n", [rule])).toMatchObject([{ rule: "loose", loc: { start: { line: 1, column: 1 } } }]);
  });

  it("lie in the order of the file, then of the rules' names", () => {
    const first = makeRule("a-rule", (context) => ({
      Dockerfile: ({ instructions }) => {
        for (const { keyword } of [...instructions].reverse()) context.report({ node: keyword, messageId: "say" });
      },
    }));
    const second = makeRule("b-rule", (context) => ({
      From: ({ keyword }) => context.report({ node: keyword, messageId: "do" }),
    }));
    expect(run(text, [second, first]).map(({ rule, loc }) => `${loc.start.line} ${rule}`)).toEqual([
      "1 a-rule",
      "1 b-rule",
      "2 a-rule",
      "3 a-rule",
    ]);
  });

  it("come from rules that are on alone", () => {
    const config = configOf([lowerStage]);
    const { findings } = lint(text, { filename: "Dockerfile", rules: [noRoot, lowerStage], config });
    expect(findings.map(({ rule }) => rule)).toEqual(["lower-stage"]);
  });

  it("have the configured severity and options", () => {
    const rules = new Map([["no-root", { severity: "info" as const, options: { name: "me" } }]]);
    const [finding] = run("FROM a\nUSER root\n", [noRoot], { rules });
    expect(finding).toMatchObject({ severity: "info", suggestions: [{ edits: [{ text: "me" }] }] });
  });

  it("may have a severity and codes of their own", () => {
    const rule = makeRule("own", (context) => ({
      From: (node) => context.report({ node, messageId: "say", severity: "error", codes: ["X1"] }),
    }));
    expect(run("FROM a\n", [rule])).toMatchObject([{ severity: "error", codes: ["X1"] }]);
  });

  it("may stand at a location alone", () => {
    const rule = makeRule("own", (context) => ({
      From: ({ loc }) => context.report({ loc, messageId: "say" }),
    }));
    expect(run("ARG A\nFROM a\n", [rule])).toMatchObject([{ range: [6, 12] }]);
  });
});

describe("levels of single codes", () => {
  it("switch off and change findings with the code", () => {
    expect(run(text, [noRoot, lowerStage], { codeLevels: new Map([["DL3002", "off"]]) })).toMatchObject([
      { rule: "lower-stage" },
    ]);
    expect(run("FROM a\nUSER root\n", [noRoot], { codeLevels: new Map([["DL3002", "error"]]) })).toMatchObject([
      { severity: "error" },
    ]);
  });

  it("may be of one rule", () => {
    const codeLevels = new Map([
      ["no-root/DL3002", "off"],
      ["other/StageNameCasing", "off"],
    ] as const);
    expect(run(text, [noRoot, lowerStage], { codeLevels })).toMatchObject([{ rule: "lower-stage" }]);
  });
});

describe("what BuildKit refuses", () => {
  it("is found beside all else", () => {
    expect(run("FROM a AS B\nFOO bar\nUSER root\n", [noRoot, lowerStage])).toMatchObject([
      { rule: "lower-stage" },
      { rule: "syntax", severity: "error", codes: ["DL1000", expect.any(String)], loc: { start: { line: 2 } } },
      { rule: "no-root" },
    ]);
  });

  it("is told once where a rule that is on tells it, too", () => {
    const teller = { ...noRoot, meta: { ...noRoot.meta, tells: ["unknown-instruction"] } };
    expect(run("FROM a\nFOO bar\nFROM\n", [teller])).toMatchObject([{ codes: ["DL1000", "from-arguments"] }]);
    expect(run("FROM a\nFOO bar\n", [lowerStage])).toMatchObject([{ rule: "syntax" }]);
  });

  it("cannot be silenced", () => {
    expect(run("# stagewright-disable\nFROM a\nFOO bar\n", [])).toMatchObject([
      { rule: "unused-ignore" },
      { rule: "syntax" },
    ]);
  });
});

describe("a rule that throws", () => {
  const rest = run(text, [noRoot, lowerStage]);

  it.each(["User", "User:exit", "Dockerfile", "StageName", "Dockerfile:exit"])(
    "in %s is one finding, nothing else lost",
    (key) => {
      const findings = run(text, [noRoot, throwing(key), lowerStage]);
      const internal = findings.filter(({ rule }) => rule === "internal");
      expect(internal).toMatchObject([{ message: "The rule `throwing` failed: boom", severity: "error" }]);
      expect(findings.filter(({ rule }) => rule !== "internal")).toEqual(rest);
    },
  );

  it("is shown where it was looking", () => {
    expect(run(text, [throwing("User")])).toMatchObject([{ range: [12, 16] }]);
    expect(run(text, [throwing("Dockerfile")])).toMatchObject([{ range: [0, 0] }]);
  });

  it("in create is one finding", () => {
    const rule = makeRule("throwing", () => {
      throw new TypeError("boom");
    });
    expect(run(text, [rule, noRoot, lowerStage])).toMatchObject([{ rule: "internal" }, ...rest]);
  });

  it("in a fix loses the fix alone", () => {
    const rule = makeRule("throwing", (context) => ({
      User: (node) =>
        context.report({
          node,
          messageId: "say",
          fix: () => {
            throw new Error("boom");
          },
        }),
    }));
    const findings = run(text, [rule]);
    expect(findings.map((finding) => finding.rule)).toEqual(["internal", "throwing", "throwing"]);
    expect(findings.every(({ fix }) => fix === undefined)).toBe(true);
  });

  it("with edits that overlap or leave the file loses the fix alone", () => {
    const reportWith = (ranges: readonly (readonly [number, number])[]) =>
      makeRule("wrong", (context) => ({
        From: (node) =>
          context.report({
            node,
            messageId: "say",
            suggest: [{ messageId: "do", fix: (fixer) => ranges.map((range) => fixer.removeRange(range)) }],
          }),
      }));
    const overlapping = reportWith([
      [0, 4],
      [2, 6],
    ]);
    const outside = reportWith([[0, 99]]);
    expect(run("FROM a\n", [overlapping]).map(({ message }) => message)).toEqual([
      "The rule `wrong` failed: The edits of one fix overlap.",
      "Say.",
    ]);
    expect(run("FROM a\n", [outside]).map(({ message }) => message)).toEqual([
      "The rule `wrong` failed: A fix edits from 0 to 99 in a file of 7 characters.",
      "Say.",
    ]);
  });

  it("with an unknown message is one finding", () => {
    const rule = makeRule("throwing", (context) => ({
      User: (node) => context.report({ node, messageId: "nothing" as "say" }),
    }));
    expect(run(text, [rule])).toMatchObject([
      { message: "The rule `throwing` failed: The rule has no message `nothing`." },
    ]);
  });

  it("listens to what is no node", () => {
    expect(run("FROM a\n", [throwing("Form")])).toMatchObject([
      { message: "The rule `throwing` failed: It listens to `Form`, which is no type of node." },
    ]);
  });

  it("in its requests is one finding, and other requests are collected", () => {
    const broken = makeRule("throwing", () => ({}), {
      requests: () => {
        throw new Error("boom");
      },
    });
    const file = { kind: "file", path: ".dockerignore" } as const;
    const asking = makeRule("asking", () => ({}), { requests: () => [file] });
    const rules = [broken, asking];
    const config = configOf(rules);
    const sourceCode = createSourceCode("FROM a\n");
    expect(collectRequests(sourceCode, rules, config)).toEqual([file]);
    expect(collectRequests(sourceCode, rules, config)).toEqual([file]);
    const findings = lintSource(sourceCode, { filename: "Dockerfile", rules, config });
    expect(findings).toMatchObject([{ rule: "internal", message: "The rule `throwing` failed: boom" }]);
  });
});

describe("the traversal", () => {
  const visits = (code: string, keys: readonly string[]) => {
    const seen: string[] = [];
    const rule = makeRule("watching", () =>
      Object.fromEntries(
        keys.map((key) => [
          key,
          (node: { type: string }, parent: { type: string } | null) => {
            seen.push(`${key}(${parent?.type ?? ""})`);
          },
        ]),
      ),
    );
    run(code, [rule]);
    return seen;
  };

  it("meets nodes in order, parents first and last", () => {
    expect(visits("FROM a\nRUN b\n", ["Dockerfile", "From", "From:exit", "Run", "Dockerfile:exit"])).toEqual([
      "Dockerfile()",
      "From(Dockerfile)",
      "From:exit(Dockerfile)",
      "Run(Dockerfile)",
      "Dockerfile:exit()",
    ]);
  });

  it("meets what ONBUILD holds as what it is", () => {
    expect(visits("FROM a\nONBUILD RUN b\n", ["Onbuild", "Run", "Onbuild:exit"])).toEqual([
      "Onbuild(Dockerfile)",
      "Run(Onbuild)",
      "Onbuild:exit(Dockerfile)",
    ]);
  });

  it("meets the parts of instructions", () => {
    expect(visits("ARG A=$B\n", ["KeyValue", "Word", "Variable"])).toEqual([
      "KeyValue(Arg)",
      "Word(KeyValue)",
      "Word(KeyValue)",
      "Variable(Word)",
    ]);
  });

  it("survives instructions nested without end", () => {
    expect(() => run(`FROM a\n${"ONBUILD ".repeat(20_000)}RUN b\n`, [noRoot, lowerStage])).not.toThrow();
  });
});

describe("options", () => {
  it("are merged with the defaults at all depths, lists are replaced, once for a configuration", () => {
    const seen: unknown[] = [];
    const base = makeRule("own", () => ({}));
    const rule: Rule = {
      ...base,
      meta: { ...base.meta, defaultOptions: [{ a: { b: 1, c: 2 }, list: [1, 2], left: true }] },
      create: (context) => {
        seen.push((context.options as readonly unknown[])[0]);
        return {};
      },
    };
    const rules = new Map([["own", { severity: "info" as const, options: { a: { b: 3 }, list: [4] } }]]);
    const config = configOf([], { rules });
    lint("FROM a\n", { filename: "Dockerfile", rules: [rule], config });
    lint("FROM b\n", { filename: "Dockerfile", rules: [rule], config });
    expect(seen[0]).toEqual({ a: { b: 3, c: 2 }, list: [4], left: true });
    expect(seen[1]).toBe(seen[0]);
  });
});

describe("edits", () => {
  const inserting = makeRule("own", (context) => ({
    From: (node) =>
      context.report({ node, messageId: "say", fix: (fixer) => fixer.insertTextBeforeRange([0, 0], "# one\n# two\n") }),
  }));

  it("are written with the file's line ends", () => {
    expect(run("FROM a\r\n", [inserting])).toMatchObject([{ fix: [{ range: [0, 0], text: "# one\r\n# two\r\n" }] }]);
    expect(run("FROM a\n", [inserting])).toMatchObject([{ fix: [{ text: "# one\n# two\n" }] }]);
  });

  it("never stand before a byte order mark", () => {
    expect(run("\uFEFFFROM a\n", [inserting])).toMatchObject([{ fix: [{ range: [1, 1] }] }]);
  });
});

describe("createRule", () => {
  it("loads neither ESLint nor TypeScript", () => {
    const script =
      'require("@typescript-eslint/utils/eslint-utils"); console.log(Object.keys(require.cache).join("\\n"))';
    const loaded = execFileSync(process.execPath, ["-e", script], { cwd: import.meta.dirname, encoding: "utf8" });
    expect(loaded).toContain("RuleCreator");
    expect(loaded.split("\n").filter((file) => /node_modules.(eslint|typescript)\W/.test(file))).toEqual([]);
    expect(loaded.trim().split("\n").length).toBeLessThan(12);
  });

  it("gives rules a page", () => {
    expect(noRoot.meta.docs.url).toBe("https://stagewright.dev/rules/no-root");
  });
});
