import { severities } from "@stagewright/core";
import { rulesByCode } from "@stagewright/rules";
import { stringify } from "yaml";
import type { HadolintConfig } from "./hadolint-config.ts";
import { configSchemaUrl } from "./schema.ts";

/** A configuration of ours that says what hadolint's says. */
export interface CarriedOver {
  /** YAML, with a line end. */
  readonly text: string;
  /** What has no place in it, one sentence each. */
  readonly left: readonly string[];
}

/** The lines between which the configuration of `stagewright init` stands. */
export const configHead = `# yaml-language-server: $schema=${configSchemaUrl}\n`;

/** Turns hadolint's configuration into ours; codes stay, since comments in Dockerfiles name them too. */
export function fromHadolint(config: HadolintConfig): CarriedOver {
  const left: string[] = [];
  const rules = new Map<string, string>();
  const setAll = (codes: readonly string[] | null | undefined, level: string): void => {
    for (const code of codes ?? []) {
      if (rulesByCode().has(code) || /^SC\d{4}$/.test(code)) rules.set(code, level);
      else left.push(`\`${code}\`: there is no such check.`);
    }
  };
  for (const level of [...severities].reverse()) setAll(config.override?.[level], level);
  setAll(config.ignored, "off");

  const labels = Object.entries(config["label-schema"] ?? {}).map(([name, kind]) => [name, kind || "text"]);
  const settings = {
    ...(config.trustedRegistries?.length && { trustedRegistries: config.trustedRegistries }),
    ...(labels.length > 0 && { labelSchema: Object.fromEntries(labels) as Record<string, string> }),
    ...(config["strict-labels"] && { strictLabels: true }),
  };
  const parts = [`${configHead}extends: recommended\n`];
  if (rules.size > 0) parts.push(`rules:\n${[...rules].map(ruleLine).join("")}`);
  if (Object.keys(settings).length > 0) parts.push(stringify({ settings }, { lineWidth: 0 }));
  return { text: parts.join("\n"), left: [...left, ...withoutPlace(config)] };
}

function ruleLine([code, level]: readonly [string, string]): string {
  const names = (rulesByCode().get(code) ?? []).map(({ name }) => name);
  return `  ${code}: ${level}${names.length > 0 ? ` # ${names.join(", ")}` : ""}\n`;
}

/** What is said on the command line here, or not at all. */
function withoutPlace(config: HadolintConfig): string[] {
  const { format, formats, "failure-threshold": threshold } = config;
  const shapes = [...(formats ?? []), ...(format ? [format] : [])];
  return [
    ...(config["no-fail"]
      ? ["`no-fail`: write `--fail-on never` on the command line."]
      : threshold
        ? [`\`failure-threshold: ${threshold}\`: write \`--fail-on ${failOn(threshold)}\` on the command line.`]
        : []),
    ...(shapes.length > 0 ? [`\`format: ${shapes.join(", ")}\`: write \`--format\` on the command line.`] : []),
    ...(config["disable-ignore-pragma"]
      ? ["`disable-ignore-pragma`: the rule `no-ignore-pragma` reports such comments, and they count."]
      : []),
    ...(config["no-color"] ? ["`no-color`: write `--no-color` on the command line, or set NO_COLOR."] : []),
    ...(config.verbose ? ["`verbose`: there is no such thing."] : []),
  ];
}

const failOn = (threshold: string): string => (threshold === "ignore" || threshold === "none" ? "style" : threshold);
