import type { FileConfig } from "./configs.ts";

/** What holds for a file, for people and as JSON: where it comes from, the rules that are on, and the settings. */
export function describeConfig(path: string, { source, ignored, config, failOn }: FileConfig) {
  const rules = [...config.rules]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { severity, options }]) => [name, Object.keys(options).length > 0 ? [severity, options] : severity]);
  return {
    file: path,
    config: source,
    ignored,
    rules: {
      ...(Object.fromEntries(rules) as Readonly<Record<string, unknown>>),
      ...Object.fromEntries(config.codeLevels),
    },
    settings: config.settings,
    reportUnusedDisableDirectives: config.reportUnusedDisableDirectives,
    requireReason: config.requireReason,
    ...(failOn !== null && { failOn }),
  };
}
