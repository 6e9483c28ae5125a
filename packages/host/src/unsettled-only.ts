import { type Request, requestKey, type ShellCheckRequest } from "@stagewright/core";
import type { AnswerProvider } from "./answers.ts";

/**
 * A provider for scripts that answers those that are known to be clean itself, which is most of them, and leaves the others to `provider`. All go to that one where
 * `@stagewright/shellcheck` cannot be loaded: it knows what to say then.
 */
export function unsettledOnly(provider: AnswerProvider): AnswerProvider {
  let loading: Promise<((script: ShellCheckRequest) => boolean) | null> | null = null;
  const load = () =>
    import("@stagewright/shellcheck").then(
      ({ isKnownClean }) => isKnownClean,
      () => null,
    );
  return {
    ...provider,
    async answer(requests, filename, settings, signal) {
      const isKnownClean = settings.shellcheck?.engine === "off" ? null : await (loading ??= load());
      const answers = new Map<string, unknown>();
      const unsettled: Request[] = [];
      for (const request of requests) {
        if (isKnownClean && isScript(request) && isKnownClean(request)) answers.set(requestKey(request), []);
        else unsettled.push(request);
      }
      if (unsettled.length === 0) return answers;
      for (const [key, answer] of await provider.answer(unsettled, filename, settings, signal))
        answers.set(key, answer);
      return answers;
    },
  };
}

const isScript = (request: Request): request is ShellCheckRequest => request.kind === "shellcheck";
