import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createShellCheck } from "@stagewright/shellcheck";
import { expect, test } from "vitest";
import { nativeCommand } from "../shellcheck/engines.ts";
import { root, shared } from "../support/shared.ts";
import { type Comparison, compareScripts, type Difference, readableRows } from "./shellcheck.ts";

/** Why a class of differences stays, by code and side. */
const reasons: Readonly<Record<string, string>> = {
  "SC2086 missed":
    "An ENV has a continuation right behind a value, without a blank (`A=1\\`): hadolint takes the next line's pair for a part of that value, and so its variable for an unknown one.",
};

const command = nativeCommand();

test.skipIf(shared === null)("ShellCheck's findings are hadolint's under its preset, on every real file", async () => {
  const shellCheck = createShellCheck(command === null ? { engine: "wasm" } : { engine: "native", command });
  const comparison = await compareScripts(readableRows(), shellCheck);
  await shellCheck.close();
  const { text, summary, agreement } = describeComparison(comparison);
  writeFileSync(join(root, "test/conformance/shellcheck.md"), text);
  console.info(summary);
  expect(agreement).toBeGreaterThanOrEqual(0.995);
  const classes = new Set(comparison.differences.map(({ code, side }) => `${code} ${side}`));
  expect(
    [...classes].filter((key) => reasons[key] === undefined),
    "classes of difference without a reason",
  ).toEqual([]);
});

function describeComparison({ files, both, differences, forgotten }: Comparison) {
  const agreed = [...both.values()].reduce((sum, count) => sum + count, 0);
  const count = (side: Difference["side"], code?: string) =>
    differences.filter((each) => each.side === side && (code === undefined || each.code === code)).length;
  const agreement = agreed / (agreed + differences.length);
  const codes = [...new Set([...both.keys(), ...differences.map(({ code }) => code)])].sort();
  const summary = `${files} files: both ${agreed}, missed ${count("missed")}, extra ${count("extra")}; agreement ${(agreement * 100).toFixed(2)} %`;
  const text = [
    "<!-- Written by test/conformance/shellcheck.suite.ts. -->",
    "# Agreement with hadolint 2.15.1 on ShellCheck's findings",
    `Over the shared corpora, under the preset \`hadolint\`: code, level and instruction of each finding. ${summary}.`,
    `Files that hadolint cannot read are left out, and so are ${forgotten.runs} RUNs, with ${forgotten.findings} findings of hadolint, whose SHELL hadolint 2.15.1 has forgotten at an ENV or ARG.`,
    `| Code | Both | Missed | Extra |\n|---|---|---|---|\n${codes.map((code) => `| ${code} | ${both.get(code) ?? 0} | ${count("missed", code)} | ${count("extra", code)} |`).join("\n")}`,
    "## Differences",
    ...[...differences]
      .sort((a, b) => (`${a.code} ${a.side} ${a.file}` < `${b.code} ${b.side} ${b.file}` ? -1 : 1))
      .map(
        ({ code, side, file, line, source }) =>
          `### ${code} ${side}\n\n${reasons[`${code} ${side}`] ?? "No reason is known."}\n\n\`${file}:${line}\`\n\n\`\`\`dockerfile\n${source.slice(0, 160)}\n\`\`\``,
      ),
  ];
  return { text: `${text.join("\n\n")}\n`, summary, agreement };
}
