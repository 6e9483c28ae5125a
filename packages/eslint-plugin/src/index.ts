import { preset, type PresetName, presetNames, presetSettings } from "@stagewright/rules";
import manifest from "../package.json" with { type: "json" };
import { dockerfile } from "./language.ts";
import { eslintRules, ownRules } from "./rules.ts";

/** Files that are Dockerfiles by their names. */
const files = [
  "**/{Dockerfile,dockerfile,Containerfile,containerfile}",
  "**/{Dockerfile,dockerfile,Containerfile,containerfile}.!(dockerignore|containerignore)",
  "**/*.{Dockerfile,dockerfile,Containerfile,containerfile}",
];

const plugin = {
  meta: { name: manifest.name, version: manifest.version, namespace: "stagewright" },
  languages: { dockerfile },
  rules: eslintRules,
  configs: {} as Record<PresetName, object>,
};

for (const name of presetNames) plugin.configs[name] = configOf(name);

function configOf(name: PresetName): object {
  const settings = preset(name);
  const levels = ownRules.flatMap((rule) => {
    const setting = settings.get(rule.name);
    if (!setting) return [];
    const level = setting.severity === "error" ? "error" : "warn";
    return [[`stagewright/${rule.name}`, rule.meta.schema.length > 0 ? [level, setting.options] : level]];
  });
  return {
    name: `stagewright/${name}`,
    files,
    plugins: { stagewright: plugin },
    language: "stagewright/dockerfile",
    rules: { "stagewright/syntax": "error", ...(Object.fromEntries(levels) as Record<string, unknown>) },
    settings: { stagewright: presetSettings(name) },
  };
}

export default plugin;
