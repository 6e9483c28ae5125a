import { createRule } from "@stagewright/core";

export default createRule<"useCase">({
  name: "consistent-as-case",
  meta: {
    type: "layout",
    fixable: "code",
    schema: [],
    docs: {
      description: "Write AS in the case of its FROM",
      why: "`FROM` and `AS` are one instruction; in two cases the second word is easily taken for a name.",
      category: "style",
      severity: "style",
      recommended: true,
      sources: [{ tool: "buildkit", id: "FromAsCasing", match: "same", severity: "warning" }],
      examples: [{ bad: "FROM debian:13 as build\n", good: "FROM debian:13 AS build\n" }],
      fix: { proof: "equal" },
    },
    messages: {
      useCase: "`{{as}}` is not in the case of `{{from}}`; write `{{wanted}}`.",
    },
  },
  create(context) {
    return {
      From({ keyword, as }) {
        if (!as) return;
        const wanted =
          keyword.value === keyword.name ? "AS" : keyword.value === keyword.value.toLowerCase() ? "as" : null;
        if (wanted === null || as.value === wanted) return;
        context.report({
          node: as,
          messageId: "useCase",
          data: { as: as.value, from: keyword.value, wanted },
          fix: (fixer) => fixer.replaceText(as, wanted),
        });
      },
    };
  },
});
