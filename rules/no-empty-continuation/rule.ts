import { createRule } from "@stagewright/core";
import type { Instruction, Range } from "@stagewright/ast";

export default createRule<"removeLine">({
  name: "no-empty-continuation",
  meta: {
    type: "layout",
    fixable: "code",
    schema: [],
    docs: {
      description: "Leave no empty line inside a continued instruction",
      why: "An empty line after a `\\` looks like the end of the instruction, yet it goes on. Docker has announced that it will become an error.",
      category: "deprecated",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "buildkit", id: "NoEmptyContinuation", match: "same" }],
      examples: [
        {
          bad: "FROM debian:13\nRUN echo a && \\\n\n    echo b\n",
          good: "FROM debian:13\nRUN echo a && \\\n    echo b\n",
        },
      ],
      fix: { proof: "equal" },
    },
    messages: {
      removeLine: "This line is empty although the instruction goes on; remove it.",
    },
  },
  create(context) {
    const { sourceCode } = context;
    return {
      Dockerfile({ instructions }) {
        for (const node of instructions) {
          const empty = emptyLines(node);
          const [first] = empty;
          if (!first) continue;
          context.report({
            loc: sourceCode.locate([first[0], first[0]]),
            messageId: "removeLine",
            fix: (fixer) => empty.map((range) => fixer.removeRange(range)),
          });
        }
      },
    };

    /** Blank lines with their line ends, between the first line and the last one that is not a heredoc's. */
    function emptyLines(node: Instruction): Range[] {
      const heredoc = "heredocs" in node ? node.heredocs[0] : undefined;
      const lastLine = heredoc ? heredoc.loc.start.line : node.loc.end.line;
      const ranges: Range[] = [];
      for (let line = node.loc.start.line + 1; line < lastLine; line++) {
        if (sourceCode.lines[line - 1]?.trim() !== "") continue;
        ranges.push([
          sourceCode.getIndexFromLoc({ line, column: 1 }),
          sourceCode.getIndexFromLoc({ line: line + 1, column: 1 }),
        ]);
      }
      return ranges;
    }
  },
});
