import { createRule } from "@stagewright/core";

export default createRule<"moveAfterFrom">({
  name: "from-first",
  meta: {
    type: "problem",
    schema: [],
    docs: {
      description: "Put nothing but ARG before the first FROM",
      why: "Before the first FROM there is no stage that an instruction could belong to; BuildKit refuses the file.",
      category: "correctness",
      severity: "error",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3061", match: "same" }],
      examples: [{ bad: "LABEL a=b\nFROM debian:13\n", good: "FROM debian:13\nLABEL a=b\n" }],
    },
    messages: { moveAfterFrom: "{{keyword}} stands before the first FROM, where only ARG may." },
  },
  create(context) {
    const { stages } = context.sourceCode.facts;
    return {
      "Dockerfile:exit"() {
        for (const node of stages.preamble) {
          if (node.type === "Arg") continue;
          context.report({ node: node.keyword, messageId: "moveAfterFrom", data: { keyword: node.keyword.name } });
        }
      },
    };
  },
});
