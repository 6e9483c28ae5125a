import type { Finding } from "@stagewright/core";
import { lintText } from "@stagewright/host";
import type { Options } from "./options.ts";
import { close, setUp } from "./setup.ts";

export interface LintResult {
  /** In the order of the text. */
  readonly findings: readonly Finding[];
  /** The configuration ignores a file of that name, so that nothing was looked for. */
  readonly ignored: boolean;
  /** Why these findings are not all that was meant, such as a ShellCheck that is missing. */
  readonly notices: readonly string[];
}

/**
 * Lints a text. Never rejects for what the text holds: what BuildKit refuses is a finding of the rule `syntax`. Rejects with `ConfigurationProblem` for a
 * configuration with mistakes. Asks no registry.
 */
export async function lint(text: string, options: Options = {}): Promise<LintResult> {
  const setup = await setUp(options);
  try {
    const { filename, config, providers, notices } = setup;
    const findings = config.ignored ? [] : await lintText(text, filename, config, providers);
    return { findings, ignored: config.ignored, notices };
  } finally {
    await close(setup);
  }
}
