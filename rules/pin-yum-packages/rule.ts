import { createRule } from "@stagewright/core";
import { yum, installationsOf } from "../shared/package-managers.ts";
import { hasRpmVersion } from "../shared/rpm.ts";

export default createRule<"pin">({
  name: "pin-yum-packages",
  meta: {
    type: "suggestion",
    schema: [],
    docs: {
      description: "Name the versions of packages that yum installs",
      why: "Without a version the same line installs something else next month.",
      category: "reproducibility",
      severity: "warning",
      recommended: false,
      strict: true,
      sources: [{ tool: "hadolint", id: "DL3033", match: "same" }],
      examples: [
        { bad: "FROM centos:7\nRUN yum install -y curl\n", good: "FROM centos:7\nRUN yum install -y curl-8.9.1\n" },
      ],
    },
    messages: { pin: "`{{package}}` is installed in whatever version there is that day; name one." },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      Run(node) {
        const { env, args } = facts.state(node);
        const isKnown = (name: string) => env.has(name) || args.has(name);
        for (const { command, packages } of installationsOf(facts.script(node), yum)) {
          const module = command.args.some(({ value }) => value === "module");
          if (command.args.some(({ value }) => value === "group")) continue;
          const loose = packages.find(({ value }) => (module ? !value.includes(":") : !hasRpmVersion(value, isKnown)));
          if (!loose) continue;
          context.report({ node: loose, messageId: "pin", data: { package: loose.value } });
          return;
        }
      },
    };
  },
});
