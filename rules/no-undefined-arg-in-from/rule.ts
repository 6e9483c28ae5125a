import { createRule } from "@stagewright/core";
import { nearestName } from "../shared/nearest-name.ts";
import { effectOf } from "../shared/undefined-effect.ts";

export default createRule<"declareBefore" | "didYouMean" | "useNear">({
  name: "no-undefined-arg-in-from",
  meta: {
    type: "problem",
    hasSuggestions: true,
    schema: [],
    docs: {
      description: "Declare variables of FROM before the first FROM",
      why: "FROM sees only ARGs that stand before the first FROM, and the platform arguments that BuildKit sets. Any other variable is empty there.",
      category: "correctness",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "buildkit", id: "UndefinedArgInFrom", match: "same" }],
      examples: [{ bad: "FROM alpine:${VERSION}\n", good: "ARG VERSION=3.22\nFROM alpine:${VERSION}\n" }],
    },
    messages: {
      declareBefore: "No ARG before the first FROM declares `{{name}}`, so {{effect}} here.",
      didYouMean: "No ARG before the first FROM declares `{{name}}`; did you mean `{{near}}`?",
      useNear: "Use `{{near}}`.",
    },
  },
  create(context) {
    const { variables } = context.sourceCode.facts;
    return {
      "Dockerfile:exit"() {
        for (const { variable, instruction, value } of variables.uses) {
          if (instruction.type !== "From" || value.kind !== "undeclared") continue;
          const { name, braced, range } = variable;
          const declared = variables.globals.flatMap(({ pairs }) => pairs.map(({ key }) => key.value));
          const near = nearestName(name, [...declared, ...platformArguments], 2);
          if (near === null)
            context.report({ node: variable, messageId: "declareBefore", data: { name, effect: effectOf(variable) } });
          else {
            const start = range[0] + (braced ? 2 : 1);
            context.report({
              node: variable,
              messageId: "didYouMean",
              data: { name, near },
              suggest: [
                {
                  messageId: "useNear",
                  data: { near },
                  fix: (fixer) => fixer.replaceTextRange([start, start + name.length], near),
                },
              ],
            });
          }
        }
      },
    };
  },
});

const platformArguments = ["BUILD", "TARGET"].flatMap((side) =>
  ["PLATFORM", "OS", "OSVERSION", "ARCH", "VARIANT"].map((part) => side + part),
);
