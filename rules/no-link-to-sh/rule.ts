import { commandsOf, createRule } from "@stagewright/core";

export default createRule<"useShell" | "replaceByShell">({
  name: "no-link-to-sh",
  meta: {
    type: "suggestion",
    hasSuggestions: true,
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
    messages: {
      useShell: "This replaces the shell of the whole image; use SHELL.",
      replaceByShell: "Write {{shell}}, if nothing but the build needs the other shell.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      Run(node) {
        const script = facts.script(node);
        for (const command of commandsOf(script, "ln")) {
          if (command.args.some(({ value }) => value === "/bin/sh")) {
            const target = command.args.find(({ value }) => value.startsWith("/") && value !== "/bin/sh")?.value;
            const shell = `SHELL ["${target ?? ""}", "-c"]`;
            const alone = target !== undefined && script?.commands.length === 1 && script.text !== null;
            context.report({
              node: command,
              messageId: "useShell",
              suggest: alone
                ? [{ messageId: "replaceByShell", data: { shell }, fix: (fixer) => fixer.replaceText(node, shell) }]
                : [],
            });
          }
        }
      },
    };
  },
});
