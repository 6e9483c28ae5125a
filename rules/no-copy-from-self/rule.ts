import { createRule } from "@stagewright/core";

export default createRule<"otherStage">({
  name: "no-copy-from-self",
  meta: {
    type: "problem",
    schema: [],
    docs: {
      description: "Do not copy from the stage that is being built",
      why: "A stage cannot be copied from before it is finished: BuildKit refuses the circle. Use RUN with cp or mv for files of the same stage.",
      category: "correctness",
      severity: "error",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3023", match: "same" }],
      examples: [
        {
          bad: "FROM debian:13 AS run\nCOPY --from=run /a /b\n",
          good: "FROM debian:13 AS run\nRUN cp /a /b\n",
        },
      ],
    },
    messages: {
      otherStage: "`{{name}}` is the stage that this line is part of; copy from another one, or use `RUN cp`.",
    },
  },
  create(context) {
    const { stages } = context.sourceCode.facts;
    return {
      "Dockerfile:exit"() {
        for (const stage of stages.all) {
          for (const use of stage.uses) {
            if (use.instruction.type !== "Copy" || use.target) continue;
            const own = use.byIndex
              ? Number(use.text) === stage.index
              : stage.name !== null && use.text.toLowerCase() === stage.name;
            if (own) context.report({ node: use, messageId: "otherStage", data: { name: use.text } });
          }
        }
      },
    };
  },
});
