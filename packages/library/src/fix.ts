import type { Finding } from "@stagewright/core";
import { repairText } from "@stagewright/host";
import type { Options } from "./options.ts";
import { close, setUp } from "./setup.ts";

export interface FixOptions extends Options {
  /** `fix`: what is proved to be safe. `suggest`: suggestions too. Default `fix`. */
  readonly kind?: "fix" | "suggest";
  /** Names of rules; without it, all that are on. */
  readonly only?: readonly string[];
}

export interface FixResult {
  /** The same text where nothing was to be done. */
  readonly text: string;
  /** How many findings were repaired, by rule. */
  readonly fixed: Readonly<Record<string, number>>;
  /** Findings of the new text. */
  readonly remaining: readonly Finding[];
  readonly notices: readonly string[];
}

/** Repairs a text until it settles. Rejects with `ConfigurationProblem` for a configuration with mistakes. */
export async function fix(text: string, { kind = "fix", only, ...options }: FixOptions = {}): Promise<FixResult> {
  const setup = await setUp(options);
  try {
    const { filename, config, providers, notices } = setup;
    if (config.ignored) return { text, fixed: {}, remaining: [], notices };
    const choice = { kind, only: only ? new Set(only) : null };
    const repaired = await repairText(text, filename, config, providers, choice);
    return { text: repaired.text, fixed: Object.fromEntries(repaired.fixed), remaining: repaired.remaining, notices };
  } finally {
    await close(setup);
  }
}
