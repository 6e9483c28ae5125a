import { parentPort } from "node:worker_threads";
import { type Finding, type Request, type ResolvedConfig } from "@stagewright/core";
import { rules } from "@stagewright/rules";
import type { AnswerProvider } from "./answers.ts";
import type { LintAnswers, LintDone, LintJob, LintMessage } from "./lint-pool.ts";
import { lintText } from "./lint-text.ts";
import { unsettledOnly } from "./unsettled-only.ts";

const configs = new Map<number, ResolvedConfig>();
const asked = new Map<string, (answers: LintAnswers["answers"]) => void>();

const send = (done: LintDone) => parentPort?.postMessage(done);

/** Only the thread that sends the texts can ask outside, so it is asked. A text asks for one thing of a kind at a time. */
function asking(id: number, kind: Request["kind"]): AnswerProvider {
  const provider: AnswerProvider = {
    kind,
    answer: (requests) =>
      new Promise((resolve) => {
        asked.set(`${id} ${kind}`, resolve);
        send({ id, kind, requests });
      }),
  };
  return kind === "shellcheck" ? unsettledOnly(provider) : provider;
}

async function lint({
  id,
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
  return lintText(
    text,
    filename,
    fileConfig,
    kinds.map((kind) => asking(id, kind)),
  ).catch(() => null);
}

parentPort?.on("message", (message: LintMessage) => {
  if ("answers" in message) {
    const key = `${message.id} ${message.kind}`;
    asked.get(key)?.(message.answers);
    asked.delete(key);
    return;
  }
  void lint(message).then((findings) => send({ id: message.id, findings }));
});
send("ready");
