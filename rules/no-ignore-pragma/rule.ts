import type { Comment, Range } from "@stagewright/ast";
import { createRule } from "@stagewright/core";

export default createRule<"removePragma" | "deleteComment">({
  name: "no-ignore-pragma",
  meta: {
    type: "suggestion",
    hasSuggestions: true,
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
    messages: {
      removePragma: "This comment silences {{codes}}; settle it in the configuration.",
      deleteComment: "Delete the comment.",
    },
  },
  create(context) {
    const { text } = context.sourceCode;
    return {
      Dockerfile({ comments }) {
        for (const comment of comments) {
          const codes = /^\s*hadolint\s+ignore\s*=\s*([DLSC\d]+(?:\s*,\s*[DLSC\d]+)*)\s*(?:#.*)?$/.exec(
            comment.value,
          )?.[1];
          if (codes !== undefined && !comment.inside)
            context.report({
              node: comment,
              messageId: "removePragma",
              data: { codes },
              suggest: [{ messageId: "deleteComment", fix: (fixer) => fixer.removeRange(lineOf(comment)) }],
            });
        }
      },
    };

    function lineOf({ range: [start, end] }: Comment): Range {
      const [indent = ""] = /[ \t]*$/.exec(text.slice(0, start)) ?? [];
      const [rest = ""] = /^\r?\n/.exec(text.slice(end)) ?? [];
      return [start - indent.length, end + rest.length];
    }
  },
});
