import { requestKey, type Settings, type ShellCheckComment, type ShellCheckRequest } from "@stagewright/core";
import type { ShellCheck, ShellCheckOptions } from "@stagewright/shellcheck";
import type { AnswerProvider } from "./answers.ts";

type EngineSetting = NonNullable<NonNullable<Settings["shellcheck"]>["engine"]>;

/**
 * Answers scripts with ShellCheck's comments, from the engine that a file's settings name. `@stagewright/shellcheck` is loaded with the first script, and may be
 * missing. `report` hears each reason once, one sentence, why scripts stay without an answer, or have it from
 * another engine than is usual.
 */
export function shellCheckProvider(options: ShellCheckOptions, report: (message: string) => void): AnswerProvider {
  const reported = new Set<string>();
  const engines = new Map<EngineSetting, Promise<ShellCheck | null>>();

  const reportOnce = (message: string) => {
    if (reported.has(message)) return;
    reported.add(message);
    report(message);
  };
  const load = async (engine: Exclude<EngineSetting, "off">): Promise<ShellCheck | null> => {
    try {
      const { createShellCheck } = await import("@stagewright/shellcheck");
      // Whoever asks has left out what is known to be clean.
      return createShellCheck({ ...options, engine, prefilter: false, notice: reportOnce });
    } catch (error) {
      const missing = error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
      reportOnce(
        missing
          ? "RUN scripts are not checked: install `@stagewright/shellcheck` for that."
          : `RUN scripts are not checked: ${error instanceof Error ? error.message : String(error)}`,
      );
      return null;
    }
  };
  const engineFor = (engine: Exclude<EngineSetting, "off">): Promise<ShellCheck | null> => {
    const loaded = engines.get(engine) ?? load(engine);
    engines.set(engine, loaded);
    return loaded;
  };

  return {
    kind: "shellcheck",
    async answer(requests, _filename, { shellcheck }, signal) {
      const engine = shellcheck?.engine ?? "auto";
      const answers = new Map<string, readonly ShellCheckComment[]>();
      const scripts = requests.filter((request): request is ShellCheckRequest => request.kind === "shellcheck");
      const shellCheck = scripts.length === 0 || engine === "off" ? null : await engineFor(engine);
      if (!shellCheck) return answers;
      const results = await shellCheck.lint(scripts, { signal });
      scripts.forEach((script, index) => {
        const result = results[index];
        if (!result) return;
        if ("comments" in result) answers.set(requestKey(script), result.comments);
        else if (!signal?.aborted) reportOnce(`A RUN script is not checked: ${result.error}`);
      });
      return answers;
    },
    async close() {
      await Promise.all([...engines.values()].map(async (loading) => (await loading)?.close()));
    },
  };
}
