import { createRule } from "@stagewright/core";
import { npm, installationsOf } from "../shared/package-managers.ts";

export default createRule<"pin">({
  name: "pin-npm-packages",
  meta: {
    type: "suggestion",
    schema: [],
    docs: {
      description: "Name the versions of packages that npm installs",
      why: "Without a version the same line installs another package next month. Packages of a project come from its lock file with `npm ci`; this rule is about tools that are installed by name.",
      category: "reproducibility",
      severity: "warning",
      recommended: false,
      strict: true,
      sources: [{ tool: "hadolint", id: "DL3016", match: "same" }],
      examples: [
        {
          bad: "FROM node:22.12\nRUN npm install -g typescript\n",
          good: "FROM node:22.12\nRUN npm install -g typescript@5.9.2\n",
        },
      ],
    },
    messages: { pin: "`{{package}}` is installed in whatever version there is that day; name one." },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      Run(node) {
        const loose = installationsOf(facts.script(node), npm)
          .flatMap(({ packages }) => packages)
          .find((word) => !isPinned(word.value));
        if (loose) context.report({ node: loose, messageId: "pin", data: { package: loose.value } });
      },
    };
  },
});

/** A version after `@`, a commit of a repository, an archive, or a folder. */
function isPinned(name: string): boolean {
  if (/^git(\+\w+)?:\/\//.test(name)) return name.includes("#");
  return /^@?[^@]+@/.test(name) || /\.(tar|tar\.gz|tgz)$/.test(name) || /^(\/|\.\.?(\/|$)|~\/)/.test(name);
}
