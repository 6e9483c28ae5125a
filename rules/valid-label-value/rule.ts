import { createRule } from "@stagewright/core";
import spdxIds from "spdx-license-ids/index.json" with { type: "json" };

export default createRule<"empty" | "badValue">({
  name: "valid-label-value",
  meta: {
    type: "problem",
    schema: [],
    docs: {
      description: "Give labels values of the kind that the configuration asks for",
      why: "The setting `labelSchema` says for each label what its value is: `text`, `url`, `rfc3339`, `spdx`, `hash`, `semver` or `email`. Programs that read labels rely on it.",
      category: "correctness",
      severity: "warning",
      recommended: true,
      sources: (["DL3051", "DL3052", "DL3053", "DL3054", "DL3055", "DL3056", "DL3058"] as const).map((id) => ({
        tool: "hadolint",
        id,
        match: "narrower",
      })),
      examples: [],
    },
    messages: {
      empty: "The label `{{label}}` is empty.",
      badValue: "`{{value}}` is no {{kind}}, which the label `{{label}}` has to be.",
    },
  },
  create(context) {
    const { labelSchema = {} } = context.settings;
    return {
      Label({ pairs }, parent) {
        if (parent?.type === "Onbuild") return;
        for (const { key, value } of pairs) {
          const type = Object.hasOwn(labelSchema, key.value) ? labelSchema[key.value] : undefined;
          if (type === undefined || !value) continue;
          const text = value.value;
          if (text === "")
            context.report({ node: key, messageId: "empty", data: { label: key.value }, codes: ["DL3051"] });
          const kind = kinds[type];
          if (!kind || kind.test(text)) continue;
          context.report({
            node: value,
            messageId: "badValue",
            data: { label: key.value, value: text, kind: kind.name },
            codes: [kind.code],
          });
        }
      },
    };
  },
});

interface Kind {
  readonly name: string;
  readonly code: string;
  readonly test: (value: string) => boolean;
}

const licences = new Set(spdxIds);

const kinds: Readonly<Record<string, Kind>> = {
  url: { name: "URL", code: "DL3052", test: isUrl },
  rfc3339: {
    name: "time by RFC 3339",
    code: "DL3053",
    test: (value) =>
      /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/.test(
        value,
      ),
  },
  spdx: { name: "licence id of SPDX", code: "DL3054", test: (value) => licences.has(value) },
  hash: {
    name: "Git hash of 7 or 40 digits",
    code: "DL3055",
    test: (value) => /^([0-9a-f]{7}|[0-9a-f]{40})$/.test(value),
  },
  semver: {
    name: "semantic version",
    code: "DL3056",
    test: (value) =>
      /^\d+\.\d+\.\d+(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/.test(value),
  },
  email: { name: "e-mail address", code: "DL3058", test: (value) => /^[^\s@<>]+@[^\s@<>]+$/.test(value) },
};

/** An absolute URI by RFC 3986. */
function isUrl(value: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]*$/.test(value) && !value.includes("$");
}
