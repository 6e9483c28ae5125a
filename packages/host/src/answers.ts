import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  type Answer,
  type Answers,
  type FileAnswer,
  type FileRequest,
  type Request,
  requestKey,
  type Settings,
} from "@stagewright/core";

/** Something that knows answers of one kind; what it cannot answer it leaves out. */
export interface AnswerProvider {
  readonly kind: Request["kind"];
  /** Whether files with these settings are answered; without it, all are. */
  serves?(settings: Settings): boolean;
  /** Answers by `requestKey`; `filename` is the file that asks, with its settings. Nobody waits for them after `signal`. Never rejects. */
  answer(
    requests: readonly Request[],
    filename: string,
    settings: Settings,
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, unknown>>;
  close?(): Promise<void>;
}

/** Answers that grow while they come in. */
export class AnswerStore implements Answers {
  readonly #known = new Map<string, unknown>();

  get<R extends Request>(request: R): Answer<R> | undefined {
    return this.#known.get(requestKey(request)) as Answer<R> | undefined;
  }

  add(answers: ReadonlyMap<string, unknown>): void {
    for (const [key, answer] of answers) this.#known.set(key, answer);
  }
}

/** The providers that answer files with these settings. */
export const providersFor = (settings: Settings, providers: readonly AnswerProvider[]): readonly AnswerProvider[] =>
  providers.filter(({ serves }) => serves?.(settings) ?? true);

export function answersOf(map: ReadonlyMap<string, unknown>): Answers {
  const store = new AnswerStore();
  store.add(map);
  return store;
}

/** Asks the providers for what a file requests; answers of files are read from its build context, the folder beside it unless another one is known. */
export async function collectAnswers(
  requests: readonly Request[],
  filename: string,
  providers: readonly AnswerProvider[],
  context: string = dirname(filename),
  settings: Settings = {},
  signal?: AbortSignal,
): Promise<Map<string, unknown>> {
  const answers = new Map<string, unknown>();
  for (const request of requests) {
    if (request.kind === "file") answers.set(requestKey(request), fileAnswer(request, filename, context));
  }
  await Promise.all(
    providers.map(async (provider) => {
      const own = requests.filter(({ kind }) => kind === provider.kind);
      if (own.length === 0) return;
      for (const [key, answer] of await provider.answer(own, filename, settings, signal)) answers.set(key, answer);
    }),
  );
  return answers;
}

/** A Dockerfile's own ignore file goes before that of the context, as BuildKit has it. */
function fileAnswer({ path }: FileRequest, filename: string, context: string): FileAnswer {
  const file = join(context, path);
  const candidates = path === ".dockerignore" ? [`${filename}.dockerignore`, file] : [file];
  for (const candidate of candidates) {
    try {
      return { text: readFileSync(candidate, "utf8") };
    } catch {
      // The next one may be there.
    }
  }
  return { text: null };
}
