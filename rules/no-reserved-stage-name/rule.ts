import { stageReferences } from "../shared/stage-references.ts";
import { createRule } from "@stagewright/core";

export default createRule<"rename" | "useOther", { readonly ignoreCase: boolean }>({
  name: "no-reserved-stage-name",
  meta: {
    type: "problem",
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: {
          ignoreCase: {
            type: "boolean",
            description: "Report names such as `Scratch` too; BuildKit compares names without regard to case",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ ignoreCase: true }],
    docs: {
      description: "Do not name a stage scratch or context",
      why: "`scratch` is the empty image and `context` the build context. A stage of such a name can never be meant by it.",
      category: "correctness",
      severity: "error",
      recommended: true,
      sources: [
        { tool: "hadolint", id: "DL3063", match: "same", severity: "warning", options: { ignoreCase: false } },
        {
          tool: "buildkit",
          id: "ReservedStageName",
          match: "same",
          severity: "warning",
          options: { ignoreCase: true },
        },
      ],
      examples: [{ bad: "FROM debian:13 AS context\n", good: "FROM debian:13 AS sources\n" }],
    },
    messages: {
      rename: "`{{name}}` means something else in a Dockerfile; choose another name for the stage.",
      useOther: "Call it `{{other}}`, if nothing outside this file builds it by its name.",
    },
  },
  create(context) {
    const [{ ignoreCase }] = context.options;
    const { stages } = context.sourceCode.facts;
    return {
      From({ stage }) {
        if (!stage) return;
        const name = ignoreCase ? stage.name : stage.value;
        if (name !== "scratch" && name !== "context") return;
        const other = `${stage.name}-stage`;
        context.report({
          node: stage,
          messageId: "rename",
          data: { name: stage.value },
          suggest: stages.find(other)
            ? []
            : [
                {
                  messageId: "useOther",
                  data: { other },
                  fix: (fixer) => [
                    fixer.replaceText(stage, other),
                    ...stageReferences(stages, stage.name).map((place) => fixer.replaceText(place, other)),
                  ],
                },
              ],
        });
      },
    };
  },
});
