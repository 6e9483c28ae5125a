import { type Answer, type Answers, type FileRequest, type Request, requestKey } from "@stagewright/core";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Answers by `requestKey`. */
export type AnswerMap = Map<string, unknown>;

/** Something that knows answers of one kind; what it cannot answer it leaves out. */
export interface AnswerProvider {
  readonly kind: Request["kind"];
  /** `filename` is the file that asks. */
  answer(requests: readonly Request[], filename: string): Promise<ReadonlyMap<string, unknown>>;
  close?(): Promise<void>;
}

export function answersOf(map: ReadonlyMap<string, unknown>): Answers {
  return { get: <R extends Request>(request: R) => map.get(requestKey(request)) as Answer<R> | undefined };
}

/** Asks the providers for what a file requests; answers of files are read beside the Dockerfile. */
export async function collectAnswers(
  requests: readonly Request[],
  filename: string,
  providers: readonly AnswerProvider[],
): Promise<AnswerMap> {
  const answers: AnswerMap = new Map();
  for (const request of requests) {
    if (request.kind === "file") answers.set(requestKey(request), fileAnswer(request, filename));
  }
  for (const provider of providers) {
    const own = requests.filter(({ kind }) => kind === provider.kind);
    if (own.length === 0) continue;
    for (const [key, answer] of await provider.answer(own, filename)) answers.set(key, answer);
  }
  return answers;
}

/** A Dockerfile's own ignore file goes before that of the context, as BuildKit has it. */
function fileAnswer({ path }: FileRequest, filename: string): { text: string | null } {
  const candidates =
    path === ".dockerignore"
      ? [`${filename}.dockerignore`, join(dirname(filename), path)]
      : [join(dirname(filename), path)];
  for (const candidate of candidates) {
    try {
      return { text: readFileSync(candidate, "utf8") };
    } catch {
      continue;
    }
  }
  return { text: null };
}
