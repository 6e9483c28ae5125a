import type { ResolvedConfig } from "../config.ts";
import type { Rule } from "../rule.ts";
import type { SourceCode } from "../source-code.ts";

/**
 * The configuration with what `# check=experimental=A,B` or `=all` at the top of a file switches on: BuildKit's checks that are off unless a file
 * asks for them.
 */
export function withExperimental({ ast }: SourceCode, rules: readonly Rule[], config: ResolvedConfig): ResolvedConfig {
  const names = config.honorPeerComments ? namesIn(ast.directives.find(({ name }) => name === "check")?.value) : [];
  if (names.length === 0) return config;
  const added = rules.filter(({ name, meta }) => !config.rules.has(name) && isAsked(meta.docs.sources, names));
  if (added.length === 0) return config;
  const settings = added.map(({ name, meta }) => [name, { severity: meta.docs.severity, options: {} }] as const);
  return { ...config, rules: new Map([...config.rules, ...settings]) };
}

/** As BuildKit's ParseLintOptions reads the text up to the first blank. */
function namesIn(check: string | undefined): readonly string[] {
  const [read = ""] = check?.split(" ", 1) ?? [];
  return read.split(";").flatMap((option) => {
    const [key = "", value = ""] = option.split("=");
    return key.trim() === "experimental" ? value.split(",").map((name) => name.trim()) : [];
  });
}

const isAsked = (sources: Rule["meta"]["docs"]["sources"], names: readonly string[]): boolean =>
  sources.some(
    ({ tool, id, severity }) =>
      tool === "buildkit" && severity === "off" && (names.includes("all") || names.includes(id)),
  );
