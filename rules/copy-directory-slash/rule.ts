import { createRule } from "@stagewright/core";

export default createRule<"addSlash" | "appendSlash", { readonly literal: boolean }>({
  name: "copy-directory-slash",
  meta: {
    type: "problem",
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: {
          literal: {
            type: "boolean",
            description: "Take a variable for a destination without a slash, whatever its value, as hadolint does",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ literal: false }],
    docs: {
      description: "End the destination of several sources with a slash",
      why: "Several files belong into a directory, and the slash says that one is meant. Without it BuildKit copies one after the other to the same name, and the classic builder refuses the line.",
      category: "correctness",
      severity: "error",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3021", match: "same", options: { literal: true } }],
      examples: [{ bad: "FROM debian:13\nCOPY a b /srv\n", good: "FROM debian:13\nCOPY a b /srv/\n" }],
    },
    messages: {
      addSlash: "Several sources are copied into a directory; end `{{path}}` with a slash.",
      appendSlash: "Write `{{path}}/`, if it is a directory.",
    },
  },
  create(context) {
    const { variables } = context.sourceCode.facts;
    const [{ literal }] = context.options;
    return {
      Copy(node, parent) {
        const { destination, sources, heredocs } = node;
        if (!destination || parent?.type === "Onbuild" || sources.length + heredocs.length < 2) return;
        const path = destination.value;
        if (path.endsWith("/") || (!literal && variables.expand(destination, node)?.endsWith("/"))) return;
        const quoted = destination.type === "JsonString" || destination.quote !== null;
        const end = destination.range[1] - (quoted ? 1 : 0);
        context.report({
          node: destination,
          messageId: "addSlash",
          data: { path },
          suggest: [
            { messageId: "appendSlash", data: { path }, fix: (fixer) => fixer.insertTextAfterRange([end, end], "/") },
          ],
        });
      },
    };
  },
});
