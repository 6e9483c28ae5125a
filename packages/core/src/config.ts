import type { Severity } from "./finding.ts";
import type { Settings } from "./rule.ts";

/** A configuration as `lint` takes it: presets, files and switches are merged already. */
export interface ResolvedConfig {
  /** The rules that are on, by name; `options` are laid over the rule's defaults. */
  readonly rules: ReadonlyMap<
    string,
    { readonly severity: Severity; readonly options: Readonly<Record<string, unknown>> }
  >;
  readonly settings: Settings;
  /**
   * Levels of single codes, by `SC2086` or, for the findings of one rule, `shellcheck/SC2086`; they go before the rule's, and `on` leaves it. `shellcheck/*` is `off` where the rule is
   * on for the codes that have a level alone.
   */
  readonly codeLevels: ReadonlyMap<string, Severity | "on" | "off">;
  readonly reportUnusedDisableDirectives: Severity | "off";
  /** Ignore comments have to say why. */
  readonly requireReason: boolean;
  /** Comments of hadolint and BuildKit count too. */
  readonly honorPeerComments: boolean;
  /** Findings carry the codes of this tool alone, so that only its own comments and levels find them; `null` for the codes of all. */
  readonly codesOf: "hadolint" | "buildkit" | null;
}

/** What a configuration is where nothing is said. */
export const emptyConfig: ResolvedConfig = {
  rules: new Map(),
  settings: {},
  codeLevels: new Map(),
  reportUnusedDisableDirectives: "warning",
  requireReason: false,
  honorPeerComments: true,
  codesOf: null,
};
