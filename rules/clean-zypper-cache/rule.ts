import { type Command, createRule } from "@stagewright/core";
import { type Options, schema, uncleanedCache } from "../shared/uncleaned-cache.ts";

export default createRule<"cleanCache", Options>({
  name: "clean-zypper-cache",
  meta: {
    type: "suggestion",
    fixable: "code",
    schema,
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
  create: (context) =>
    uncleanedCache(
      context,
      {
        commands: ["zypper"],
        fillers: ["install", "in"],
        places: ["/var/cache/zypp"],
        cleans,
        cleaner: () => "zypper clean",
      },
      "cleanCache",
    ),
});

const cleans = ({ name, args }: Command) =>
  (name === "zypper" && args.some(({ value }) => value === "clean" || value === "cc")) ||
  (name === "rm" && args.some(({ value }) => value.startsWith("/var/cache/zypp")));
