import { type Command, createRule } from "@stagewright/core";
import { type Options, schema, uncleanedCache } from "../shared/uncleaned-cache.ts";

export default createRule<"cleanCache", Options>({
  name: "clean-yum-cache",
  meta: {
    type: "suggestion",
    fixable: "code",
    schema,
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
  create: (context) =>
    uncleanedCache(
      context,
      {
        commands: ["yum"],
        fillers: ["install"],
        places: ["/var/cache/yum"],
        cleans,
        cleaner: () => "yum clean all",
      },
      "cleanCache",
    ),
});

const cleans = ({ name, args }: Command) =>
  (name === "yum" && args.some(({ value }) => value === "clean")) ||
  (name === "rm" && args.some(({ value }) => value.startsWith("/var/cache/yum") || value === "/var/cache/*"));
