import { commandsOf, createRule } from "@stagewright/core";

export default createRule<"newerBase">({
  name: "no-zypper-dist-upgrade",
  meta: {
    type: "suggestion",
    schema: [],
    docs: {
      description: "Do not upgrade the distribution with zypper",
      why: "`zypper dist-upgrade` turns the base image into another one, as of the day of the build. A newer base image does the same in a way that can be named.",
      category: "reproducibility",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3035", match: "same" }],
      examples: [{ bad: "FROM opensuse/leap:15.5\nRUN zypper -n dup\n", good: "FROM opensuse/leap:15.6\n" }],
    },
    messages: { newerBase: "`zypper {{action}}` replaces the base image; build on a newer one." },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      Run(node) {
        for (const command of commandsOf(facts.script(node), "zypper")) {
          const action = command.args.find(({ value }) => value === "dup" || value === "dist-upgrade");
          if (action) context.report({ node: action, messageId: "newerBase", data: { action: action.value } });
        }
      },
    };
  },
});
