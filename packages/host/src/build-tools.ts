import { emptyConfig, lintSource, type ResolvedConfig, type SourceCode } from "@stagewright/core";
import { rules } from "@stagewright/rules";

const name = "no-build-tools-in-image";
const own = rules.filter((rule) => rule.name === name);

const configs: Readonly<Record<Confidence, ResolvedConfig>> = {
  medium: configOf("medium"),
  low: configOf("low"),
};

/** The least certainty that counts, as in the rule's option. */
type Confidence = "medium" | "low";

function configOf(confidence: Confidence): ResolvedConfig {
  return { ...emptyConfig, rules: new Map([[name, { severity: "warning", options: { confidence } }]]) };
}

/** Whether the rule about build tools reports a file. */
export const carriesBuildTools = (source: SourceCode, confidence: Confidence, filename = "Dockerfile"): boolean =>
  lintSource(source, { filename, rules: own, config: configs[confidence] }).length > 0;
