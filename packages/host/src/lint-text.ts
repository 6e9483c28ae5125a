import {
  type Answers,
  baseRequests,
  collectRequests,
  createSourceCode,
  type Finding,
  fix,
  lintSource,
  type Request,
  type SourceCode,
} from "@stagewright/core";
import { type AnswerProvider, AnswerStore, collectAnswers, providersFor, settledAnswers } from "./answers.ts";
import type { FileConfig } from "./config/configs.ts";
import type { Stats } from "./stats.ts";

/** Lints a text as the file of that absolute path; asks outside only when a rule that is on has something to ask. */
export async function lintText(
  text: string,
  filename: string,
  fileConfig: FileConfig,
  providers: readonly AnswerProvider[],
  stats: Stats | null = null,
): Promise<readonly Finding[]> {
  const { rules, config } = fileConfig;
  const { sourceCode } = await prepare(text, filename, fileConfig, providers, stats);
  if (!stats) return lintSource(sourceCode, { filename, rules, config });
  return stats.time("rules", () => lintSource(sourceCode, { filename, rules, config, timings: stats.rules }));
}

interface Prepared {
  readonly sourceCode: SourceCode;
  readonly answers: Answers;
}

async function prepare(
  text: string,
  filename: string,
  { rules, config, context }: FileConfig,
  all: readonly AnswerProvider[],
  stats: Stats | null = null,
): Promise<Prepared> {
  const answers = new AnswerStore();
  const { settings } = config;
  const providers = providersFor(settings, all);
  const parse = () => createSourceCode(text, { settings, answers });
  const ask = (requests: readonly Request[]): Promise<void> | undefined => {
    if (requests.length === 0) return undefined;
    const collect = () => collectAnswers(requests, filename, providers, context, settings);
    const collected = stats ? stats.wait("ask", collect) : collect();
    if (collected instanceof Promise) return collected.then((late) => answers.add(late));
    answers.add(collected);
    return undefined;
  };
  let sourceCode = stats ? stats.time("parse", parse) : parse();
  if (providers.some(({ kind }) => kind === "image")) {
    // What a registry knows of base images changes facts, and those what the rules ask.
    await ask(baseRequests(sourceCode));
    sourceCode = parse();
  }
  // A file that waits for nothing is done in one go, so that its tree is gone before that of the next one comes.
  const requests = collectRequests(sourceCode, rules, config);
  const asking = ask(requests);
  if (asking) await asking;
  if (text.includes("stagewright-disable")) answers.add(settledAnswers(requests, providers));
  return { sourceCode, answers };
}

/** Which repairs are wanted. */
export interface RepairChoice {
  readonly kind: "fix" | "suggest";
  /** Only those of these rules; of all when `null`. */
  readonly only: ReadonlySet<string> | null;
}

/** A text after its repairs. */
export interface RepairedText {
  readonly text: string;
  /** How many findings were repaired, by rule. */
  readonly fixed: ReadonlyMap<string, number>;
  readonly remaining: readonly Finding[];
  /** Rules whose repairs were dropped since they would have made the file worse, with the reason. */
  readonly dropped: ReadonlyMap<string, string>;
}

const maxRounds = 10;

/** Repairs a text until it settles. A repaired text asks the outside world anew, since scripts and images may have changed. */
export async function repairText(
  text: string,
  filename: string,
  fileConfig: FileConfig,
  providers: readonly AnswerProvider[],
  { kind, only }: RepairChoice,
): Promise<RepairedText> {
  const { rules, config } = fileConfig;
  const fixed = new Map<string, number>();
  const dropped = new Map<string, string>();
  let current = text;
  for (let round = 0; round < maxRounds; round++) {
    const { answers } = await prepare(current, filename, fileConfig, providers);
    const result = fix(current, { filename, rules, config, answers, kind, ...(only && { only }) });
    for (const [rule, count] of result.fixed) fixed.set(rule, (fixed.get(rule) ?? 0) + count);
    for (const [rule, reason] of result.dropped) dropped.set(rule, reason);
    if (result.text === current) return { text: current, fixed, remaining: result.remaining, dropped };
    current = result.text;
  }
  return { text: current, fixed, remaining: await lintText(current, filename, fileConfig, providers), dropped };
}
