import { createRule } from "@stagewright/core";

export default createRule<"tooHigh">({
  name: "valid-port",
  meta: {
    type: "problem",
    schema: [],
    docs: {
      description: "Expose ports up to 65535",
      why: "Ports have 16 bits; a higher number is a typing error, and BuildKit refuses the file.",
      category: "correctness",
      severity: "error",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3011", match: "same" }],
      examples: [{ bad: "FROM debian:13\nEXPOSE 80000\n", good: "FROM debian:13\nEXPOSE 8000\n" }],
    },
    messages: { tooHigh: "`{{port}}` is above 65535, the highest port." },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      Expose(node) {
        for (const word of node.ports) {
          const text = facts.variables.expand(word, node) ?? word.value;
          const [ports = ""] = text.split("/");
          const high = ports.split(/[-:]/).find((port) => /^\d+$/.test(port) && Number(port) > 65535);
          if (high !== undefined) context.report({ node: word, messageId: "tooHigh", data: { port: high } });
        }
      },
    };
  },
});
