import { createInterface } from "node:readline";
import { type FileResult, inOrder } from "@stagewright/host";
import { fileEntry } from "./formats/json.ts";
import type { LintArguments } from "./lint-arguments.ts";
import type { LintRun } from "./lint-run.ts";
import type { Output } from "./output.ts";
import { Verdict } from "./verdict.ts";

/** How many texts are worked on at a time. */
const ahead = 64;

type Answer =
  { readonly result: FileResult | null; readonly path: string } | { readonly line: number; readonly error: string };

/**
 * Reads `{"path": ..., "text": ...}`, one object a line, and writes one line for each, in order: the entry of a file as `--format json` has it, or `{"line", "error"}` for a
 * line that is none. Reads no faster than its output is taken. Gives the exit code of a run, 2 where a line could not be read.
 */
export async function ndjsonRun(
  run: LintRun,
  args: LintArguments,
  input: NodeJS.ReadableStream,
  output: Output,
): Promise<number> {
  const verdict = new Verdict(args);
  let failed = false;
  for await (const answer of inOrder(numbered(input), (line) => answerTo(run, line), ahead)) {
    if ("error" in answer) {
      failed = true;
      await output.write(`${JSON.stringify(answer)}\n`);
      continue;
    }
    const { result, path } = answer;
    if (result) verdict.add(result, result);
    await output.write(`${JSON.stringify(result ? fileEntry(result) : { path, ignored: true, findings: [] })}\n`);
  }
  return failed || run.problems.length > 0 ? 2 : verdict.exitCode;
}

interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string;
}

async function* numbered(input: NodeJS.ReadableStream): AsyncGenerator<Line> {
  let number = 0;
  for await (const text of createInterface({ input, crlfDelay: Infinity })) {
    number++;
    if (text.trim() !== "") yield { number, text };
  }
}

async function answerTo(run: LintRun, { number, text: json }: Line): Promise<Answer> {
  const wrong = (error: string): Answer => ({ line: number, error });
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return wrong("This is no JSON.");
  }
  const { path, text } = (value ?? {}) as { readonly path?: unknown; readonly text?: unknown };
  if (typeof path !== "string" || path === "") return wrong("`path` has to be a text.");
  if (typeof text !== "string") return wrong("`text` has to be a text.");
  return { path, result: await run.lintText(path, text) };
}
