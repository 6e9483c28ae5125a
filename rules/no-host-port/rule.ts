import { createRule } from "@stagewright/core";

export default createRule<"removeHost" | "keepContainerPort">({
  name: "no-host-port",
  meta: {
    type: "problem",
    hasSuggestions: true,
    schema: [],
    docs: {
      description: "Name only ports of the container in EXPOSE",
      why: "EXPOSE documents what the program in the container listens on. Which port and address of the host lead there is said when it is started, with `docker run -p`; in EXPOSE it has no effect.",
      category: "correctness",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "buildkit", id: "ExposeInvalidFormat", match: "same" }],
      examples: [{ bad: "FROM debian:13\nEXPOSE 8080:80\n", good: "FROM debian:13\nEXPOSE 80\n" }],
    },
    messages: {
      removeHost: "`{{port}}` names a port or an address of the host, which EXPOSE cannot set.",
      keepContainerPort: "Keep the container's port, `{{container}}`.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      Expose(node) {
        for (const port of node.ports) {
          const text = facts.variables.expand(port, node) ?? port.value;
          // Not that of `${PORT:-80}`.
          if (!text.replace(/\$\{[^}]*\}/g, "").includes(":")) continue;
          const container = text.slice(text.lastIndexOf(":") + 1);
          context.report({
            node: port,
            messageId: "removeHost",
            data: { port: text },
            suggest:
              port.variables.length === 0 && /^\d+(-\d+)?(\/\w+)?$/.test(container)
                ? [
                    {
                      messageId: "keepContainerPort",
                      data: { container },
                      fix: (fixer) => fixer.replaceText(port, container),
                    },
                  ]
                : [],
          });
        }
      },
    };
  },
});
