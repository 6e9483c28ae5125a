import type { ShellCheckOptions } from "@stagewright/shellcheck";
import type { AnswerProvider } from "./answers.ts";

/** ShellCheck's answers, as `./shellcheck.ts` gives them; nothing of it is loaded before a script needs it. */
export const shellCheckProvider = (options: ShellCheckOptions, report: (message: string) => void): AnswerProvider =>
  lazyProvider("shellcheck", async () => (await import("./shellcheck.ts")).shellCheckProvider(options, report));

/** A provider that is loaded when the first file has something to ask it. */
function lazyProvider(kind: AnswerProvider["kind"], load: () => Promise<AnswerProvider>): AnswerProvider {
  let loading: Promise<AnswerProvider> | null = null;
  return {
    kind,
    answer: async (requests, filename) => (await (loading ??= load())).answer(requests, filename),
    close: async () => (await loading)?.close?.(),
  };
}
