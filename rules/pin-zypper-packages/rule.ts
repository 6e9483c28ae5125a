import { createRule } from "@stagewright/core";
import { zypper, installationsOf } from "../shared/package-managers.ts";

export default createRule<"pin">({
  name: "pin-zypper-packages",
  meta: {
    type: "suggestion",
    schema: [],
    docs: {
      description: "Name the versions of packages that zypper installs",
      why: "Without a version the same line installs something else next month.",
      category: "reproducibility",
      severity: "warning",
      recommended: false,
      strict: true,
      sources: [{ tool: "hadolint", id: "DL3037", match: "same" }],
      examples: [
        {
          bad: "FROM opensuse/leap:15.6\nRUN zypper -n install curl\n",
          good: "FROM opensuse/leap:15.6\nRUN zypper -n install curl=8.6.0\n",
        },
      ],
    },
    messages: { pin: "`{{package}}` is installed in whatever version there is that day; name one." },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      Run(node) {
        const loose = installationsOf(facts.script(node), zypper)
          .flatMap(({ packages }) => packages)
          .find((word) => !isPinned(word.value));
        if (loose) context.report({ node: loose, messageId: "pin", data: { package: loose.value } });
      },
    };
  },
});

/** A version or a bound, or a file. */
const isPinned = (name: string) => /[=<>]/.test(name) || name.endsWith(".rpm");
