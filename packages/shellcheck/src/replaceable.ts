import { type Engine, type ShellCheckResult, unwantedResult } from "./types.ts";

/**
 * An engine that another one takes the place of with the first script that it cannot do: scripts that wait for it go there as well. `replace` hears why, in one sentence,
 * and gives the other engine.
 */
export function createReplaceableEngine(first: Engine, replace: (reason: string) => Promise<Engine>): Engine {
  let engine = first;
  let replacing: Promise<Engine> | null = null;
  let closed = false;

  const replacement = (reason: string) =>
    (replacing ??= replace(reason).then(async (next) => {
      // Whatever it still has under way ends as an error, and is done again.
      await first.close();
      return (engine = next);
    }));

  return {
    kind: first.kind,
    get version() {
      return engine.version;
    },
    async lint(script, wanted): Promise<ShellCheckResult> {
      if (!replacing) {
        const result = await first.lint(script, wanted);
        if (closed || !("error" in result) || result === unwantedResult) return result;
        void replacement(result.error).catch(() => {});
      }
      try {
        return await (await replacing!).lint(script, wanted);
      } catch (error) {
        return { error: error instanceof Error ? error.message : String(error) };
      }
    },
    async close() {
      closed = true;
      await Promise.all([first.close(), replacing?.then((next) => next.close()).catch(() => {})]);
    },
  };
}
