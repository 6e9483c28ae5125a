import { createRule } from "@stagewright/core";

export default createRule<"notAllowed">({
  name: "valid-onbuild",
  meta: {
    type: "problem",
    schema: [],
    docs: {
      description: "Use ONBUILD with instructions that it can hold",
      why: "ONBUILD cannot hold FROM, MAINTAINER or another ONBUILD; BuildKit refuses the file.",
      category: "correctness",
      severity: "error",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3043", match: "same" }],
      examples: [{ bad: "FROM debian:13\nONBUILD FROM debian:13\n", good: "FROM debian:13\nONBUILD RUN true\n" }],
    },
    tells: ["bad-trigger"],
    messages: { notAllowed: "ONBUILD cannot hold {{keyword}}." },
  },
  create(context) {
    return {
      Onbuild({ instruction }) {
        if (!instruction || !["From", "Maintainer", "Onbuild"].includes(instruction.type)) return;
        context.report({
          node: instruction.keyword,
          messageId: "notAllowed",
          data: { keyword: instruction.keyword.name },
        });
      },
    };
  },
});
