import type { Run } from "@stagewright/ast";
import { commandsOf, createRule } from "@stagewright/core";
import type { Command } from "@stagewright/core";
import { appendCommand, endOfAndList } from "../shared/append.ts";
import { hasCacheMount } from "../shared/mounts.ts";

interface Options {
  readonly anyRemoval: boolean;
}

export default createRule<"cleanCache", Options>({
  name: "clean-yarn-cache",
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
      description: "Clean yarn's cache in the RUN that fills it",
      why: "yarn keeps what it downloads, and a layer keeps what its RUN leaves behind. Cleaned in a later RUN the cache stays in the image.",
      category: "size",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3060", match: "same", severity: "info", options: { anyRemoval: false } }],
      examples: [
        { bad: "FROM node:22.12\nRUN yarn install\n", good: "FROM node:22.12\nRUN yarn install && yarn cache clean\n" },
      ],
      fix: {
        proof: "argued",
        reason:
          "The command only removes files that yarn downloads again when it needs them, and it runs after everything else in its RUN.",
      },
    },
    messages: {
      cleanCache: "What `{{command}}` downloads stays in the image; clean it in the same RUN with `yarn cache clean`.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    const [{ anyRemoval }] = context.options;
    return {
      Run(node) {
        const script = facts.script(node);
        const install = commandsOf(script, "yarn").find(fillsCache);
        if (
          !script ||
          !install ||
          hasCacheMount(facts, node, ".cache/yarn") ||
          hasCacheMount(facts, node, "/usr/local/share/.cache/yarn") ||
          !inFinalImage(node) ||
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
          fix: last ? (fixer) => appendCommand(fixer, last, "yarn cache clean") : null,
        });
      },
    };

    /** Stages that only hand over files are not shipped. */
    function inFinalImage(node: Run): boolean {
      const { all, final, of } = facts.stages;
      const stage = of(node);
      return stage === null || stage === final || all.some(({ base }) => base.kind === "stage" && base.stage === stage);
    }
  },
});

const removesAnything = ({ name, args }: Command) => name === "rm" && args.some(({ value }) => value === "-rf");

const fillsCache = ({ args }: Command) => args.some(({ value }) => value === "install");

const cleans = ({ name, args }: Command) =>
  name === "yarn" && args.some(({ value }) => value === "cache") && args.some(({ value }) => value === "clean");
