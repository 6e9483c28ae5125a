import { type Rule, severities } from "@stagewright/core";
import { presetNames, rulesByCode } from "@stagewright/rules";
import type { JsonSchema } from "./json-schema.ts";
import { levels } from "./rules.ts";

const level: JsonSchema = {
  title: "level",
  description: "Off, on with the rule's own severity, or a severity",
  enum: levels,
};

const texts: JsonSchema = { type: "array", items: { type: "string" } };

const textOrTexts: JsonSchema = { anyOf: [{ type: "string" }, texts] };

const settings: JsonSchema = {
  type: "object",
  title: "setting",
  description: "What several rules share",
  properties: {
    trustedRegistries: {
      ...texts,
      description: "Registries that images may come from; entries may begin or end with `*`",
    },
    labelSchema: {
      type: "object",
      description: "Labels that images have to have, and what their values look like",
      additionalProperties: {
        title: "kind of label",
        enum: ["text", "url", "rfc3339", "semver", "hash", "spdx", "email"],
      },
    },
    strictLabels: { type: "boolean", description: "Labels that `labelSchema` does not name are reported" },
    targets: {
      ...texts,
      description:
        "Stages that are built by name or number, `*` for any text: besides the last one, these are checked as images",
    },
    buildArgs: {
      type: "object",
      description: "Values of build arguments",
      additionalProperties: { type: ["string", "number", "boolean"] },
    },
    baseImageKnowledge: { type: "boolean", description: "Use what base images are known to set", default: true },
    lookThrough: {
      type: "boolean",
      description: "Look for commands behind `sudo`, `env` and the like, and in scripts of `sh -c`",
      default: true,
    },
    registry: {
      type: "object",
      title: "setting of registries",
      description: "How the registries of images are asked",
      properties: {
        online: {
          type: "boolean",
          description: "Ask them, as `--online` does; `--offline` goes before it",
          default: false,
        },
        mirrors: {
          type: "object",
          description: "For each registry, such as `docker.io`, the hosts or URLs to ask before it",
          additionalProperties: texts,
        },
        insecure: { ...texts, description: "Hosts that may be asked over plain HTTP" },
      },
      additionalProperties: false,
    },
    shellcheck: {
      type: "object",
      title: "setting of ShellCheck",
      properties: {
        engine: {
          title: "engine",
          description: "Where ShellCheck comes from",
          enum: ["auto", "wasm", "native", "off"],
          default: "auto",
        },
      },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
};

/** The schema of a configuration file for these rules. */
export function configSchema(rules: readonly Rule[]): JsonSchema {
  const entries = ruleEntries(rules);
  const common = {
    rules: entries,
    settings,
  };
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    $id: configSchemaUrl,
    description: "Configuration of Stagewright",
    type: "object",
    title: "key",
    properties: {
      $schema: { type: "string", description: "This schema, for editors" },
      extends: {
        ...textOrTexts,
        description: `Presets (${presetNames.join(", ")}), files and packages to begin with, later ones over earlier ones. Without it: recommended`,
        default: "recommended",
      },
      ...common,
      overrides: {
        type: "array",
        description: "What else holds for some files, later entries over earlier ones",
        items: {
          type: "object",
          title: "key",
          properties: {
            files: {
              ...textOrTexts,
              description: "Patterns relative to this file; one without a slash matches names in all folders",
            },
            ...common,
          },
          additionalProperties: false,
        },
      },
      ignores: {
        ...textOrTexts,
        description: "Patterns of files and folders that are not linted, relative to this file; `!` takes one back",
      },
      reportUnusedDisableDirectives: {
        title: "level",
        description: "The level of ignore comments that silence nothing; `true` is `warning`",
        enum: ["off", ...severities, true, false],
        default: "warning",
      },
      requireReason: {
        type: "boolean",
        description: "Ignore comments have to say why: our own behind ` -- `, those of hadolint behind a second `#`",
        default: false,
      },
    },
    additionalProperties: false,
  };
}

export const configSchemaUrl = "https://stagewright.dev/schemas/config.schema.json";

/** Levels and options of rules by name, and levels of the codes of other tools. */
function ruleEntries(rules: readonly Rule[]): JsonSchema {
  const byName = rules.map(({ name, meta }): [string, JsonSchema] => {
    const [options = { type: "object", additionalProperties: false }] = meta.schema as readonly JsonSchema[];
    return [name, entry(`${meta.docs.description}`, { title: "option", ...options })];
  });
  const byCode = [...rulesByCode()].map(([code, named]): [string, JsonSchema] => [
    code,
    { ...level, description: named.map(({ name }) => name).join(", ") },
  ]);
  return {
    type: "object",
    title: "rule",
    description: "Rules by name, and codes of other tools: a level, or a level and the rule's options",
    properties: Object.fromEntries([...byName, ...byCode.sort(([a], [b]) => (a < b ? -1 : 1))]),
    // A later ShellCheck may have more.
    patternProperties: { "^(?:shellcheck/)?SC\\d{4}$": level, [`^(?:${codesOfRules(rules)})$`]: level },
    additionalProperties: false,
  };
}

/** `RULE/CODE` for all of them, as an expression. */
const codesOfRules = (rules: readonly Rule[]): string =>
  rules
    .map(({ name, meta }) => ({
      name,
      codes: meta.docs.sources.map(({ id }) => id).filter((id) => !id.startsWith("SC")),
    }))
    .filter(({ codes }) => codes.length > 0)
    .map(({ name, codes }) => `${name}/(?:${codes.join("|")})`)
    .join("|");

const entry = (description: string, options: JsonSchema): JsonSchema => ({
  title: "level",
  description,
  anyOf: [level, { type: "array", items: [level, options], minItems: 1, maxItems: 2 }],
});
