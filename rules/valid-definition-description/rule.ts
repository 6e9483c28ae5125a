import type { Instruction } from "@stagewright/ast";
import { createRule } from "@stagewright/core";

export default createRule<"beginWithName" | "insertName">({
  name: "valid-definition-description",
  meta: {
    type: "suggestion",
    hasSuggestions: true,
    schema: [],
    docs: {
      description: "Begin the comment above an ARG or a named FROM with its name",
      why: "`docker build --call=outline` shows such a comment as the description of the argument or of the target, when its last line begins with the name.",
      category: "style",
      severity: "style",
      recommended: false,
      sources: [{ tool: "buildkit", id: "InvalidDefinitionDescription", match: "same", severity: "off" }],
      examples: [
        {
          bad: "# The version to install.\nARG VERSION=1\nFROM alpine:3.22\n",
          good: "# VERSION is the version to install.\nARG VERSION=1\nFROM alpine:3.22\n",
        },
      ],
    },
    messages: {
      beginWithName: "Begin the comment with `{{name}} ` to describe it, or put an empty comment below it.",
      insertName: "Begin the comment with `{{name}} `, if it describes it.",
    },
  },
  create(context) {
    const { sourceCode } = context;
    return {
      Arg(node) {
        check(
          node,
          node.pairs.map(({ key }) => key.value),
        );
      },
      From(node) {
        if (node.stage) check(node, [node.stage.value]);
      },
    };

    /** The last comment line above it, blank lines between them passed over. */
    function check(node: Instruction, names: readonly string[]) {
      const [name] = names;
      let line = node.loc.start.line - 1;
      while (line > 0 && sourceCode.lines[line - 1]?.trim() === "") line--;
      const comment = sourceCode.comments.find((each) => each.loc.start.line === line && !each.inside);
      if (!comment || name === undefined) return;
      const text = comment.value.trim();
      if (text === "" || names.some((each) => text.startsWith(`${each} `))) return;
      const start = comment.range[0] + sourceCode.getText(comment).indexOf(text);
      context.report({
        node: comment,
        messageId: "beginWithName",
        data: { name },
        suggest: [
          {
            messageId: "insertName",
            data: { name },
            fix: (fixer) => fixer.insertTextBeforeRange([start, start], `${name} `),
          },
        ],
      });
    }
  },
});
