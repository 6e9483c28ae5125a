import { describe, expect, it } from "vitest";
import type { ResolvedConfig } from "../config.ts";
import { applyEdits } from "../fixer.ts";
import { lint } from "../lint.ts";
import type { Answers } from "../requests.ts";
import { createRule, type Rule } from "../rule.ts";
import { configOf, lowerStage, makeRule, noRoot } from "../testing/demo-rules.ts";

const runs = createRule<"say">({
  name: "runs",
  meta: {
    type: "problem",
    schema: [],
    docs: {
      ...noRoot.meta.docs,
      sources: [
        { tool: "hadolint", id: "DL3003", match: "same" },
        { tool: "buildkit", id: "NoEmptyContinuation", match: "same" },
      ],
    },
    messages: { say: "`{{line}}` runs." },
  },
  create: (context) => ({
    Run({ text: { value }, loc }) {
      const first = loc.start.line;
      for (let line = first; line <= loc.end.line; line++) {
        const place = { start: { line, column: 1 }, end: { line, column: 2 } };
        if (!/^\s*#/.test(context.sourceCode.lines[line - 1] ?? ""))
          context.report({
            loc: place,
            messageId: "say",
            data: { line: value },
            codes: line === first ? ["DL3003"] : ["SC2164"],
          });
      }
    },
  }),
});

const rules = [noRoot, lowerStage, runs];

interface More extends Partial<ResolvedConfig> {
  readonly all?: readonly Rule[];
  readonly answers?: Answers;
}

const findings = (code: string, { all = rules, answers, ...config }: More = {}) =>
  lint(code, { filename: "Dockerfile", rules: all, config: configOf(all, config), ...(answers && { answers }) })
    .findings;

/** Lines and rules, or codes where the finding has other codes than its rule's. */
const found = (code: string, more: More = {}) =>
  findings(code, more).map(({ loc, rule }) => `${loc.start.line} ${rule}`);

describe("stagewright-disable-next-line", () => {
  it("silences what it names in the next instruction", () => {
    expect(found("FROM a\n# stagewright-disable-next-line no-root\nUSER root\nUSER root\n")).toEqual(["4 no-root"]);
  });

  it.each(["no-root", "DL3002", "dl3002", "No-Root", "no-root/DL3002", "runs, no-root", "runs,DL3002", ""])(
    "takes %j",
    (names) => {
      const code = `FROM a\n# stagewright-disable-next-line ${names}\nUSER root\n`;
      expect(found(code, { reportUnusedDisableDirectives: "off" })).toEqual([]);
    },
  );

  it("leaves what it does not name", () => {
    expect(
      found("# stagewright-disable-next-line runs\nFROM a AS B\n", { reportUnusedDisableDirectives: "off" }),
    ).toEqual(["2 lower-stage"]);
  });

  it("covers all lines of the instruction, over blank lines and comments", () => {
    expect(found("FROM a\n# stagewright-disable-next-line runs -- so\n\n# prose\nRUN a \\\n  b \\\n  c\n")).toEqual([]);
  });

  it("adds up with others above the same instruction", () => {
    expect(
      found("# stagewright-disable-next-line runs\n# stagewright-disable-next-line no-root\nRUN a\nUSER root\n", {
        reportUnusedDisableDirectives: "off",
      }).filter((each) => each.includes("runs")),
    ).toEqual([]);
  });

  it("inside an instruction covers the next line alone", () => {
    expect(found("FROM a\nRUN a \\\n  # stagewright-disable-next-line runs\n  # prose\n\n  b \\\n  c\n")).toEqual([
      "2 runs",
      "5 runs",
      "7 runs",
    ]);
  });

  it("keeps its reason apart from its names", () => {
    expect(found("FROM a\n# stagewright-disable-next-line no-root -- runs as root, DL9999 --\nUSER root\n")).toEqual(
      [],
    );
    expect(found("FROM a\n# stagewright-disable-next-line no-root --\nUSER root\n")).toEqual([]);
  });

  it("reads comments with CR LF, a byte order mark and no blank", () => {
    expect(found("\uFEFF#stagewright-disable-next-line lower-stage\r\nFROM a AS B\r\n")).toEqual([]);
  });

  it("silences the rule's findings with one code of one rule", () => {
    expect(found("FROM a\n# stagewright-disable-next-line runs/SC2164\nRUN a \\\n b\n")).toEqual(["3 runs"]);
  });
});

describe("stagewright-disable and -enable", () => {
  it("reach from one to the other", () => {
    expect(
      found("FROM a\nUSER root\n# stagewright-disable no-root\nUSER root\n# stagewright-enable no-root\nUSER root\n"),
    ).toEqual(["2 no-root", "6 no-root"]);
  });

  it("reach to the end without the other", () => {
    expect(found("# stagewright-disable\nFROM a AS B\nUSER root\n")).toEqual([]);
  });

  it("switch one rule on again where all were off", () => {
    expect(found("# stagewright-disable\nFROM a AS B\n# stagewright-enable no-root\nUSER root\nRUN a\n")).toEqual([
      "4 no-root",
    ]);
  });

  it("switch all on again where one was off", () => {
    expect(found("# stagewright-disable no-root\nUSER root\n# stagewright-enable\nUSER root\n").slice(-1)).toEqual([
      "4 no-root",
    ]);
  });

  it("mean the same by a rule's name and by its code", () => {
    expect(found("FROM a\n# stagewright-disable no-root\nUSER root\n# stagewright-enable DL3002\nUSER root\n")).toEqual(
      ["5 no-root"],
    );
  });
});

describe("hadolint's comments", () => {
  it.each([
    ["# hadolint ignore=DL3003", []],
    ["#hadolint ignore=DL3003", []],
    ["  # hadolint ignore = DL3003 , SC2164", []],
    ["# hadolint ignore=DL3003 # because", []],
    ["# hadolint ignore=DL3003\n", ["4 runs"]],
    ["# hadolint ignore=DL3003\n# other", ["4 runs"]],
    ["# hadolint ignore=SC2164", ["3 runs"]],
    ["# Hadolint ignore=DL3003", ["3 runs"]],
    ["# hadolint IGNORE=DL3003", ["3 runs"]],
  ])("as %j", (comment, expected) => {
    expect(found(`FROM debian:12\n${comment}\nRUN cd /x\n`)).toEqual(expected);
  });

  it.each([
    ["because", "# hadolint ignore=DL3003 because"],
    ["dl3003", "# hadolint ignore=dl3003"],
    ["DL3003;SC2164", "# hadolint ignore=DL3003;SC2164"],
    ["all", "# hadolint ignore=all"],
    ["runs", "# hadolint ignore=DL3003,runs"],
  ])("count for nothing with %j, which is told", (wrong, comment) => {
    const result = findings(`FROM debian:12\n${comment}\nRUN cd /x\n`);
    expect(result).toMatchObject([{ rule: "unknown-ignore" }, { rule: "runs" }]);
    expect(`FROM debian:12\n${comment}`.slice(...(result[0]?.range ?? []))).toBe(wrong);
    expect(result[0]?.message).toContain("so hadolint passes the whole comment over");
  });

  it.each(["# hadolint ignore=", "# hadolint ignore=DL3003 DL3004"])("count for nothing as %j", (comment) => {
    expect(found(`FROM debian:12\n${comment}\nRUN cd /x\n`)).toEqual(["2 unknown-ignore", "3 runs"]);
  });

  it("inside an instruction count for nothing", () => {
    expect(found("FROM debian:12\nRUN \\\n# hadolint ignore=DL3003\n cd /x\n")).toContain("2 runs");
  });

  it("cover all lines of an instruction", () => {
    expect(found("FROM debian:12\n# hadolint ignore=DL3003,SC2164\nRUN a && \\\n b\n")).toEqual([]);
  });

  it("of a stage reach from the line after the next to the next FROM", () => {
    const stage = "# hadolint stage ignore=DL3002,DL3003,StageNameCasing\n";
    expect(found(`${stage}FROM a AS B\nUSER root\n`)).toEqual(["1 unknown-ignore", "2 lower-stage", "3 no-root"]);
    expect(found("# hadolint stage ignore=DL3003\nFROM a\nRUN a\nFROM b\nRUN b\n")).toEqual(["5 runs"]);
    expect(found("FROM a\nRUN a\n# hadolint stage ignore=DL3003\nRUN b\nRUN c\n")).toEqual(["2 runs", "4 runs"]);
  });

  it("of the file reach everywhere and add up", () => {
    expect(
      found("FROM a\nUSER root\nRUN a\n# hadolint global ignore=DL3003\n# hadolint global ignore=DL3002\n"),
    ).toEqual([]);
  });

  it("are passed over where the configuration says so", () => {
    expect(found("FROM a\n# hadolint ignore=DL3003,bogus\nRUN a\n", { honorPeerComments: false })).toEqual(["3 runs"]);
  });

  it("are never called unused", () => {
    expect(found("# hadolint ignore=DL3003\nFROM a\n")).toEqual([]);
  });
});

describe("BuildKit's comments", () => {
  it.each([
    ["# check=skip=StageNameCasing\n", []],
    ["# syntax=docker/dockerfile:1\n# check=skip=StageNameCasing\n", []],
    ["# check=skip=all\n", []],
    ["# check=error=true;skip=StageNameCasing\n", []],
    ["# check=skip=FromAsCasing,StageNameCasing;error=true\n", []],
    ["# check=skip=FromAsCasing, StageNameCasing\n", ["2 lower-stage"]],
    ["# check=skip=lower-stage\n", []],
    ["\n# check=skip=StageNameCasing\n", []],
    ["# foo\n# check=skip=StageNameCasing\n", []],
    ["# foo\n# CHECK = skip=StageNameCasing;error=true\n\n# more\n", []],
    ["# foo\n# check=skip=StageNameCasing\n#\n", ["4 lower-stage"]],
    ["# foo\n  # check=skip=StageNameCasing\n", ["3 lower-stage"]],
    ["# foo\n# check=skip=FromAsCasing\n# check=skip=StageNameCasing\n", ["4 lower-stage"]],
    ["# foo\n#\n# check=skip=StageNameCasing\n", []],
  ])("as %j", (comment, expected) => {
    const asCasing = makeRule("from-as", () => ({}), {
      docs: { sources: [{ tool: "buildkit", id: "FromAsCasing", match: "same" }] },
    });
    expect(found(`${comment}FROM a AS B\n`, { all: [...rules, asCasing] })).toEqual(expected);
  });

  it("at the top reach the whole file, above an instruction that one", () => {
    expect(found("# check=skip=StageNameCasing\n\nFROM a AS B\nFROM a AS C\n")).toEqual([]);
    expect(found("# x\n# check=skip=StageNameCasing\n\nFROM a AS B\nFROM a AS C\n")).toEqual(["5 lower-stage"]);
  });

  it("do not reach findings that BuildKit does not know", () => {
    expect(found("# check=skip=all\nFROM a\nUSER root\n")).toEqual(["3 no-root"]);
  });

  it("above an instruction do not reach checks of the whole file, which is told", () => {
    const code = "FROM a\n# check=skip=NoEmptyContinuation\nRUN x\n";
    expect(findings(code)).toMatchObject([
      {
        rule: "unknown-ignore",
        message:
          "BuildKit skips `NoEmptyContinuation` for the whole file only, by `# check=skip=NoEmptyContinuation` at its top.",
        loc: { start: { line: 2, column: 14 }, end: { line: 2, column: 33 } },
      },
      { rule: "runs" },
    ]);
    expect(found("FROM a\n# check=skip=all\nRUN x\n")).toEqual(["3 runs"]);
  });

  it("tell names that nobody knows", () => {
    expect(findings("# check=skip=stagenamecasing\nFROM a AS B\n")).toMatchObject([
      {
        rule: "unknown-ignore",
        message: "No rule and no code is called `stagenamecasing`; did you mean `StageNameCasing`?",
      },
      { rule: "lower-stage" },
    ]);
  });

  it("tell options that BuildKit refuses", () => {
    expect(findings("# check=bogus=1\nFROM a AS B\n")).toMatchObject([
      { rule: "unknown-ignore", range: [8, 15] },
      { rule: "lower-stage" },
    ]);
  });
});

describe("unused comments", () => {
  const unused = (code: string, more: More = {}) =>
    findings(code, more)
      .filter(({ rule }) => rule === "unused-ignore")
      .map(({ message, range, suggestions = [] }) => [
        code.slice(...range),
        message,
        ...suggestions.map(({ edits }) => applyEdits(code, edits)),
      ]);

  it("are told by name, with a way to take the name out", () => {
    expect(unused("FROM a\n# stagewright-disable-next-line runs, no-root, DL3003 -- so\nUSER root\n")).toEqual([
      [
        "runs",
        "`runs` silences nothing here; remove it.",
        "FROM a\n# stagewright-disable-next-line no-root, DL3003 -- so\nUSER root\n",
      ],
      [
        "DL3003",
        "`DL3003` silences nothing here; remove it.",
        "FROM a\n# stagewright-disable-next-line runs, no-root -- so\nUSER root\n",
      ],
    ]);
  });

  it("are taken out with their line when nothing remains", () => {
    expect(unused("FROM a\r\n  # stagewright-disable-next-line runs\r\nUSER x\r\n")).toEqual([
      ["runs", "`runs` silences nothing here; remove it.", "FROM a\r\nUSER x\r\n"],
    ]);
    expect(unused("\uFEFF# stagewright-disable\nFROM a")).toEqual([
      ["# stagewright-disable", "This comment silences nothing here; remove it.", "\uFEFFFROM a"],
    ]);
  });

  it("stay where a comment below would become a directive", () => {
    expect(unused("# stagewright-disable runs\n# escape=`\nFROM a\n")).toEqual([
      ["runs", "`runs` silences nothing here; remove it."],
    ]);
  });

  it("are told with the configured severity, or not at all", () => {
    const code = "# stagewright-disable runs\nFROM a\n";
    expect(findings(code, { reportUnusedDisableDirectives: "info" })).toMatchObject([{ severity: "info" }]);
    expect(findings(code, { reportUnusedDisableDirectives: "off" })).toEqual([]);
  });

  it("are an enable of what was on", () => {
    expect(unused("FROM a\n# stagewright-enable runs\nUSER root\n")).toMatchObject([
      ["runs", "`runs` switches on nothing that was off here; remove it.", "FROM a\nUSER root\n"],
    ]);
    expect(unused("# stagewright-disable runs\nRUN a\n# stagewright-enable\nUSER root\n")).toEqual([]);
  });

  it("are not told where a rule had no answers", () => {
    const request = { kind: "file", path: "x" } as const;
    const asking = makeRule("asking", () => ({}), { requests: () => [request] });
    const code = "# stagewright-disable asking\nFROM a\n";
    const all = [...rules, asking];
    expect(unused(code, { all })).toEqual([]);
    expect(unused("# stagewright-disable\nFROM a\n", { all })).toEqual([]);
    expect(unused(code, { all, answers: { get: () => ({ text: null }) as never } })).toHaveLength(1);
  });

  it("count as used by what any of several comments silences", () => {
    expect(
      unused("# stagewright-disable no-root\nFROM a\n# stagewright-disable-next-line no-root\nUSER root\n"),
    ).toEqual([]);
  });
});

describe("wrong comments", () => {
  const wrong = (code: string) =>
    findings(code)
      .filter(({ rule }) => rule === "unknown-ignore")
      .map(({ message, range, suggestions = [] }) => [
        code.slice(...range),
        message,
        ...suggestions.map(({ edits }) => applyEdits(code, edits)),
      ]);

  it("are told with the nearest name", () => {
    expect(wrong("# stagewright-disable no-rot\nFROM a\n")).toEqual([
      [
        "no-rot",
        "No rule and no code is called `no-rot`; did you mean `no-root`?",
        "# stagewright-disable no-root\nFROM a\n",
      ],
    ]);
  });

  it("are told to put a reason behind dashes", () => {
    expect(wrong("# stagewright-disable no-root unfortunately\nFROM a\nUSER root\n")).toEqual([
      ["unfortunately", "No rule and no code is called `unfortunately`; a reason goes behind ` -- `."],
    ]);
  });

  it("are told where they name what cannot be silenced", () => {
    expect(wrong("# stagewright-disable syntax\nFROM a\n")).toEqual([["syntax", "No comment can silence `syntax`."]]);
  });

  it("are told where their own name is nearly right", () => {
    expect(wrong("# stagewright-disable-nextline no-root\nFROM a\nUSER root\n")).toEqual([
      [
        "disable-nextline",
        "There is no comment `stagewright-disable-nextline`; did you mean `stagewright-disable-next-line`?",
        "# stagewright-disable-next-line no-root\nFROM a\nUSER root\n",
      ],
    ]);
  });

  it("are not prose about the project", () => {
    expect(wrong("# stagewright-vscode marks this\n# stagewright is good\nFROM a\n")).toEqual([]);
  });
});

describe("reasons", () => {
  it("are asked for in comments of hadolint too, behind its `#`, and not in those of BuildKit, which have no place for them", () => {
    const code =
      "# check=skip=StageNameCasing\nFROM a\n# hadolint ignore=DL3003\nRUN b\n# hadolint ignore=DL3003 # as upstream does\nRUN c\n# hadolint ignore=DL3003 #\nRUN d\n";
    expect(found(code, { requireReason: true })).toEqual(["3 ignore-reason", "7 ignore-reason"]);
    expect(found(code)).toEqual([]);
  });

  it("are asked for in our own comments where the configuration says so", () => {
    const code =
      "FROM a\n# stagewright-disable no-root\nUSER root\n# stagewright-disable-next-line runs -- so\nRUN a\n# hadolint ignore=DL3003 # so\nRUN b\n# stagewright-enable\n";
    expect(found(code, { requireReason: true })).toEqual(["2 ignore-reason"]);
    expect(found(code)).toEqual([]);
  });
});

describe("many comments", () => {
  const seconds = (count: number) => {
    const code = `FROM a\n${"# stagewright-disable-next-line no-root\nUSER root\n".repeat(count)}`;
    const times = Array.from({ length: 3 }, () => {
      const before = process.cpuUsage();
      expect(findings(code)).toEqual([]);
      return process.cpuUsage(before).user;
    });
    return Math.min(...times);
  };

  it("cost no more than their number", () => {
    seconds(4_000);
    expect(seconds(16_000) / seconds(4_000)).toBeLessThan(10);
  });
});
