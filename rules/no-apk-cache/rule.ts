import { createRule, hasFlag } from "@stagewright/core";
import { hasCacheMount } from "../shared/mounts.ts";
import { apk, installationsOf } from "../shared/package-managers.ts";
import { lastRemoval } from "../shared/removes-cache.ts";

export default createRule<"addFlag", { readonly evenRemoved: boolean }>({
  name: "no-apk-cache",
  meta: {
    type: "suggestion",
    fixable: "code",
    schema: [
      {
        type: "object",
        properties: {
          evenRemoved: {
            type: "boolean",
            description: "Also where the same RUN removes the index behind it, as hadolint does",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ evenRemoved: false }],
    docs: {
      description: "Install with apk without keeping its index",
      why: "With `--no-cache` apk fetches its index for this one command and leaves nothing in `/var/cache/apk`, so neither `apk update` nor an `rm` is needed. Where the same RUN removes `/var/cache/apk`, nothing is left either, and nothing is said.",
      category: "size",
      severity: "info",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3019", match: "same", options: { evenRemoved: true } }],
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
    const [{ evenRemoved }] = context.options;
    return {
      Run(node) {
        const script = facts.script(node);
        const installations = installationsOf(script, apk);
        const removal = evenRemoved || installations.length === 0 ? -1 : lastRemoval(script, cache);
        for (const { command, action } of installations) {
          if (hasFlag(command, ["no-cache"]) || command.range[0] < removal) continue;
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

const cache = /^\/var\/cache(?:\/(?:\*|apk(?:\/.*)?)?)?$/;
