import { createRule } from "@stagewright/core";
import { removeFlag } from "../shared/remove-flag.ts";

export default createRule<"removeFlag", { readonly forms: "all" | "plain" }>({
  name: "no-redundant-target-platform",
  meta: {
    type: "suggestion",
    fixable: "code",
    schema: [
      {
        type: "object",
        properties: {
          forms: {
            enum: ["all", "plain"],
            description: "`plain`: only `$TARGETPLATFORM` and `${TARGETPLATFORM}`; `all`: with quotes and defaults too",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ forms: "all" }],
    docs: {
      description: "Leave out --platform=$TARGETPLATFORM",
      why: "The target platform is what FROM takes anyway. The flag says nothing, and hides the places where a platform is chosen on purpose.",
      category: "style",
      severity: "info",
      recommended: true,
      sources: [
        { tool: "hadolint", id: "DL3065", match: "same", severity: "warning", options: { forms: "plain" } },
        {
          tool: "buildkit",
          id: "RedundantTargetPlatform",
          match: "same",
          severity: "warning",
          options: { forms: "all" },
        },
      ],
      examples: [{ bad: "FROM --platform=$TARGETPLATFORM debian:13\n", good: "FROM debian:13\n" }],
      fix: { proof: "equal" },
    },
    messages: { removeFlag: "`--platform={{value}}` is what FROM takes anyway; remove it." },
  },
  create(context) {
    const [{ forms }] = context.options;
    return {
      From({ flags }) {
        const flag = flags.find(({ name }) => name === "platform");
        const value = flag?.value;
        if (!flag || !value) return;
        const [variable] = value.variables;
        const same =
          forms === "plain"
            ? /^\$(TARGETPLATFORM|\{TARGETPLATFORM\})$/.test(value.raw)
            : value.variables.length === 1 &&
              variable?.name === "TARGETPLATFORM" &&
              (variable.operator === null || variable.operator.endsWith("-") || variable.operator.endsWith("?")) &&
              /^\$(\w+|\{[^{}]*\})$/.test(value.value);
        if (!same) return;
        context.report({
          node: flag,
          messageId: "removeFlag",
          data: { value: value.raw },
          fix: (fixer) => removeFlag(fixer, context.sourceCode, flag),
        });
      },
    };
  },
});
