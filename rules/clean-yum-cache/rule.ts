import { commandsOf, createRule } from "@stagewright/core";
import type { Command } from "@stagewright/core";
import { appendCommand, endOfAndList } from "../shared/append.ts";
import { hasCacheMount } from "../shared/mounts.ts";

interface Options {
  readonly anyRemoval: boolean;
}

export default createRule<"cleanCache", Options>({
  name: "clean-yum-cache",
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
      description: "Clean yum's cache in the RUN that fills it",
      why: "yum keeps what it downloads, and a layer keeps what its RUN leaves behind. Cleaned in a later RUN the cache stays in the image.",
      category: "size",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3032", match: "same", options: { anyRemoval: true } }],
      examples: [
        {
          bad: "FROM centos:7\nRUN yum install -y curl\n",
          good: "FROM centos:7\nRUN yum install -y curl && yum clean all\n",
        },
      ],
      fix: {
        proof: "argued",
        reason:
          "The command only removes files that yum downloads again when it needs them, and it runs after everything else in its RUN.",
      },
    },
    messages: {
      cleanCache: "What `{{command}}` downloads stays in the image; clean it in the same RUN with `yum clean all`.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    const [{ anyRemoval }] = context.options;
    return {
      Run(node) {
        const script = facts.script(node);
        const install = commandsOf(script, "yum").find(fillsCache);
        if (
          !script ||
          !install ||
          hasCacheMount(facts, node, "/var/cache/yum") ||
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
          fix: last ? (fixer) => appendCommand(fixer, last, "yum clean all") : null,
        });
      },
    };
  },
});

const removesAnything = ({ name, args }: Command) => name === "rm" && args.some(({ value }) => value === "-rf");

const fillsCache = ({ args }: Command) => args.some(({ value }) => value === "install");

const cleans = ({ name, args }: Command) =>
  (name === "yum" && args.some(({ value }) => value === "clean")) ||
  (name === "rm" && args.some(({ value }) => value.startsWith("/var/cache/yum") || value === "/var/cache/*"));
