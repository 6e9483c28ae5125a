import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lint, type ResolvedConfig } from "@stagewright/core";
import { resolveConfig } from "../../packages/host/src/config/rules.ts";
import { rules } from "@stagewright/rules";
import { describe, expect, it } from "vitest";
import { readRows, root, shared } from "../support/shared.ts";
import { peerIsWrong, reasons } from "./reasons.ts";

interface Row {
  readonly file: string;
  readonly crash?: string;
  readonly error?: string;
  readonly parseError?: string;
  readonly findings: readonly { readonly code?: string; readonly rule?: string; readonly line: number }[];
}

interface Difference {
  readonly side: "missed" | "extra";
  readonly code: string;
  readonly file: string;
  readonly line: number;
  readonly source: string;
}

interface Comparison {
  readonly files: number;
  readonly both: ReadonlyMap<string, number>;
  readonly differences: readonly Difference[];
}

const goals = {
  hadolint: { codes: /^DL\d{4}$/, agreement: 0.99 },
  buildkit: { codes: /^[A-Z][A-Za-z]+$/, agreement: 0.995 },
} as const;

type Peer = keyof typeof goals;

describe.skipIf(shared === null).each(Object.keys(goals) as Peer[])("agreement with %s on real files", (peer) => {
  it("is what we promise, and every class of difference has its reason", { timeout: 300_000 }, () => {
    const comparison = compare(peer);
    const report = describeComparison(peer, comparison);
    writeFileSync(join(root, `test/conformance/${peer}.md`), report.text);
    console.info(report.summary);
    expect(report.agreement).toBeGreaterThanOrEqual(goals[peer].agreement);
    expect(report.weak, "codes with 20 findings or more that agree in less than 97 %").toEqual([]);
    expect(report.unexplained, "differences without a reason in reasons.ts").toEqual([]);
    expect(report.unused, "reasons for differences that are gone").toEqual([]);
  });
});

function compare(peer: Peer): Comparison {
  const config: ResolvedConfig = resolveConfig([{ preset: peer }], rules);
  const both = new Map<string, number>();
  const differences: Difference[] = [];
  let files = 0;
  for (const row of readRows<Row>(join(shared ?? "", `oracle/${peer}.jsonl`))) {
    const theirs = row.findings.map(({ code, rule, line }) => ({ code: code ?? rule ?? "", line }));
    if (row.crash || row.error || row.parseError || theirs.some(({ code }) => code === "DL1000")) continue;
    files++;
    const text = readFileSync(join(shared ?? "", "corpus", row.file), "utf8");
    const { findings, sourceCode } = lint(text, { filename: row.file, rules, config });
    const lines = text.split("\n");
    // The peers report at the first line of an instruction.
    const firstLine = (line: number) =>
      sourceCode.ast.instructions.find(({ startLine, endLine }) => startLine <= line && line <= endLine)?.startLine ??
      line;
    const keys = (list: readonly { code: string; line: number }[]) =>
      new Set(
        list.filter(({ code }) => goals[peer].codes.test(code)).map(({ code, line }) => `${code} ${firstLine(line)}`),
      );
    const expected = keys(theirs);
    const got = keys(findings.flatMap(({ codes, loc }) => codes.map((code) => ({ code, line: loc.start.line }))));
    const difference = (side: Difference["side"], key: string): Difference => {
      const [code = "", number = "1"] = key.split(" ");
      return { side, code, file: row.file, line: Number(number), source: lines[Number(number) - 1] ?? "" };
    };
    for (const key of expected) {
      const [code = ""] = key.split(" ");
      if (got.has(key)) both.set(code, (both.get(code) ?? 0) + 1);
      else differences.push(difference("missed", key));
    }
    for (const key of got) if (!expected.has(key)) differences.push(difference("extra", key));
  }
  return { files, both, differences };
}

function describeComparison(peer: Peer, { files, both, differences }: Comparison) {
  const classes = groupBy(
    differences,
    (difference) => `${difference.code} ${difference.side}\n${reasonOf(peer, difference) ?? ""}`,
  );
  const agreed = [...both.values()].reduce((sum, count) => sum + count, 0);
  const agreement = agreed / (agreed + differences.length);
  const count = (code: string, side: string) =>
    differences.filter((difference) => difference.code === code && difference.side === side).length;
  const codes = [...new Set([...both.keys(), ...differences.map(({ code }) => code)])].sort();
  const rows = codes.map((code) => ({
    code,
    both: both.get(code) ?? 0,
    missed: count(code, "missed"),
    extra: count(code, "extra"),
  }));
  const weak = rows.filter(
    (row) =>
      !peerIsWrong[peer].includes(row.code) &&
      row.both + row.missed >= 20 &&
      row.both / (row.both + row.missed + row.extra) < 0.97,
  );
  const unexplained = differences
    .filter((difference) => reasonOf(peer, difference) === null)
    .map(({ code, side, file, line }) => `${code} ${side} ${file}:${line}`);
  const unused = Object.entries(reasons[peer]).flatMap(([key, value]) =>
    (typeof value === "string" ? [value] : value.map(({ reason }) => reason))
      .filter((reason) => !classes.has(`${key}\n${reason}`))
      .map((reason) => `${key}: ${reason}`),
  );
  const summary = `${files} files: both ${agreed}, missed ${differences.filter(({ side }) => side === "missed").length}, extra ${differences.filter(({ side }) => side === "extra").length}; agreement ${(agreement * 100).toFixed(2)} %`;
  const text = [
    "<!-- Written by test/conformance/peers.test.ts. -->",
    `# Agreement with ${peer === "hadolint" ? "hadolint 2.15.1" : "BuildKit v0.34.2"}`,
    `Over the shared corpora, under the preset \`${peer}\`. ${summary}.`,
    "Files that the other tool cannot read are left out; a finding counts at the first line of its instruction.",
    `| Code | Both | Missed | Extra |\n|---|---|---|---|\n${rows.map((row) => `| ${row.code} | ${row.both} | ${row.missed} | ${row.extra} |`).join("\n")}`,
    "## Differences",
    ...[...classes]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, list]) => {
        const [first] = list;
        const [heading, reason] = key.split("\n");
        return `### ${heading}: ${list.length}\n\n${reason || "No reason is known."}\n\n\`${first?.file}:${first?.line}\`\n\n\`\`\`dockerfile\n${(first?.source ?? "").slice(0, 160)}\n\`\`\``;
      }),
  ];
  return { text: `${text.join("\n\n")}\n`, summary, agreement, weak, unexplained, unused };
}

function reasonOf(peer: Peer, { code, side, file }: Difference): string | null {
  const found = reasons[peer][`${code} ${side}`];
  if (found === undefined || typeof found === "string") return found ?? null;
  return found.find(({ files }) => files.some((part) => file.includes(part)))?.reason ?? null;
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
