import { createRule } from "@stagewright/core";
import { yum } from "../shared/package-managers.ts";
import { looseRpm } from "../shared/rpm.ts";

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
  create: (context) => looseRpm(context, yum, "pin"),
});
