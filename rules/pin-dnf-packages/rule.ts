import { createRule } from "@stagewright/core";
import { dnf } from "../shared/package-managers.ts";
import { looseRpm } from "../shared/rpm.ts";

export default createRule<"pin">({
  name: "pin-dnf-packages",
  meta: {
    type: "suggestion",
    schema: [],
    docs: {
      description: "Name the versions of packages that dnf installs",
      why: "Without a version the same line installs something else next month.",
      category: "reproducibility",
      severity: "warning",
      recommended: false,
      strict: true,
      sources: [{ tool: "hadolint", id: "DL3041", match: "same" }],
      examples: [
        { bad: "FROM fedora:43\nRUN dnf install -y curl\n", good: "FROM fedora:43\nRUN dnf install -y curl-8.9.1\n" },
      ],
    },
    messages: { pin: "`{{package}}` is installed in whatever version there is that day; name one." },
  },
  create: (context) => looseRpm(context, dnf, "pin"),
});
