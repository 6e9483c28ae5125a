import { type Command, createRule } from "@stagewright/core";
import { type Options, schema, uncleanedCache } from "../shared/uncleaned-cache.ts";

export default createRule<"cleanCache", Options>({
  name: "clean-dnf-cache",
  meta: {
    type: "suggestion",
    fixable: "code",
    schema,
    defaultOptions: [{ anyRemoval: false }],
    docs: {
      description: "Clean dnf's cache in the RUN that fills it",
      why: "dnf keeps what it downloads, and a layer keeps what its RUN leaves behind. Cleaned in a later RUN the cache stays in the image.",
      category: "size",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3040", match: "same", options: { anyRemoval: true } }],
      examples: [
        {
          bad: "FROM fedora:43\nRUN dnf install -y curl\n",
          good: "FROM fedora:43\nRUN dnf install -y curl && dnf clean all\n",
        },
      ],
      fix: {
        proof: "argued",
        reason:
          "The command only removes files that dnf downloads again when it needs them, and it runs after everything else in its RUN.",
      },
    },
    messages: {
      cleanCache: "What `{{command}}` downloads stays in the image; clean it in the same RUN with `dnf clean all`.",
    },
  },
  create: (context) =>
    uncleanedCache(
      context,
      {
        commands: ["dnf", "microdnf"],
        fillers: ["install", "in", "upgrade", "up", "upgrade-minimal", "up-min", "reinstall", "rei"],
        places: ["/var/cache/dnf", "/var/cache/libdnf5", ".cache/libdnf5"],
        cleans,
        cleaner: ({ name }) => `${name ?? "dnf"} clean all`,
      },
      "cleanCache",
    ),
});

const cleans = ({ name, args }: Command, install: Command) =>
  (name === install.name && args.some(({ value }) => value === "clean")) ||
  (name === "rm" && args.some(({ value }) => /^\/var\/cache\/(\*|dnf|yum|libdnf5)/.test(value)));
