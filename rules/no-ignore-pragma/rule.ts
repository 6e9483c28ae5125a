import { createRule } from "@stagewright/core";

export default createRule<"removePragma">({
  name: "no-ignore-pragma",
  meta: {
    type: "suggestion",
    schema: [],
    docs: {
      description: "Do not silence hadolint's rules in comments",
      why: "For teams that want exceptions in one configuration and not spread over their files.",
      category: "style",
      severity: "info",
      recommended: false,
      sources: [{ tool: "hadolint", id: "DL1001", match: "same", severity: "off" }],
      examples: [{ bad: "# hadolint ignore=DL3006\nFROM debian\n" }],
    },
    messages: { removePragma: "This comment silences {{codes}}; settle it in the configuration." },
  },
  create(context) {
    return {
      Dockerfile({ comments }) {
        for (const comment of comments) {
          const codes = /^\s*hadolint\s+ignore\s*=\s*([DLSC\d]+(?:\s*,\s*[DLSC\d]+)*)\s*(?:#.*)?$/.exec(
            comment.value,
          )?.[1];
          if (codes !== undefined && !comment.inside)
            context.report({ node: comment, messageId: "removePragma", data: { codes } });
        }
      },
    };
  },
});
