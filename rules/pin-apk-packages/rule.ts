import { createRule } from "@stagewright/core";
import { apk, installationsOf } from "../shared/package-managers.ts";

export default createRule<"pin">({
  name: "pin-apk-packages",
  meta: {
    type: "suggestion",
    schema: [],
    docs: {
      description: "Name the versions of packages that apk installs",
      why: "Alpine keeps one version of a package in each release. Naming versions makes builds repeatable, but they stop building when the release drops one.",
      category: "reproducibility",
      severity: "warning",
      recommended: false,
      strict: true,
      sources: [{ tool: "hadolint", id: "DL3018", match: "same" }],
      examples: [
        {
          bad: "FROM alpine:3.22\nRUN apk add --no-cache curl\n",
          good: "FROM alpine:3.22\nRUN apk add --no-cache curl=8.14.1-r1\n",
        },
      ],
    },
    messages: { pin: "`{{package}}` is installed in whatever version there is that day; name one." },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      Run(node) {
        const loose = installationsOf(facts.script(node), apk)
          .flatMap(({ packages }) => packages)
          .find((word) => !isPinned(word.value));
        if (loose) context.report({ node: loose, messageId: "pin", data: { package: loose.value } });
      },
    };
  },
});

/** A version or a bound, or a file. */
const isPinned = (name: string) => /[=~<>]/.test(name) || name.endsWith(".apk");
