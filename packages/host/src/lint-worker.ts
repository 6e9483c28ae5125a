import { parentPort } from "node:worker_threads";
import { type Finding, type Request, type ResolvedConfig } from "@stagewright/core";
import { rules } from "@stagewright/rules";
import type { AnswerProvider } from "./answers.ts";
import type { LintDone, LintJob } from "./lint-pool.ts";
import { lintText } from "./lint-text.ts";

const configs = new Map<number, ResolvedConfig>();

/** Only the thread that sends the texts can ask outside, so a text that has something to ask fails here. */
const refusing = (kind: Request["kind"]): AnswerProvider => ({
  kind,
  answer: () => Promise.reject(new Error(`The text asks for answers of the kind \`${kind}\`.`)),
});

async function lint({
  text,
  filename,
  context,
  config: number,
  newConfig,
  kinds,
}: LintJob): Promise<readonly Finding[] | null> {
  if (newConfig) configs.set(number, newConfig);
  const config = configs.get(number);
  if (!config) return null;
  const fileConfig = {
    source: null,
    ignored: false,
    config,
    rules,
    failOn: null,
    ...(context !== undefined && { context }),
  };
  return lintText(text, filename, fileConfig, kinds.map(refusing)).catch(() => null);
}

const send = (done: LintDone) => parentPort?.postMessage(done);

parentPort?.on("message", (job: LintJob) => {
  void lint(job).then((findings) => send({ id: job.id, findings }));
});
send("ready");
