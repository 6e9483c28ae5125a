import { type Severity, severities, type Settings } from "@stagewright/core";
import { rulesByCode } from "@stagewright/rules";
import { readDocument, unreadable } from "./document.ts";
import type { JsonSchema } from "./json-schema.ts";
import type { Layer, LoadedConfig } from "./layer.ts";
import type { RuleChange } from "./rules.ts";
import { validate } from "./validate.ts";

/** What hadolint can be told, by a file, the environment or its command line; absent is not said. */
export interface HadolintConfig {
  readonly "failure-threshold"?: Severity | "ignore" | "none" | null;
  readonly format?: string | null;
  readonly formats?: readonly string[] | null;
  readonly ignored?: readonly string[] | null;
  readonly override?: Readonly<Partial<Record<Severity, readonly string[] | null>>> | null;
  readonly trustedRegistries?: readonly string[] | null;
  readonly "label-schema"?: Readonly<Record<string, string | null>> | null;
  readonly "strict-labels"?: boolean | null;
  readonly "disable-ignore-pragma"?: boolean | null;
  readonly "no-fail"?: boolean | null;
  readonly "no-color"?: boolean | null;
  readonly verbose?: boolean | null;
}

const optional = (type: "string" | "boolean"): JsonSchema => ({ type: [type, "null"] });
const texts: JsonSchema = { type: ["array", "null"], items: { type: "string" } };

export const hadolintThresholds = [...severities, "ignore", "none"] as const;

export const labelKinds = ["text", "url", "rfc3339", "semver", "hash", "spdx", "email"] as const;

/** Keys that hadolint does not know have no effect there either. */
const schema: JsonSchema = {
  type: ["object", "null"],
  properties: {
    "failure-threshold": { title: "threshold", enum: [...hadolintThresholds, null] },
    format: optional("string"),
    formats: texts,
    ignored: texts,
    override: {
      type: ["object", "null"],
      properties: Object.fromEntries(severities.map((severity) => [severity, texts])),
    },
    trustedRegistries: texts,
    "label-schema": {
      type: ["object", "null"],
      additionalProperties: { title: "kind of label", enum: [...labelKinds, "", null] },
    },
    "strict-labels": optional("boolean"),
    "disable-ignore-pragma": optional("boolean"),
    "no-fail": optional("boolean"),
    "no-color": optional("boolean"),
    verbose: optional("boolean"),
  },
};

/** Reads hadolint's file. What is wrong in it is among the problems; the rest counts. */
export function readHadolintFile(file: string): { config: HadolintConfig; problems: readonly string[] } {
  try {
    const document = readDocument(file);
    const { value, mistakes } = validate(document.value ?? {}, schema);
    return {
      config: (value ?? {}) as HadolintConfig,
      problems: [
        ...document.problems.map(({ line, message }) => `${file}:${line}: ${message}`),
        ...mistakes.map(({ path, atKey, message }) => `${file}:${document.lineOf(path, atKey)}: ${message}`),
      ],
    };
  } catch (error) {
    return { config: {}, problems: [`${file}: ${unreadable(file, error)}`] };
  }
}

/** hadolint's environment variables; wrong values count as not said, as they do there. */
export function hadolintEnvironment(env: NodeJS.ProcessEnv): HadolintConfig {
  const list = (name: string) => env[name]?.split(",").filter((entry) => entry !== "");
  const flag = (name: string) => (env[name] === undefined ? undefined : /^(?:1|y|on|true|yes)$/i.test(env[name]));
  const threshold = hadolintThresholds.find((each) => each === env["HADOLINT_FAILURE_THRESHOLD"]);
  const labels = list("HADOLINT_REQUIRE_LABELS")?.flatMap((entry) => {
    const [name = "", kind = "text"] = entry.split(":");
    return (labelKinds as readonly string[]).includes(kind) ? [[name, kind] as const] : [];
  });
  return withoutUndefined({
    "failure-threshold": threshold,
    formats: list("HADOLINT_FORMAT"),
    ignored: list("HADOLINT_IGNORE"),
    override: withoutUndefined({
      error: list("HADOLINT_OVERRIDE_ERROR"),
      warning: list("HADOLINT_OVERRIDE_WARNING"),
      info: list("HADOLINT_OVERRIDE_INFO"),
      style: list("HADOLINT_OVERRIDE_STYLE"),
    }),
    trustedRegistries: list("HADOLINT_TRUSTED_REGISTRIES"),
    "label-schema": labels && (Object.fromEntries(labels) as Record<string, string>),
    "strict-labels": flag("HADOLINT_STRICT_LABELS"),
    "disable-ignore-pragma": flag("HADOLINT_DISABLE_IGNORE_PRAGMA"),
    "no-fail": flag("HADOLINT_NOFAIL"),
    "no-color": env["NO_COLOR"] === undefined ? undefined : true,
    verbose: flag("HADOLINT_VERBOSE"),
  });
}

/** Puts sources together, weakest first: single values of later ones win, lists are united, and of labels that clash the earliest wins. */
export function mergeHadolint(sources: readonly HadolintConfig[]): HadolintConfig {
  const union = (pick: (config: HadolintConfig) => readonly string[] | null | undefined) => [
    ...new Set(sources.flatMap((config) => pick(config) ?? [])),
  ];
  const said = sources.map((config) =>
    Object.fromEntries(Object.entries(config).filter(([, value]) => value !== null)),
  );
  return {
    ...(Object.assign({}, ...said) as HadolintConfig),
    formats: sources.flatMap(({ formats, format }) => [...(formats ?? []), ...(format ? [format] : [])]),
    ignored: union(({ ignored }) => ignored),
    override: Object.fromEntries(severities.map((level) => [level, union(({ override }) => override?.[level])])),
    trustedRegistries: union(({ trustedRegistries }) => trustedRegistries),
    "label-schema": Object.assign({}, ...sources.map((config) => config["label-schema"] ?? {}).reverse()) as Record<
      string,
      string
    >,
  };
}

/** What hadolint's configuration means to the engine. Codes that are no rule's are passed over, as hadolint does. */
export function hadolintLayer(config: HadolintConfig): Layer {
  const known = rulesByCode();
  const isKnown = (code: string) => known.has(code) || /^SC\d{4}$/.test(code);
  const at = (level: RuleChange["level"], codes: readonly string[] | null | undefined) =>
    (codes ?? []).filter(isKnown).map((name) => ({ name, level }));
  const { override } = config;
  const threshold = config["failure-threshold"] ?? null;
  const labels = Object.entries(config["label-schema"] ?? {});
  const settings: Settings = {
    ...(config.trustedRegistries?.length && { trustedRegistries: config.trustedRegistries }),
    ...(labels.length > 0 && { labelSchema: Object.fromEntries(labels.map(([name, kind]) => [name, kind || "text"])) }),
    ...(typeof config["strict-labels"] === "boolean" && { strictLabels: config["strict-labels"] }),
  };
  return {
    changes: [
      ...at("style", override?.style),
      ...at("info", override?.info),
      ...at("warning", override?.warning),
      ...at("error", override?.error),
      ...at("off", config.ignored),
    ],
    settings,
    ...(config["disable-ignore-pragma"] && { honorPeerComments: false }),
    ...(threshold !== null && { failOn: threshold === "ignore" || threshold === "none" ? "style" : threshold }),
    ...(config["no-fail"] && { failOn: "never" }),
  };
}

/** hadolint's file and its environment over our recommended rules; without a file the environment alone. */
export function loadHadolintConfig(file: string | null, env: NodeJS.ProcessEnv): LoadedConfig {
  const { config, problems } = file === null ? { config: {}, problems: [] } : readHadolintFile(file);
  const layer = hadolintLayer(mergeHadolint([hadolintEnvironment(env), config]));
  return { layers: [{ preset: "recommended" }, layer], problems, code: [], files: file === null ? [] : [file] };
}

function withoutUndefined<T extends Readonly<Record<string, unknown>>>(
  object: T,
): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>;
  };
}
