import { describe, expect, test } from "vitest";
import { excludedCodes } from "../../packages/shellcheck/src/version.ts";
import { stagewright } from "../support/command.ts";
import { root } from "../support/shared.ts";

const run = (...args: string[]) => stagewright(args, { cwd: root });

describe("rules", () => {
  test("lists every rule, as text and as JSON", () => {
    const list = JSON.parse(run("rules", "--format", "json").stdout) as { name: string; codes: string[] }[];
    expect(list.find(({ name }) => name === "require-image-tag")?.codes).toContain("DL3006");
    const { stdout } = run("rules");
    for (const { name } of list) expect(stdout).toContain(`\n${name} `);
    expect(stdout).toContain(`${list.length} rules`);
  });

  test("is narrowed by words and by a preset", () => {
    const names = (...args: string[]) =>
      (JSON.parse(run("rules", "--format", "json", ...args).stdout) as { name: string }[]).map(({ name }) => name);
    expect(names("dl3007")).toEqual(["no-latest-tag"]);
    expect(names("--preset", "buildkit")).not.toContain("no-latest-tag");
    expect(run("rules", "nothing-like-it")).toMatchObject({ status: 1, stdout: "No rule holds these words.\n" });
  });

  test("keeps to 80 columns", () => {
    for (const line of run("rules").stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(run("rules", "SC2086").stdout).toMatch(/^shellcheck .*\n.*\(SC\d+ and \d+ more\)\n\n1 rule\n$/m);
  });

  test("misuse is one line", () => {
    expect(run("rules", "--preset", "strikt")).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(/^stagewright: [^\n]*strict[^\n]*\n$/) as string,
    });
  });
});

describe("explain", () => {
  test.each(["no-latest-tag", "DL3007", "dl3007"])("%s", (name) => {
    const { status, stdout } = run("explain", name);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^no-latest-tag /);
    expect(stdout).toContain("Reported");
    expect(stdout).toContain("https://");
  });

  test("lines of text keep to 80 columns", () => {
    const text = run("explain", "no-build-tools-in-image", "DL3009", "JSONArgsRecommended").stdout.split("\n");
    for (const line of text.filter((each) => !each.startsWith("    "))) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("codes of ShellCheck name their page", () => {
    expect(run("explain", "SC2086").stdout).toContain("https://www.shellcheck.net/wiki/SC2086");
  });

  test("codes that ShellCheck does not have are one line with the nearest ones", () => {
    const { status, stderr } = run("explain", "SC9999");
    expect(status).toBe(2);
    expect(stderr).toBe("stagewright: ShellCheck has no check `SC9999`; the nearest are `SC3067` and `SC3066`.\n");
    expect(run("explain", "shellcheck/SC2085").stderr).toContain("`SC2084` and `SC2086`");
  });

  test("says why ShellCheck is not asked for a check that it has", () => {
    const pages = excludedCodes.map((code) => run("explain", `SC${code}`));
    for (const { stdout, status } of pages) {
      expect(status).toBe(0);
      expect(stdout).toMatch(/^SC\d{4} is a check of ShellCheck that is left out: .+\.\n$/s);
    }
  });

  test("names that the parser and ignore comments use", () => {
    expect(run("explain", "syntax").status).toBe(0);
  });

  test("a wrong name is one line with the nearest right one", () => {
    const { status, stderr } = run("explain", "no-lastest-tag");
    expect(status).toBe(2);
    expect(stderr.trim().split("\n")).toEqual([expect.stringContaining("no-latest-tag")]);
    expect(run("explain").status).toBe(2);
  });
});
