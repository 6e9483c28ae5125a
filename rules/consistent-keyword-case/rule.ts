import { createRule } from "@stagewright/core";
import type { Instruction } from "@stagewright/ast";

export default createRule<"useCase">({
  name: "consistent-keyword-case",
  meta: {
    type: "layout",
    fixable: "code",
    schema: [],
    docs: {
      description: "Write all instructions in the same case",
      why: "Instructions may be written in any case. One case throughout makes them easy to find; by convention it is upper case, and that is what counts when as many are written one way as the other.",
      category: "style",
      severity: "style",
      recommended: true,
      sources: [{ tool: "buildkit", id: "ConsistentInstructionCasing", match: "same", severity: "warning" }],
      examples: [{ bad: "FROM debian:13\nrun true\n", good: "FROM debian:13\nRUN true\n" }],
      fix: { proof: "equal" },
    },
    messages: {
      useCase: "`{{keyword}}` is not in the case of the other instructions; write `{{wanted}}`.",
    },
  },
  create(context) {
    const { stages } = context.sourceCode.facts;
    return {
      "Dockerfile:exit"() {
        const counted = stages.all.flatMap((stage) => stage.instructions);
        const checked = [...stages.preamble.filter(isArg), ...counted];
        if (checked.every(({ keyword }) => keyword.value === keyword.name)) return;
        const lower = counted.filter((node) => isLower(node.keyword.value)).length;
        const upper = counted.filter((node) => isUpper(node.keyword.value)).length;
        const wanted = lower > upper ? "lower" : "upper";
        for (const node of checked) {
          const keyword = node.keyword;
          const text = wanted === "lower" ? keyword.value.toLowerCase() : keyword.name;
          if (keyword.value === text) continue;
          context.report({
            node: keyword,
            messageId: "useCase",
            data: { keyword: keyword.value, wanted: text },
            fix: (fixer) => fixer.replaceText(keyword, text),
          });
        }
      },
    };
  },
});

const isArg = (node: Instruction) => node.type === "Arg";

const isLower = (word: string) => word === word.toLowerCase();

const isUpper = (word: string) => word === word.toUpperCase();
