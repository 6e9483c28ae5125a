import { createRule } from "@stagewright/core";
import type { Stage } from "@stagewright/core";
import { appendInstruction } from "../shared/append.ts";
import { type Options, schemaFor } from "../shared/stages-option.ts";

export default createRule<"addLabel" | "appendLabel", Options>({
  name: "require-labels",
  meta: {
    type: "suggestion",
    hasSuggestions: true,
    schema: schemaFor("Look at the stage that becomes the image, or at every one that is not only copied from"),
    defaultOptions: [{ stages: "final" }],
    docs: {
      description: "Set the labels that the configuration asks for",
      why: "Labels say whose an image is and where it comes from. Which ones are needed stands in the setting `labelSchema`; without it the rule says nothing.",
      category: "correctness",
      severity: "info",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3049", match: "same", options: { stages: "all" } }],
      examples: [],
    },
    messages: {
      addLabel: "The label `{{label}}` is not set.",
      appendLabel: "Add `LABEL {{label}}` to the end of the stage, and write its value.",
    },
  },
  create(context) {
    const { stages } = context.sourceCode.facts;
    const { labelSchema = {} } = context.settings;
    const [{ stages: which }] = context.options;
    return {
      "Dockerfile:exit"() {
        for (const label of Object.keys(labelSchema)) {
          const checked =
            which === "final"
              ? stages.final
                ? [stages.final]
                : []
              : stages.all.filter((stage) => !isCopiedFrom(stage));
          for (const stage of checked) {
            if (stages.chain(stage).some((each) => sets(each, label)) || passesOn(stage, label)) continue;
            context.report({
              node: stage.from.image ?? stage.from.keyword,
              messageId: "addLabel",
              data: { label },
              suggest: [
                {
                  messageId: "appendLabel",
                  data: { label },
                  fix: (fixer) => appendInstruction(fixer, stage, "LABEL", `${label}=""`),
                },
              ],
            });
          }
        }
      },
    };

    function isCopiedFrom(stage: Stage): boolean {
      return stages.all.some((other) => other.uses.some(({ target }) => target === stage));
    }

    /** A stage that is built on it sets the label. */
    function passesOn(stage: Stage, label: string): boolean {
      return stages.all.some(
        (other) =>
          other.base.kind === "stage" && other.base.stage === stage && other.name === null && sets(other, label),
      );
    }
  },
});

const sets = (stage: Stage, label: string) =>
  stage.instructions.some((node) => node.type === "Label" && node.pairs.some(({ key }) => key.value === label));
