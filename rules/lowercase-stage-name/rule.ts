import { stageReferences } from "../shared/stage-references.ts";
import { createRule } from "@stagewright/core";

export default createRule<"lowerCase">({
  name: "lowercase-stage-name",
  meta: {
    type: "layout",
    fixable: "code",
    schema: [],
    docs: {
      description: "Write names of stages in lower case",
      why: "BuildKit compares names of stages without regard to case, other tools do not. Lower case is right everywhere, and tells a stage from an instruction at a glance.",
      category: "style",
      severity: "style",
      recommended: true,
      sources: [{ tool: "buildkit", id: "StageNameCasing", match: "same", severity: "warning" }],
      examples: [
        {
          bad: "FROM golang:1.24 AS Build\nFROM scratch\nCOPY --from=Build /app /app\n",
          good: "FROM golang:1.24 AS build\nFROM scratch\nCOPY --from=build /app /app\n",
        },
      ],
      fix: { proof: "equal" },
    },
    messages: {
      lowerCase: "The stage `{{name}}` has capitals; write `{{lower}}`.",
    },
  },
  create(context) {
    const { stages } = context.sourceCode.facts;
    return {
      "Dockerfile:exit"() {
        for (const stage of stages.all) {
          const node = stage.from.stage;
          if (!node || node.value === node.name) continue;
          const references = stageReferences(stages, node.name).filter(({ text }) => text === node.value);
          context.report({
            node,
            messageId: "lowerCase",
            data: { name: node.value, lower: node.name },
            fix: (fixer) => [
              fixer.replaceText(node, node.name),
              ...references.map((place) => fixer.replaceText(place, node.name)),
            ],
          });
        }
      },
    };
  },
});
