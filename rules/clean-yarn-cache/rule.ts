import type { Run } from "@stagewright/ast";
import { type Command, createRule } from "@stagewright/core";
import { type Options, schema, uncleanedCache } from "../shared/uncleaned-cache.ts";

export default createRule<"cleanCache", Options>({
  name: "clean-yarn-cache",
  meta: {
    type: "suggestion",
    fixable: "code",
    schema,
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
    const { all, final, of } = context.sourceCode.facts.stages;
    return uncleanedCache(
      context,
      {
        commands: ["yarn"],
        fillers: ["install"],
        places: [".cache/yarn", "/usr/local/share/.cache/yarn"],
        cleans,
        cleaner: () => "yarn cache clean",
        isShipped,
      },
      "cleanCache",
    );

    /** Stages that only hand over files are not shipped. */
    function isShipped(node: Run): boolean {
      const stage = of(node);
      return stage === null || stage === final || all.some(({ base }) => base.kind === "stage" && base.stage === stage);
    }
  },
});

const cleans = ({ name, args }: Command) =>
  name === "yarn" && args.some(({ value }) => value === "cache") && args.some(({ value }) => value === "clean");
