import { lint, type Finding } from "@stagewright/core";
import { preset, rules } from "@stagewright/rules";
import { emptyConfig } from "@stagewright/core";
import { describe, expect, test } from "vitest";
import { text } from "./text.ts";

const plain = { colors: false, links: false, width: 80 };
const context = { version: "0", cwd: "/project", sarifLimit: "none", quiet: false } as const;

/** What the format prints about the findings of some rules. */
function printed(dockerfile: string, names: readonly string[], look: Partial<typeof plain> = {}) {
  const config = { ...emptyConfig, rules: new Map([...preset("strict")].filter(([name]) => names.includes(name))) };
  const { findings } = lint(dockerfile, { filename: "/project/Dockerfile", rules, config });
  return show(dockerfile, findings, look);
}

const show = (source: string, findings: readonly Finding[], look: object = {}) =>
  text({ ...context, look: () => ({ ...plain, ...look }) }).file({
    path: "Dockerfile",
    text: source,
    findings,
    errors: [],
    config: null,
  });

const long = `RUN apt-get update && apt-get install curl && echo ${"x".repeat(100)}\n`;

describe("the line that a fix leads to", () => {
  test("stands below the finding", () => {
    expect(printed("from debian:13\nRUN true\nRUN true\n", ["consistent-keyword-case"])).toContain(
      "    1 │ from debian:13\n      │ ^^^^\n    + │ FROM debian:13\n",
    );
  });

  test("is cut to the width around what is new", () => {
    const lines = printed(`FROM debian:13\n${long}`, ["apt-get-yes"]).split("\n");
    expect(lines.find((line) => line.startsWith("    + │ "))).toMatch(
      /^ {4}\+ │ RUN apt-get update && apt-get install -y curl && echo x+…$/,
    );
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test("is cut on both sides where what is new stands far to the right", () => {
    const far = `RUN echo ${"y".repeat(100)} && apt-get install curl && echo ${"x".repeat(100)}\n`;
    const line = printed(`FROM debian:13\n${far}`, ["apt-get-yes"])
      .split("\n")
      .find((each) => each.startsWith("    + │ "));
    expect(line).toMatch(/^ {4}\+ │ …y+ && apt-get install -y curl && echo x+…$/);
    expect(line?.length).toBeLessThanOrEqual(80);
  });

  test("is named by its number where it goes", () => {
    expect(printed("FROM debian:13\nCMD a\nCMD b\n", ["single-cmd"])).toContain("    fix: --fix removes line 2.\n");
  });
});

test("messages are wrapped to the width", () => {
  const lines = printed("FROM debian:13\nWORKDIR app\n", ["absolute-workdir"], { width: 60 }).split("\n");
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  expect(lines.join(" ").replace(/ +/g, " ")).toContain("starts from the working directory of the base image");
});

test("paths and rules are links where the terminal can show them", () => {
  const linked = show(
    "FROM debian\n",
    lint("FROM debian\n", {
      filename: "/project/Dockerfile",
      rules,
      config: {
        ...emptyConfig,
        rules: new Map([...preset("recommended")].filter(([name]) => name === "require-image-tag")),
      },
    }).findings,
    { links: true },
  );
  expect(linked).toContain("\u001b]8;;file:///project/Dockerfile\u001b\\Dockerfile\u001b]8;;\u001b\\");
  expect(linked).toMatch(/\u001b\]8;;https:\/\/[^\u001b]*require-image-tag[^\u001b]*\u001b\\require-image-tag/);
});

test("the summary says what --fix would do on a line of its own", () => {
  const end = (fixable: number) =>
    text({ ...context, look: () => plain }).end({
      summary: {
        files: 2,
        filesWithFindings: 1,
        findings: 3,
        bySeverity: { error: 1, warning: 2, info: 0, style: 0 },
        fixable,
        failed: 0,
        fixed: new Map(),
        repairedFiles: 0,
      },
      errors: [],
      milliseconds: 12.3,
    });
  expect(end(1)).toBe(
    "3 findings in 1 of 2 files: 1 error, 2 warnings (12 ms)\n1 finding can be repaired with --fix.\n",
  );
  expect(end(0)).toBe("3 findings in 1 of 2 files: 1 error, 2 warnings (12 ms)\n");
});
