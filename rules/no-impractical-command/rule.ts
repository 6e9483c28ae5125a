import { commandsOf, createRule } from "@stagewright/core";

export default createRule<"remove", { readonly commands: readonly string[] }>({
  name: "no-impractical-command",
  meta: {
    type: "suggestion",
    schema: [
      {
        type: "object",
        properties: { commands: { type: "array", items: { type: "string" }, description: "Names of the commands" } },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ commands: ["free", "kill", "mount", "ps", "service", "shutdown", "ssh", "top", "vim"] }],
    docs: {
      description: "Do not run commands that make no sense in a build",
      why: "A service that RUN starts ends with that RUN, and there is nobody to see `top` or to type into `vim`. Such a line is most often left over from a shell session.",
      category: "correctness",
      severity: "info",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3001", match: "same" }],
      examples: [{ bad: "FROM debian:13\nRUN service cron start\n", good: 'FROM debian:13\nCMD ["cron", "-f"]\n' }],
    },
    messages: { remove: "`{{command}}` has no lasting effect in a build; remove it." },
  },
  create(context) {
    const { facts } = context.sourceCode;
    const [{ commands }] = context.options;
    return {
      Run(node) {
        for (const command of commandsOf(facts.script(node), commands)) {
          context.report({ node: command.nameWord, messageId: "remove", data: { command: command.name ?? "" } });
        }
      },
    };
  },
});
