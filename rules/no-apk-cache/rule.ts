import { createRule, hasFlag } from "@stagewright/core";
import { hasCacheMount } from "../shared/mounts.ts";
import { apk, installationsOf } from "../shared/package-managers.ts";

export default createRule<"addFlag">({
  name: "no-apk-cache",
  meta: {
    type: "suggestion",
    fixable: "code",
    schema: [],
    docs: {
      description: "Install with apk without keeping its index",
      why: "With `--no-cache` apk fetches its index for this one command and leaves nothing in `/var/cache/apk`, so neither `apk update` nor an `rm` is needed.",
      category: "size",
      severity: "info",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3019", match: "same" }],
      examples: [
        { bad: "FROM alpine:3.22\nRUN apk add curl\n", good: "FROM alpine:3.22\nRUN apk add --no-cache curl\n" },
      ],
      fix: {
        proof: "argued",
        reason:
          "`--no-cache` makes apk fetch the current index and keep no files: the same packages are installed from the same index, and the image holds less.",
      },
    },
    messages: { addFlag: "apk keeps its index in the image; add `--no-cache`." },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      Run(node) {
        for (const { command, action } of installationsOf(facts.script(node), apk)) {
          if (hasFlag(command, ["no-cache"])) continue;
          if (hasCacheMount(facts, node, "/var/cache/apk")) return;
          context.report({
            node: action,
            messageId: "addFlag",
            fix: (fixer) => fixer.insertTextAfter(action, " --no-cache"),
          });
        }
      },
    };
  },
});
