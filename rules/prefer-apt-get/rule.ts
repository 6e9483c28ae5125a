import { commandsOf, createRule } from "@stagewright/core";

export default createRule<"useAptGet" | "useOther">({
  name: "prefer-apt-get",
  meta: {
    type: "suggestion",
    fixable: "code",
    schema: [],
    docs: {
      description: "Use apt-get or apt-cache, not apt",
      why: "`apt` is made for people at a terminal, and says itself that its interface may change. `apt-get` and `apt-cache` are the ones for scripts.",
      category: "correctness",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3027", match: "same" }],
      examples: [{ bad: "FROM debian:13\nRUN apt update\n", good: "FROM debian:13\nRUN apt-get update\n" }],
      fix: {
        proof: "argued",
        reason:
          "The subcommands that are replaced do the same in apt-get and apt-cache and take the same options; apt is a front end of the same library.",
      },
    },
    messages: {
      useAptGet: "`apt` has no stable interface for scripts; use `{{tool}}`.",
      useOther: "`apt` has no stable interface for scripts; use `apt-get` or `apt-cache`.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      Run(node) {
        for (const command of commandsOf(facts.script(node), "apt")) {
          const action = command.args.find(({ value }) => !value.startsWith("-"))?.value ?? "";
          const tool = replacement[action];
          if (!tool) context.report({ node: command.nameWord, messageId: "useOther" });
          else {
            const plain = command.nameWord.raw === "apt";
            context.report({
              node: command.nameWord,
              messageId: "useAptGet",
              data: { tool },
              fix: plain ? (fixer) => fixer.replaceText(command.nameWord, tool) : null,
            });
          }
        }
      },
    };
  },
});

const replacement: Readonly<Record<string, string>> = {
  install: "apt-get",
  update: "apt-get",
  upgrade: "apt-get",
  "dist-upgrade": "apt-get",
  remove: "apt-get",
  purge: "apt-get",
  autoremove: "apt-get",
  clean: "apt-get",
  autoclean: "apt-get",
  search: "apt-cache",
  show: "apt-cache",
  policy: "apt-cache",
};
