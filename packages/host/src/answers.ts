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
  /**
   * Answers by `requestKey`, a promise where they have to be waited for; `filename` is the file that asks, with its settings. Nobody waits for them after
   * `signal`. Never rejects.
   */
  answer(
    requests: readonly Request[],
    filename: string,
    settings: Settings,
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, unknown>> | ReadonlyMap<string, unknown>;
  /** Nothing is to be said of it, so that `answer` leaves it out. */
  settles?(request: Request): boolean;
  close?(): Promise<void>;
}

/** Empty answers to what providers leave out since nothing is to be said of it: whoever asks whether an ignore comment is of use has to tell that from no answer. */
export const settledAnswers = (
  requests: readonly Request[],
  providers: readonly AnswerProvider[],
): ReadonlyMap<string, unknown> =>
  new Map(
    requests
      .filter((request) => providers.some(({ kind, settles }) => kind === request.kind && settles?.(request)))
      .map((request) => [requestKey(request), []]),
  );

/** Answers that grow while they come in. */
export class AnswerStore implements Answers {
  readonly #known = new Map<string, unknown>();
  readonly #kinds = new Set<string>();

  get<R extends Request>(request: R): Answer<R> | undefined {
    // The key of a script is as long as all its variables, and most files have no answers about scripts.
    return this.#kinds.has(request.kind) ? (this.#known.get(requestKey(request)) as Answer<R> | undefined) : undefined;
  }

  add(answers: ReadonlyMap<string, unknown>): void {
    for (const [key, answer] of answers) {
      this.#known.set(key, answer);
      this.#kinds.add(key.slice(0, key.indexOf(" ")));
    }
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
 * promise only where a provider does.
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
  const late: Promise<void>[] = [];
  const add = (found: ReadonlyMap<string, unknown>) => found.forEach((answer, key) => answers.set(key, answer));
  for (const provider of providers) {
    const own = requests.filter(({ kind }) => kind === provider.kind);
    if (own.length === 0) continue;
    const found = provider.answer(own, filename, settings, signal);
    if (found instanceof Promise) late.push(found.then(add));
    else add(found);
  }
  return late.length === 0 ? answers : Promise.all(late).then(() => answers);
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
