import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "@stagewright/ast";
import { describe, expect, it } from "vitest";
import { asGolden, type Golden, type GoldenNode } from "../support/buildkit-view.ts";
import { readRows, root, shared } from "../support/shared.ts";
import { codeOf } from "./buildkit-codes.ts";

describe("the tree, against BuildKit's", () => {
  const cases = readRows<GrammarCase>(join(root, "test/conformance/grammar.jsonl"));

  it("is equal in every case of the grammar", () => {
    const differing = cases.flatMap((row) => differences(row.id, textOf(row), row));
    print(differing);
    expect(differing).toEqual([]);
    expect(cases).toHaveLength(239);
  });

  it.skipIf(!shared)("is equal in every real file", { timeout: 120_000 }, () => {
    const rows = readRows<RealFile>(join(shared ?? "", "oracle/parser.jsonl.gz"));
    const differing = rows.flatMap((row) => {
      const text = readFileSync(join(shared ?? "", "corpus", row.file), "utf8");
      return differences(row.file, text, row);
    });
    print(differing);
    expect(differing).toEqual([]);
    expect(rows).toHaveLength(4273);
  });

  it.skipIf(!shared)("has no problem in a real file that BuildKit accepts", { timeout: 120_000 }, () => {
    const rows = readRows<RealFile>(join(shared ?? "", "oracle/parser.jsonl.gz"));
    const accepted = rows.filter(({ parseError, nodes }) => !parseError && nodes?.every(({ invalid }) => !invalid));
    const refused = accepted.filter(({ file }) => {
      const text = readFileSync(join(shared ?? "", "corpus", file), "utf8");
      return parse(text).problems.length > 0;
    });
    expect(refused.map(({ file }) => file)).toEqual([]);
  });
});

interface GrammarCase extends Golden {
  readonly id: string;
  readonly dockerfile?: string;
  readonly base64?: string;
}

interface RealFile extends Golden {
  readonly file: string;
}

const textOf = ({ dockerfile, base64 }: GrammarCase): string =>
  dockerfile ?? Buffer.from(base64 ?? "", "base64").toString("utf8");

function print(differing: readonly Difference[]): void {
  if (differing.length > 0) console.log(`${differing.length} differ\n${JSON.stringify(differing, null, 2)}`);
}

interface Difference {
  readonly name: string;
  readonly buildkit: unknown;
  readonly ours: unknown;
}

/** What differs first; the answers for real files hold no directives and no escape character, so those are not compared there. */
function differences(name: string, text: string, row: Golden): Difference[] {
  const buildkit = withCodes(row);
  const ours = asGolden(parse(text));
  const difference = (left: unknown, right: unknown) => [{ name, buildkit: left, ours: right }];
  if (buildkit.parseError !== ours.parseError) return difference(buildkit.parseError, ours.parseError);
  if (row.escape !== undefined) {
    const head = ({ escape, directives = [] }: Golden) => ({ escape, directives });
    if (!same(head(buildkit), head(ours))) return difference(head(buildkit), head(ours));
  }
  const [left, right] = [buildkit.nodes ?? [], ours.nodes ?? []];
  const longer = left.length > right.length ? left : right;
  const index = longer.findIndex((_, at) => !same(left[at], right[at]));
  return index === -1 ? [] : difference(left[index], right[index]);
}

const withCodes = ({ parseError, escape, directives, nodes }: Golden): Golden => ({
  ...(parseError !== undefined && { parseError: codeOf(parseError) }),
  ...(escape !== undefined && { escape }),
  ...(directives && { directives }),
  ...(nodes && { nodes: nodes.map(nodeWithCode) }),
});

const nodeWithCode = ({ invalid, ...node }: GoldenNode): GoldenNode => ({
  ...node,
  ...(invalid !== undefined && { invalid: codeOf(invalid) }),
});

const same = (left: unknown, right: unknown): boolean => canonical(left) === canonical(right);

/** JSON with sorted keys, because the oracle's order is not ours. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  ) ?? "nothing";
