import { createRule } from "@stagewright/core";
import { nearestName } from "../shared/nearest-name.ts";

export default createRule<"remove" | "didYouMean">({
  name: "no-unknown-labels",
  meta: {
    type: "suggestion",
    schema: [],
    docs: {
      description: "Set no labels but those of the configuration",
      why: "With the setting `strictLabels` only labels that `labelSchema` names are allowed, so that a misspelt one is seen.",
      category: "correctness",
      severity: "info",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3050", match: "same" }],
      examples: [],
    },
    messages: {
      remove: "`{{label}}` is none of the labels that the configuration knows.",
      didYouMean: "`{{label}}` is none of the labels that the configuration knows; did you mean `{{near}}`?",
    },
  },
  create(context) {
    const { labelSchema = {}, strictLabels = false } = context.settings;
    if (!strictLabels) return {};
    return {
      Label({ pairs }, parent) {
        if (parent?.type === "Onbuild") return;
        for (const { key } of pairs) {
          if (Object.hasOwn(labelSchema, key.value)) continue;
          const near = nearestName(key.value, Object.keys(labelSchema), 3);
          if (near === null) context.report({ node: key, messageId: "remove", data: { label: key.value } });
          else context.report({ node: key, messageId: "didYouMean", data: { label: key.value, near } });
        }
      },
    };
  },
});
