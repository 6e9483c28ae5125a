import { commandsOf, createRule } from "@stagewright/core";
import type { Command } from "@stagewright/core";
import { appendCommand, endOfAndList } from "../shared/append.ts";
import { hasCacheMount } from "../shared/mounts.ts";

interface Options {
  readonly anyRemoval: boolean;
}

export default createRule<"cleanCache", Options>({
  name: "clean-dnf-cache",
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
  create(context) {
    const { facts } = context.sourceCode;
    const [{ anyRemoval }] = context.options;
    return {
      Run(node) {
        const script = facts.script(node);
        const install = commandsOf(script, ["dnf", "microdnf"]).find(fillsCache);
        if (
          !script ||
          !install ||
          ["/var/cache/dnf", "/var/cache/libdnf5", ".cache/libdnf5"].some((path) => hasCacheMount(facts, node, path)) ||
          script.commands
            .slice(script.commands.indexOf(install) + 1)
            .some((command) => cleans(command, install) || (anyRemoval && removesAnything(command)))
        )
          return;
        const last = endOfAndList(script);
        context.report({
          node: install,
          messageId: "cleanCache",
          data: { command: install.name ?? "" },
          fix: last ? (fixer) => appendCommand(fixer, last, `${install.name ?? "dnf"} clean all`) : null,
        });
      },
    };
  },
});

const removesAnything = ({ name, args }: Command) => name === "rm" && args.some(({ value }) => value === "-rf");

const actions = ["install", "in", "upgrade", "up", "upgrade-minimal", "up-min", "reinstall", "rei"];

const fillsCache = ({ args }: Command) => args.some(({ value }) => actions.includes(value));

const cleans = ({ name, args }: Command, install: Command) =>
  (name === install.name && args.some(({ value }) => value === "clean")) ||
  (name === "rm" && args.some(({ value }) => /^\/var\/cache\/(\*|dnf|yum|libdnf5)/.test(value)));
