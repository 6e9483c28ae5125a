import { createRule } from "@stagewright/core";
import { gem, installationsOf } from "../shared/package-managers.ts";

export default createRule<"pin">({
  name: "pin-gem-packages",
  meta: {
    type: "suggestion",
    schema: [],
    docs: {
      description: "Name the versions of packages that gem installs",
      why: "Without a version the same line installs another gem next month.",
      category: "reproducibility",
      severity: "warning",
      recommended: false,
      strict: true,
      sources: [{ tool: "hadolint", id: "DL3028", match: "same" }],
      examples: [
        { bad: "FROM ruby:3.4\nRUN gem install bundler\n", good: "FROM ruby:3.4\nRUN gem install bundler:2.6.2\n" },
      ],
    },
    messages: { pin: "`{{package}}` is installed in whatever version there is that day; name one." },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      Run(node) {
        const loose = installationsOf(facts.script(node), gem)
          .filter(({ command }) => !command.args.some(({ value }) => /^(-v|--version(=.*)?)$/.test(value)))
          .flatMap(({ packages }) => packages)
          .find((word) => !isPinned(word.value));
        if (loose) context.report({ node: loose, messageId: "pin", data: { package: loose.value } });
      },
    };
  },
});

/** A version after a colon, or a file. */
const isPinned = (name: string) => name.includes(":") || name.endsWith(".gem");
