import { createRule, skipsRecommended } from "@stagewright/core";
import { apt, installationsOf } from "../shared/package-managers.ts";

export default createRule<"skipRecommends" | "addFlag">({
  name: "no-install-recommends",
  meta: {
    type: "suggestion",
    hasSuggestions: true,
    schema: [],
    docs: {
      description: "Install with apt-get only what is needed",
      why: "apt-get also installs what a package recommends, which is often more than the package itself. With `--no-install-recommends` the image holds what you named; what is missing then has to be named too.",
      category: "size",
      severity: "info",
      recommended: false,
      strict: true,
      sources: [{ tool: "hadolint", id: "DL3015", match: "same" }],
      examples: [
        {
          bad: "FROM debian:13\nRUN apt-get update && apt-get install -y curl\n",
          good: "FROM debian:13\nRUN apt-get update && apt-get install -y --no-install-recommends curl\n",
        },
      ],
    },
    messages: {
      skipRecommends: "This also installs what the packages recommend; add `--no-install-recommends`.",
      addFlag: "Add --no-install-recommends, if nothing needs the recommended packages.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      Run(node) {
        for (const { command, action } of installationsOf(facts.script(node), apt)) {
          if (command.name !== "apt-get" || skipsRecommended(command.args.map(({ value }) => value))) continue;
          context.report({
            node: action,
            messageId: "skipRecommends",
            suggest: [
              { messageId: "addFlag", fix: (fixer) => fixer.insertTextAfter(action, " --no-install-recommends") },
            ],
          });
        }
      },
    };
  },
});
