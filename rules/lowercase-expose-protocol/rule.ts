import { createRule } from "@stagewright/core";

export default createRule<"lowerCase">({
  name: "lowercase-expose-protocol",
  meta: {
    type: "layout",
    fixable: "code",
    schema: [],
    docs: {
      description: "Write the protocol of EXPOSE in lower case",
      why: "Ports are compared as text by some tools, and `80/TCP` is then another port than `80/tcp`.",
      category: "style",
      severity: "style",
      recommended: true,
      sources: [{ tool: "buildkit", id: "ExposeProtoCasing", match: "same", severity: "warning" }],
      examples: [{ bad: "FROM debian:13\nEXPOSE 80/TCP\n", good: "FROM debian:13\nEXPOSE 80/tcp\n" }],
      fix: { proof: "equal" },
    },
    messages: { lowerCase: "Write the protocol in lower case: `{{wanted}}`." },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      Expose(node) {
        for (const port of node.ports) {
          const text = facts.variables.expand(port, node) ?? port.value;
          const protocol = /\/([^/]*)$/.exec(text)?.[1] ?? "";
          if (protocol === protocol.toLowerCase()) continue;
          const wanted = port.raw.toLowerCase();
          context.report({
            node: port,
            messageId: "lowerCase",
            data: { wanted: text.toLowerCase() },
            fix: port.variables.length === 0 ? (fixer) => fixer.replaceText(port, wanted) : null,
          });
        }
      },
    };
  },
});
