import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { stagewright } from "../support/command.ts";
import { root } from "../support/shared.ts";

// The emoji takes two UTF-16 units and four bytes of UTF-8; the tag holds what XML, Markdown and workflow commands escape.
const input = 'FROM debian:13-slim\nUSER 1000\nLABEL a="😀" b="<&|>%"\nMAINTAINER "a<b>" & c\nWORKDIR "x,y:z"\n';

function report(format: string, name = "api/Dockerfile"): string {
  const rules = ["no-maintainer=error", "absolute-workdir=warning"].flatMap((rule) => ["--rule", rule]);
  const { stdout, status, stderr } = stagewright(
    ["--no-config", "--format", format, "--stdin-filename", name, ...rules, "-"],
    { cwd: root, input },
  );
  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  return stdout;
}

test("github: one workflow command a finding, escaped", () => {
  const lines = report("github", "a,b:c%/Dockerfile").trim().split("\n");
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(
    /^::error file=a%2Cb%3Ac%25\/Dockerfile,line=4,endLine=4,col=\d+,endColumn=\d+,title=no-maintainer%2C DL4000%2C MaintainerDeprecated::[^\n]+$/,
  );
  expect(lines[1]).toMatch(/^::warning file=a%2Cb%3Ac%25\/Dockerfile,line=5,.*::/);
});

test("rdjson: columns count bytes, and repairs are suggestions", () => {
  const { stdout } = stagewright(["--no-config", "--format", "rdjson", "--rule", "prefer-key-value=warning", "-"], {
    cwd: root,
    input: "FROM debian:13-slim\nUSER 1000\nRUN echo 😀 && sudo true\nfrom debian\n",
  });
  const log = JSON.parse(stdout) as {
    source: object;
    diagnostics: {
      message: string;
      severity: string;
      code: { value: string };
      location: { path: string; range: { start: { line: number; column: number }; end: object } };
      suggestions?: { range: object; text: string }[];
    }[];
  };
  expect(log.source).toMatchObject({ name: "stagewright" });
  const keyword = log.diagnostics.find(({ code }) => code.value === "consistent-keyword-case");
  expect(keyword).toMatchObject({
    severity: "INFO",
    location: { path: "-", range: { start: { line: 4, column: 1 }, end: { line: 4, column: 5 } } },
    suggestions: [{ range: { start: { line: 4, column: 1 }, end: { line: 4, column: 5 } }, text: "FROM" }],
  });
  const sudo = log.diagnostics.find(({ code }) => code.value === "no-sudo");
  // `RUN echo ` has 9 bytes, the emoji 4, and ` && ` 4.
  expect(sudo?.location.range.start).toEqual({ line: 3, column: 18 });
});

test("gitlab: fingerprints stay when lines are put before, and differ from each other", () => {
  const prints = (text: string) =>
    (
      JSON.parse(stagewright(["--no-config", "--format", "gitlab", "-"], { cwd: root, input: text }).stdout) as {
        fingerprint: string;
        location: { lines: { begin: number } };
      }[]
    ).map(({ fingerprint }) => fingerprint);
  const text = "FROM debian:13-slim\nUSER 1000\nRUN sudo true\nRUN sudo true\n";
  const before = prints(text);
  expect(new Set(before).size).toBe(before.length);
  expect(before.length).toBeGreaterThan(1);
  expect(prints(`# a comment\n\n${text}`)).toEqual(before);
});

test("markdown: tables that a finding's text cannot break", () => {
  const rows = report("markdown")
    .split("\n")
    .filter((line) => /^\| \d/.test(line));
  expect(rows).toHaveLength(2);
  for (const row of rows) expect(row.replaceAll("\\|", "").split("|")).toHaveLength(6);
});

const hasParser = spawnSync("python3", ["-c", "import xml.dom.minidom"]).status === 0;

test.runIf(hasParser).each(["checkstyle", "junit"])("%s: well-formed, whatever names and texts hold", (format) => {
  const { status, stdout } = spawnSync(
    "python3",
    [
      "-c",
      "import sys, xml.dom.minidom as m; d = m.parseString(sys.stdin.buffer.read()); print([e.getAttribute('name') for n in ('file', 'testsuite') for e in d.getElementsByTagName(n)], len(d.getElementsByTagName('error')), len(d.getElementsByTagName('failure')))",
    ],
    { input: report(format, "a\"<&>'\u0001/Dockerfile"), encoding: "utf8" },
  );
  expect(status).toBe(0);
  expect(stdout.trim()).toBe(`['a"<&>\\'\ufffd/Dockerfile'] ${format === "checkstyle" ? "2 0" : "0 2"}`);
});
