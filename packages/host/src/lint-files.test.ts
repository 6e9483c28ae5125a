import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rules } from "@stagewright/rules";
import { afterAll, expect, test } from "vitest";
import type { AnswerProvider } from "./answers.ts";
import { Configs } from "./config/configs.ts";
import { lintFiles } from "./lint-files.ts";

const cwd = mkdtempSync(join(tmpdir(), "stagewright-lint-files-"));
afterAll(() => rmSync(cwd, { recursive: true }));

async function* found(...names: string[]) {
  for (const path of names) yield await Promise.resolve({ path, named: true });
}

test("a mistake of ours costs the file that it happens in, and no other", async () => {
  writeFileSync(join(cwd, "a.Dockerfile"), "FROM debian:13-slim\nRUN cd /x; rm $FOO\n");
  writeFileSync(join(cwd, "b.Dockerfile"), "FROM debian\n");
  const provider: AnswerProvider = { kind: "shellcheck", answer: () => Promise.reject(new Error("too deep")) };
  const results = lintFiles(found("a.Dockerfile", "b.Dockerfile"), {
    cwd,
    configs: new Configs({ rules, cwd, trusted: false, isolated: true }),
    providers: [provider],
    failed: (error) => `It failed: ${(error as Error).message}`,
  });
  const seen = [];
  for await (const { path, errors, findings } of results) seen.push([path, errors, findings.map(({ rule }) => rule)]);
  expect(seen).toEqual([
    ["a.Dockerfile", ["It failed: too deep"], []],
    ["b.Dockerfile", [], ["require-image-tag"]],
  ]);
});
