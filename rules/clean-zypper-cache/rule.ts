import { commandsOf, createRule } from "@stagewright/core";
import type { Command } from "@stagewright/core";
import { appendCommand, endOfAndList } from "../shared/append.ts";
import { hasCacheMount } from "../shared/mounts.ts";

interface Options {
  readonly anyRemoval: boolean;
}

export default createRule<"cleanCache", Options>({
  name: "clean-zypper-cache",
  meta: {
    type: "suggestion",
    fixable: "code",
    schema: [
      {
        type: "object",
        properties: {
          anyRemoval: {
            type: "boolean",
            description: "Take any `rm -rf` after the installation for a cleaning, as hadolint does",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ anyRemoval: false }],
    docs: {
      description: "Clean zypper's cache in the RUN that fills it",
      why: "zypper keeps what it downloads, and a layer keeps what its RUN leaves behind. Cleaned in a later RUN the cache stays in the image.",
      category: "size",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3036", match: "same", options: { anyRemoval: false } }],
      examples: [
        {
          bad: "FROM opensuse/leap:15.6\nRUN zypper -n install curl\n",
          good: "FROM opensuse/leap:15.6\nRUN zypper -n install curl && zypper clean\n",
        },
      ],
      fix: {
        proof: "argued",
        reason:
          "The command only removes files that zypper downloads again when it needs them, and it runs after everything else in its RUN.",
      },
    },
    messages: {
      cleanCache: "What `{{command}}` downloads stays in the image; clean it in the same RUN with `zypper clean`.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    const [{ anyRemoval }] = context.options;
    return {
      Run(node) {
        const script = facts.script(node);
        const install = commandsOf(script, "zypper").find(fillsCache);
        if (
          !script ||
          !install ||
          hasCacheMount(facts, node, "/var/cache/zypp") ||
          script.commands
            .slice(script.commands.indexOf(install) + 1)
            .some((command) => cleans(command) || (anyRemoval && removesAnything(command)))
        )
          return;
        const last = endOfAndList(script);
        context.report({
          node: install,
          messageId: "cleanCache",
          data: { command: install.name ?? "" },
          fix: last ? (fixer) => appendCommand(fixer, last, "zypper clean") : null,
        });
      },
    };
  },
});

const removesAnything = ({ name, args }: Command) => name === "rm" && args.some(({ value }) => value === "-rf");

const fillsCache = ({ args }: Command) => args.some(({ value }) => value === "install" || value === "in");

const cleans = ({ name, args }: Command) =>
  (name === "zypper" && args.some(({ value }) => value === "clean" || value === "cc")) ||
  (name === "rm" && args.some(({ value }) => value.startsWith("/var/cache/zypp")));
