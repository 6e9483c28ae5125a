import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Answers, createSourceCode, lintSource, requestKey, type SourceCode } from "@stagewright/core";
import { rules } from "@stagewright/rules";
import type { ShellCheck, ShellCheckResult } from "@stagewright/shellcheck";
import { resolveConfig } from "../../packages/host/src/config/rules.ts";
import { readRows, shared } from "../support/shared.ts";

/** What hadolint 2.15.1 says of a file of the corpora. */
export interface Row {
  readonly file: string;
  readonly crash?: string;
  readonly error?: string;
  readonly findings: readonly { readonly code: string; readonly line: number; readonly level: string }[];
}

export interface Difference {
  readonly side: "missed" | "extra";
  readonly code: string;
  readonly file: string;
  readonly line: number;
  readonly source: string;
}

export interface Comparison {
  readonly files: number;
  /** By code. */
  readonly both: ReadonlyMap<string, number>;
  readonly differences: readonly Difference[];
  /** RUNs that are left out since hadolint 2.15.1 has forgotten their shell, with what it says of them. */
  readonly forgotten: { readonly runs: number; readonly findings: number };
}

/** Rows of files that hadolint can read. */
export const readableRows = (): Row[] =>
  readRows<Row>(join(shared ?? "", "oracle/hadolint.jsonl")).filter(
    ({ crash, error, findings }) => !crash && !error && !findings.some(({ code }) => code === "DL1000"),
  );

const config = resolveConfig([{ preset: "hadolint" }], rules);
const [rule] = rules.filter(({ name }) => name === "shellcheck");
const { options } = config.rules.get("shellcheck")!;

/** Lints files with the rule `shellcheck` of the preset `hadolint`, and compares code, level and instruction of every finding. */
export async function compareScripts(rows: readonly Row[], shellCheck: ShellCheck): Promise<Comparison> {
  const both = new Map<string, number>();
  const differences: Difference[] = [];
  const forgotten = { runs: 0, findings: 0 };
  const compareOne = async ({ file, findings: theirs }: Row) => {
    const text = readFileSync(join(shared ?? "", "corpus", file), "utf8");
    const { source, findings } = await lint(text, file, shellCheck);
    const lost = forgottenRuns(source);
    forgotten.runs += lost.size;
    const firstLine = (line: number) =>
      source.ast.instructions.find(({ startLine, endLine }) => startLine <= line && line <= endLine)?.startLine ?? line;
    const keys = (list: readonly { code: string; line: number; level: string }[]) => {
      const own = list.filter(({ code }) => code.startsWith("SC"));
      const counted = own.filter(({ line }) => !lost.has(firstLine(line)));
      return {
        left: own.length - counted.length,
        keys: new Set(counted.map(({ code, level, line }) => `${code} ${level} ${firstLine(line)}`)),
      };
    };
    const expected = keys(theirs);
    forgotten.findings += expected.left;
    const got = keys(findings);
    const differ = (side: Difference["side"], key: string) => {
      const [code = "", , line = "1"] = key.split(" ");
      differences.push({ side, code, file, line: Number(line), source: text.split("\n")[Number(line) - 1] ?? "" });
    };
    for (const key of expected.keys) {
      const [code = ""] = key.split(" ");
      if (got.keys.has(key)) both.set(code, (both.get(code) ?? 0) + 1);
      else differ("missed", key);
    }
    for (const key of got.keys) if (!expected.keys.has(key)) differ("extra", key);
  };
  await Promise.all(rows.map(compareOne));
  return { files: rows.length, both, differences, forgotten };
}

async function lint(text: string, file: string, shellCheck: ShellCheck) {
  const requests = rule!.meta.requests!(
    createSourceCode(text, { settings: config.settings }),
    options as never,
    config.settings,
  );
  const scripts = requests.filter((request) => request.kind === "shellcheck");
  const results = await shellCheck.lint(scripts);
  const known = new Map(scripts.map((script, index) => [requestKey(script), commentsOf(results[index]!)]));
  const answers: Answers = { get: (request) => known.get(requestKey(request)) as never };
  const source = createSourceCode(text, { settings: config.settings, answers });
  const findings = lintSource(source, { filename: file, rules: [rule!], config, answers });
  return {
    source,
    findings: findings.flatMap(({ codes, severity, loc }) =>
      codes.map((code) => ({ code, level: severity as string, line: loc.start.line })),
    ),
  };
}

function commentsOf(result: ShellCheckResult) {
  if ("error" in result) throw new Error(result.error);
  return result.comments;
}

/** First lines of the RUNs after SHELL and then ENV or ARG: hadolint 2.15.1 takes `/bin/sh` for them again, which its next version does not. */
function forgottenRuns({ ast }: SourceCode): Set<number> {
  interface State {
    readonly shell: boolean;
    readonly forgot: boolean;
  }
  const fresh: State = { shell: false, forgot: false };
  const stages = new Map<string, State>();
  const lines = new Set<number>();
  let state = fresh;
  let name: string | null = null;
  for (const each of ast.instructions) {
    if (each.type === "From") {
      if (name !== null) stages.set(name, state);
      state = stages.get(each.image?.word.value.toLowerCase() ?? "") ?? fresh;
      name = each.stage?.value.toLowerCase() ?? null;
    } else if (each.type === "Shell") state = { shell: true, forgot: false };
    else if (each.type === "Env" || each.type === "Arg") state = { ...state, forgot: state.shell };
    else if (each.type === "Run" && state.forgot) lines.add(each.startLine);
  }
  return lines;
}
