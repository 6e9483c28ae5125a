import { createRule } from "@stagewright/core";
import { apt, installationsOf } from "../shared/package-managers.ts";

export default createRule<"pin">({
  name: "pin-apt-packages",
  meta: {
    type: "suggestion",
    schema: [],
    docs: {
      description: "Name the versions of packages that apt-get installs",
      why: "The archive of a distribution holds one version at a time, so the same line installs something else next month. Naming versions makes builds repeatable, but they also stop building when the archive drops a version: snapshot archives or a digest of the base image are often the better way, which is why this rule is not in `recommended`.",
      category: "reproducibility",
      severity: "warning",
      recommended: false,
      strict: true,
      sources: [{ tool: "hadolint", id: "DL3008", match: "same" }],
      examples: [
        {
          bad: "FROM debian:13\nRUN apt-get update && apt-get install -y curl\n",
          good: "FROM debian:13\nRUN apt-get update && apt-get install -y curl=8.14.1-2\n",
        },
      ],
    },
    messages: { pin: "`{{package}}` is installed in whatever version there is that day; name one." },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      Run(node) {
        const loose = installationsOf(facts.script(node), apt)
          .flatMap(({ command, packages }) => (command.name === "apt-get" ? packages : []))
          .find((word) => !isPinned(word.value));
        if (loose) context.report({ node: loose, messageId: "pin", data: { package: loose.value } });
      },
    };
  },
});

/** A version, a release, or a file. */
const isPinned = (name: string) => /[=/]/.test(name) || name.endsWith(".deb");
