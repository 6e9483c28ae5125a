import { createRule } from "@stagewright/core";

export default createRule<"useShell">({
  name: "no-link-to-sh",
  meta: {
    type: "suggestion",
    schema: [],
    docs: {
      description: "Use SHELL in place of another /bin/sh",
      why: "A link over `/bin/sh` changes the shell of every program in the image, package scripts too. SHELL changes it for the instructions that follow and can be seen.",
      category: "correctness",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL4005", match: "same" }],
      examples: [
        { bad: "FROM debian:13\nRUN ln -sf /bin/bash /bin/sh\n", good: 'FROM debian:13\nSHELL ["/bin/bash", "-c"]\n' },
      ],
    },
    messages: { useShell: "This replaces the shell of the whole image; use SHELL." },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      Run(node) {
        for (const command of facts.script(node)?.commands ?? []) {
          if (command.name === "ln" && command.args.some(({ value }) => value === "/bin/sh")) {
            context.report({ node: command, messageId: "useShell" });
          }
        }
      },
    };
  },
});
