import { existsSync, readFileSync } from "node:fs";
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

/**
 * What files and providers answer to requests. Files are read from the build context, the folder beside the file that asks unless another one is known. Gives a
 * promise only where a provider is asked.
 */
export function collectAnswers(
  requests: readonly Request[],
  filename: string,
  providers: readonly AnswerProvider[],
  context: string = dirname(filename),
  settings: Settings = {},
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, unknown>> | ReadonlyMap<string, unknown> {
  const answers = new Map<string, unknown>();
  for (const request of requests) {
    if (request.kind === "file") answers.set(requestKey(request), fileAnswer(request, filename, context));
  }
  const asked = providers.filter(({ kind }) => requests.some((request) => request.kind === kind));
  return asked.length === 0 ? answers : withProviders(answers, requests, filename, asked, settings, signal);
}

async function withProviders(
  answers: Map<string, unknown>,
  requests: readonly Request[],
  filename: string,
  providers: readonly AnswerProvider[],
  settings: Settings,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, unknown>> {
  await Promise.all(
    providers.map(async (provider) => {
      const own = requests.filter(({ kind }) => kind === provider.kind);
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
    // Most are not there, and an error costs more than the question.
    if (!existsSync(candidate)) continue;
    try {
      return { text: readFileSync(candidate, "utf8") };
    } catch {
      // The next one may be there.
    }
  }
  return { text: null };
}
