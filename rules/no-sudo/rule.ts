import { createRule } from "@stagewright/core";
import type { Run } from "@stagewright/ast";

export default createRule<"removeSudo" | "dropSudo">({
  name: "no-sudo",
  meta: {
    type: "problem",
    hasSuggestions: true,
    schema: [],
    docs: {
      description: "Do not use sudo",
      why: "A RUN is root already unless USER says otherwise, and sudo in a build behaves differently with its terminal and signals. Switch with USER, or use gosu for the program that the image starts.",
      category: "security",
      severity: "error",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3004", match: "same" }],
      examples: [{ bad: "FROM debian:13\nRUN sudo apt-get update\n", good: "FROM debian:13\nRUN apt-get update\n" }],
    },
    messages: {
      removeSudo: "`sudo` is not needed in a build; switch with USER where another user is in force.",
      dropSudo: "Remove `sudo`, if this runs as root.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    const seen = new Set<number>();
    return {
      Run(node: Run) {
        for (const command of facts.script(node)?.commands ?? []) {
          const wrapper = command.wrappers.find(({ name }) => name === "sudo");
          const word = wrapper?.word ?? (command.name === "sudo" ? command.nameWord : null);
          if (!word || seen.has(word.range[0])) continue;
          seen.add(word.range[0]);
          const plain =
            wrapper !== undefined &&
            wrapper.args.length === 0 &&
            command.wrappers.length === 1 &&
            command.assignments.length === 0;
          context.report({
            node: word,
            messageId: "removeSudo",
            suggest: plain
              ? [
                  {
                    messageId: "dropSudo",
                    fix: (fixer) => fixer.removeRange([word.range[0], command.nameWord.range[0]]),
                  },
                ]
              : [],
          });
        }
      },
    };
  },
});
