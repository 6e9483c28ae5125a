import { createRule } from "@stagewright/core";

export default createRule<"useNumber">({
  name: "prefer-numeric-user",
  meta: {
    type: "suggestion",
    schema: [],
    docs: {
      description: "Name the user of an image by number",
      why: "Kubernetes can check `runAsNonRoot` only against a number: with a name it refuses to start the container, since only the image knows who that is.",
      category: "security",
      severity: "info",
      recommended: false,
      strict: true,
      sources: [{ tool: "hadolint", id: "DL3066", match: "same" }],
      examples: [{ bad: "FROM debian:13\nUSER app\n", good: "FROM debian:13\nUSER 10001\n" }],
    },
    messages: { useNumber: "`{{user}}` is a name; Kubernetes can only check a number." },
  },
  create(context) {
    const args: string[] = [];
    return {
      Arg({ pairs }) {
        args.push(...pairs.map(({ key }) => key.value));
      },
      User(node) {
        const { user } = node;
        if (!user) return;
        const [name = ""] = user.value.split(":");
        if (
          /^\d+$/.test(name) ||
          user.variables.some((variable) => variable.operator === null && args.includes(variable.name))
        )
          return;
        context.report({ node: user, messageId: "useNumber", data: { user: name } });
      },
    };
  },
});
