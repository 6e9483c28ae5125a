import type { Request, ShellCheckRequest } from "@stagewright/core";
import type { AnswerProvider } from "./answers.ts";

let loading: Promise<void> | null = null;
let isKnownClean: ((script: ShellCheckRequest) => boolean) | null = null;

const load = async () => {
  const filter = await import("@stagewright/shellcheck/filter").catch(() => null);
  isKnownClean = filter?.isKnownClean ?? (() => false);
};

/**
 * A provider for scripts that asks `provider` only about those that are not known to be clean, which is one in ten; the others have no answer, as nothing is to
 * be said of them. All are asked about where `@stagewright/shellcheck` cannot be loaded: `provider` knows what to say then.
 */
export function unsettledOnly(provider: AnswerProvider): AnswerProvider {
  const ask: AnswerProvider["answer"] = (requests, filename, settings, signal) => {
    const unsettled = requests.filter(isUnsettled);
    return unsettled.length === 0 ? new Map<string, unknown>() : provider.answer(unsettled, filename, settings, signal);
  };
  return {
    ...provider,
    settles: (request) => !isUnsettled(request),
    answer: (...question) => (isKnownClean ? ask(...question) : (loading ??= load()).then(() => ask(...question))),
  };
}

const isUnsettled = (request: Request): boolean => request.kind !== "shellcheck" || isKnownClean?.(request) !== true;
