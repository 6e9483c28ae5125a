import type { Instruction, Run } from "@stagewright/ast";
import { createRule } from "@stagewright/core";

export default createRule<"joinRuns" | "join">({
  name: "no-consecutive-run",
  meta: {
    type: "suggestion",
    hasSuggestions: true,
    schema: [],
    docs: {
      description: "Join RUNs that follow each other",
      why: "Each RUN is a layer, and a file that one makes and the next removes stays in the image. Against it speaks that separate RUNs are cached separately, so this rule is a matter of taste.",
      category: "size",
      severity: "info",
      recommended: false,
      strict: true,
      sources: [{ tool: "hadolint", id: "DL3059", match: "same" }],
      examples: [
        { bad: "FROM debian:13\nRUN touch /a\nRUN touch /b\n", good: "FROM debian:13\nRUN touch /a && touch /b\n" },
      ],
    },
    messages: {
      joinRuns: "This RUN could be part of the one before it.",
      join: "Join it to the RUN before with &&.",
    },
  },
  create(context) {
    const { sourceCode } = context;
    const { facts } = sourceCode;
    return {
      "Dockerfile:exit"() {
        for (const stage of facts.stages.all) {
          let before: Run | null = null;
          for (const node of stage.instructions) {
            if (before && isRun(node) && sameFlags(before, node) && isSmall(before) && isSmall(node))
              report(before, node);
            else {
              before = isRun(node) ? node : null;
              continue;
            }
            before = node;
          }
        }
      },
    };

    function report(before: Run, node: Run) {
      const adjacent = sourceCode.text.slice(before.range[1], node.command.range[0]);
      const plain = [before, node].every((run) => {
        const script = facts.script(run);
        if (!script || script.exec || script.broken || run.heredocs.length > 0) return false;
        // PowerShell 5, which images of Windows have, knows no `&&`.
        return script.shell.kind !== "powershell" && script.shell.kind !== "other";
      });
      context.report({
        node: node.keyword,
        messageId: "joinRuns",
        suggest:
          plain && /^\s*\S+\s+$/.test(adjacent) && !adjacent.includes("#")
            ? [
                {
                  messageId: "join",
                  fix: (fixer) =>
                    fixer.replaceTextRange(
                      [before.range[1], node.command.range[0]],
                      ` ${sourceCode.ast.escape}\n    && `,
                    ),
                },
              ]
            : [],
      });
    }

    function isSmall(run: Run): boolean {
      const script = facts.script(run);
      if (!script || script.broken) return true;
      const { exec, text, shell } = script;
      // Scripts of other shells, and those in the words of an exec form, have no commands here: what ends one is looked for.
      if (exec) return isOneCommand(exec.elements.map(({ value }) => value).join(" "));
      if (text && (shell.kind === "powershell" || shell.kind === "cmd")) return isOneCommand(text.value);
      return script.commands.filter(({ path }) => path !== "[" && !path.startsWith("$")).length <= 1;
    }

    function sameFlags(a: Run, b: Run): boolean {
      if (a.flags.length === 0 || b.flags.length === 0) return a.flags.length === b.flags.length;
      const flags = (run: Run) =>
        run.flags
          .map((flag) => sourceCode.getText(flag))
          .sort()
          .join(" ");
      return flags(a) === flags(b);
    }
  },
});

const isOneCommand = (text: string) => !/[;&|\n]/.test(text.replace(/"[^"]*"|'[^']*'/g, ""));

const isRun = (node: Instruction): node is Run => node.type === "Run";
