import { join } from "node:path";
import { lint, type Request, type ResolvedConfig } from "@stagewright/core";
import { rules } from "@stagewright/rules";
import { describe, expect, it } from "vitest";
import { type HadolintConfig, hadolintLayer } from "../../packages/host/src/config/hadolint-config.ts";
import { resolveConfig } from "../../packages/host/src/config/rules.ts";
import { readRows, shared } from "../support/shared.ts";
import { type Peer, probeReasons } from "./probe-reasons.ts";

/** An edge case with what the peers said of it. */
interface Probe {
  readonly id: string;
  readonly dockerfile: string;
  /** The `.hadolint.yaml` in force. */
  readonly config?: HadolintConfig;
  readonly dockerignore?: string;
  readonly hadolint: readonly { readonly code: string; readonly line: number }[];
  readonly buildkit: {
    readonly findings: readonly { readonly rule: string; readonly line: number }[];
    readonly error: string;
  };
}

const codes = { hadolint: /^DL\d{4}$/, buildkit: /^[A-Z][A-Za-z]+$/ };

/** `missed CODE pr-0001`: the peer has a finding that we lack; `extra`: the other way round. */
function differences(peer: Peer, probe: Probe): string[] {
  const theirs =
    peer === "hadolint" ? probe.hadolint : probe.buildkit.findings.map(({ rule, line }) => ({ code: rule, line }));
  const { findings, sourceCode } = lint(probe.dockerfile, {
    filename: "Dockerfile",
    rules,
    config: configOf(peer, probe),
    answers: { get: (request: Request) => answerOf(probe, request) as never },
  });
  // The peers report at the first line of an instruction, and what is wrong with a comment at the instruction below it.
  const firstLine = (line: number): number =>
    sourceCode.ast.instructions.find(({ endLine }) => line <= endLine)?.startLine ?? line;
  const keys = (list: readonly { readonly code: string; readonly line: number }[]): Set<string> =>
    new Set(list.filter(({ code }) => codes[peer].test(code)).map(({ code, line }) => `${code} ${firstLine(line)}`));
  const expected = keys(theirs);
  const got = keys(findings.flatMap((each) => each.codes.map((code) => ({ code, line: each.loc.start.line }))));
  const name = (side: string) => (key: string) => `${side} ${key.split(" ")[0] ?? ""} ${probe.id}`;
  return [
    ...[...expected].filter((key) => !got.has(key)).map(name("missed")),
    ...[...got].filter((key) => !expected.has(key)).map(name("extra")),
  ];
}

function configOf(peer: Peer, { config }: Probe): ResolvedConfig {
  return resolveConfig([{ preset: peer }, ...(config && peer === "hadolint" ? [hadolintLayer(config)] : [])], rules);
}

function answerOf({ dockerignore }: Probe, request: Request): unknown {
  return request.kind === "file" && request.path === ".dockerignore" ? { text: dockerignore ?? null } : undefined;
}

/** A crash is no answer, and where a file is refused the two sides need not agree on what else is wrong with it. */
const isComparable: Readonly<Record<Peer, (probe: Probe) => boolean>> = {
  hadolint: ({ hadolint, buildkit }) =>
    buildkit.error === "" && !hadolint.some(({ code }) => code === "CRASH" || code === "DL1000"),
  buildkit: ({ buildkit }) => buildkit.error === "",
};

describe.skipIf(shared === null).each(["hadolint", "buildkit"] as const)("edge cases, beside %s", (peer) => {
  it("are equal, or the difference has its reason", () => {
    const probes = readRows<Probe>(join(shared ?? "", "oracle/probes.jsonl"));
    const compared = probes.filter(isComparable[peer]);
    const found = compared.flatMap((probe) => differences(peer, probe));
    const listed = probeReasons[peer].flatMap(({ difference, probes: ids }) => ids.map((id) => `${difference} ${id}`));
    console.info(
      `${peer}: ${compared.length} of ${probes.length} edge cases compared, ${found.length} differences in ${probeReasons[peer].length} classes`,
    );
    expect(
      found.filter((each) => !listed.includes(each)),
      "differences without a reason",
    ).toEqual([]);
    expect(
      listed.filter((each) => !found.includes(each)),
      "reasons without a difference",
    ).toEqual([]);
  });
});
