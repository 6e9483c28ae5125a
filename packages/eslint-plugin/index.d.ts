import type { ESLint, Linter } from "eslint";

/** The language `stagewright/dockerfile`, all rules that need nothing but the file, and presets for a flat configuration. */
declare const plugin: ESLint.Plugin & {
  readonly rules: NonNullable<ESLint.Plugin["rules"]>;
  readonly configs: Readonly<Record<"recommended" | "strict" | "hadolint" | "buildkit", Linter.Config>>;
};

export default plugin;
