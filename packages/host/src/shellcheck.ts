import { requestKey, type ShellCheckComment, type ShellCheckRequest } from "@stagewright/core";
import type { ShellCheck, ShellCheckOptions } from "@stagewright/shellcheck";
import type { AnswerProvider } from "./answers.ts";

export interface ShellCheckProvider extends AnswerProvider {
  /** Loads ShellCheck now: call it when files are about to be read. */
  start(): void;
}

/**
 * Answers scripts with ShellCheck's comments. `@stagewright/shellcheck` is loaded with the first script, and may be missing. `report` hears each
 * reason once, one sentence, why scripts stay without an answer.
 */
export function shellCheckProvider(options: ShellCheckOptions, report: (message: string) => void): ShellCheckProvider {
  const reported = new Set<string>();
  let loading: Promise<ShellCheck | null> | null = null;

  const reportOnce = (message: string) => {
    if (reported.has(message)) return;
    reported.add(message);
    report(message);
  };
  const load = () =>
    (loading ??= import("@stagewright/shellcheck").then(
      ({ createShellCheck }) => createShellCheck(options),
      (error: Error) => {
        const missing = "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
        reportOnce(
          missing
            ? "RUN scripts are not checked: install `@stagewright/shellcheck` for that."
            : `RUN scripts are not checked: ${error.message}`,
        );
        return null;
      },
    ));

  return {
    kind: "shellcheck",
    start() {
      void load().then((shellCheck) => shellCheck?.start());
    },
    async answer(requests) {
      const answers = new Map<string, readonly ShellCheckComment[]>();
      const scripts = requests.filter((request): request is ShellCheckRequest => request.kind === "shellcheck");
      const shellCheck = scripts.length === 0 ? null : await load();
      if (!shellCheck) return answers;
      const results = await shellCheck.lint(scripts);
      scripts.forEach((script, index) => {
        const result = results[index];
        if (!result) return;
        if ("comments" in result) answers.set(requestKey(script), result.comments);
        else reportOnce(`A RUN script is not checked: ${result.error}`);
      });
      return answers;
    },
    async close() {
      const shellCheck = await loading;
      await shellCheck?.close();
    },
  };
}
