import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stagewright } from "../support/command.ts";
import { root } from "../support/shared.ts";
import { hasProgram, inTerminal } from "../support/terminal.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "stagewright-terminal-"));
  stagewright(["--version"], { cwd: folder });
  writeFileSync(
    join(folder, "Dockerfile"),
    [
      "FROM debian:13-slim",
      `RUN echo "日本語 ☃" && apt-get update && apt-get install curl ${"a-package-with-a-long-name ".repeat(8)}`,
      "\tWORKDIR\tsrv",
      "USER 1000",
      "",
    ].join("\n"),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The screen after a run in a terminal of that width. */
const shown = (columns: number): string[] =>
  inTerminal({ shell: "bash --norc", cwd: folder, columns, rows: 60 }, (terminal) => {
    terminal.type(`clear; node ${join(root, "bin/stagewright.js")} --no-config --color; echo EN""D`);
    terminal.press("Enter");
    return terminal.screen(/^END$/m).split(/^END$/m)[0]?.split("\n") ?? [];
  });

describe.skipIf(!hasProgram("tmux") || !hasProgram("bash"))("in a real terminal", { timeout: 30_000 }, () => {
  test.each([80, 140])(
    "nothing is broken by the terminal at %i columns, and marks stand below what they mark",
    (width) => {
      const lines = shown(width);
      const frame = (rule: string) => {
        const title = lines.findIndex((line) => line.includes(` ${rule} (`));
        return lines.findIndex((line, index) => index > title && line.includes("│"));
      };
      const install = frame("apt-get-yes");
      expect(lines[install]).toMatch(/^ {4}2 │ .*…$/);
      expect(lines[install + 1]).toMatch(/^ {6}│ +\^+$/);
      const marked = (index: number) => {
        const line = lines[index] ?? "";
        const mark = lines[index + 1] ?? "";
        // Each of the three wide characters before it takes two columns.
        const wide = [...line].filter((character) => /[日本語]/.test(character)).length;
        return line.slice(mark.indexOf("^") - wide, mark.lastIndexOf("^") + 1 - wide);
      };
      expect(marked(install)).toBe("install");
      expect(marked(frame("absolute-workdir"))).toBe("srv");
      expect(lines.filter((line) => line.length > width)).toEqual([]);
      expect(lines.filter((line) => line !== "" && !/^( |Dockerfile$|\d+ findings? )/.test(line))).toEqual([]);
    },
  );

  test("the width is used", () => {
    const longest = (width: number) => Math.max(...shown(width).map((line) => line.length));
    expect(longest(80)).toBeLessThanOrEqual(80);
    expect(longest(140)).toBeGreaterThan(120);
  });
});
