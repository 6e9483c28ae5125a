import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emptyConfig, lint } from "@stagewright/core";
import { rules } from "@stagewright/rules";
import { describe, expect, it } from "vitest";
import { readRows, root, shared } from "../support/shared.ts";

/** A real file with what two readers say of it: does its image carry what only its build needed? */
interface Label {
  readonly id: string;
  readonly flag: "yes" | "no";
  readonly agreed: boolean;
  readonly why: string;
  readonly dockerfile: string;
}

const levels = ["high", "medium", "low"] as const;
const name = "no-build-tools-in-image";

function finds({ id, dockerfile }: Label, confidence: (typeof levels)[number]): boolean {
  const config = {
    ...emptyConfig,
    rules: new Map([[name, { severity: "warning" as const, options: { confidence } }]]),
  };
  return lint(dockerfile, { filename: `${id}/Dockerfile`, rules, config }).findings.some(({ rule }) => rule === name);
}

interface Score {
  readonly precision: number;
  readonly recall: number;
  readonly wrong: readonly Label[];
}

function score(labels: readonly Label[], found: (label: Label) => boolean): Score {
  const hits = labels.filter(found);
  const right = hits.filter(({ flag }) => flag === "yes").length;
  return {
    precision: right / hits.length,
    recall: right / labels.filter(({ flag }) => flag === "yes").length,
    wrong: labels.filter((label) => (label.flag === "yes") !== hits.includes(label)),
  };
}

/** The ids of those that tally's rule for it reports; `null` where tally is not to be had. */
function tallyFinds(labels: readonly Label[]): ReadonlySet<string> | null {
  const folder = mkdtempSync(join(tmpdir(), "stagewright-labels-"));
  const paths = labels.map(({ dockerfile }, index) => {
    mkdirSync(join(folder, String(index)));
    writeFileSync(join(folder, String(index), "Dockerfile"), dockerfile);
    return join(folder, String(index), "Dockerfile");
  });
  const { stdout, error } = spawnSync(
    join(process.env["STAGEWRIGHT_PEERS"] ?? "", "tally"),
    ["lint", "--no-config", "--slow-checks", "off", "--ignore", "shellcheck/*", "-f", "json", ...paths],
    { encoding: "utf8", maxBuffer: 1 << 28 },
  );
  rmSync(folder, { recursive: true });
  if (error) return null;
  const { files } = JSON.parse(stdout) as { files: { file: string; violations: { rule: string }[] }[] };
  const reported = files.filter(({ violations }) =>
    violations.some(({ rule }) => rule === "tally/prefer-multi-stage-build"),
  );
  return new Set(reported.map(({ file }) => labels[paths.indexOf(file)]?.id ?? ""));
}

const written = join(root, "test/conformance/labels.md");
const tally = "tally 0.45.0";
const share = (value: number): string => value.toFixed(3);

describe.skipIf(shared === null)("build tools in the image, on labelled files", () => {
  it("are found as two readers found them, each disagreement listed", () => {
    const all = readRows<Label>(join(shared ?? "", "labels/multi-stage.jsonl"));
    const agreed = all.filter((label) => label.agreed);
    const scores = new Map<string, Score>(
      levels.map((level) => [`\`${level}\``, score(agreed, (label) => finds(label, level))]),
    );
    const medium = scores.get("`medium`");
    const row = (who: string, { precision, recall }: Score) => `| ${who} | ${share(precision)} | ${share(recall)} |`;
    const others = tallyFinds(agreed);
    if (!others) console.warn("tally is not to be had (STAGEWRIGHT_PEERS): its row stays as it is.");
    const rows = [
      ...[...scores].map(([who, its]) => row(who, its)),
      others
        ? row(
            tally,
            score(agreed, ({ id }) => others.has(id)),
          )
        : (readFileSync(written, "utf8")
            .split("\n")
            .find((line) => line.startsWith(`| ${tally} `)) ?? ""),
    ];
    const line = (label: Label) => `- ${label.id}: ${label.flag === "yes" ? "missed" : "reported"}. ${label.why}`;
    const doubtful = all.filter((label) => !label.agreed && (label.flag === "yes") !== finds(label, "medium"));
    const text = [
      "<!-- Written by test/conformance/labels.test.ts. -->",
      "# Build tools in the image: labelled files",
      `${agreed.length} files on which two readers agree. \`medium\` is the default.`,
      `| Confidence | Precision | Recall |\n|---|---|---|\n${rows.join("\n")}`,
      "## Where `medium` differs",
      (medium?.wrong ?? []).map(line).join("\n") || "Nowhere.",
      "## Where it differs from a label that the readers doubt",
      doubtful.map(line).join("\n"),
    ];
    writeFileSync(written, `${text.join("\n\n")}\n`);
    console.info(rows.join("\n"));
    expect(medium?.precision).toBeGreaterThanOrEqual(0.95);
    expect(medium?.recall).toBeGreaterThanOrEqual(0.95);
  });
});
