import { commandsOf, createRule, hasFlag } from "@stagewright/core";
import { actionOf } from "../shared/action.ts";

export default createRule<"answerYes">({
  name: "zypper-non-interactive",
  meta: {
    type: "problem",
    fixable: "code",
    schema: [],
    docs: {
      description: "Let zypper install without asking",
      why: "A build has nobody who could answer: zypper asks whether to go on, reads the end of input, and stops.",
      category: "correctness",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3034", match: "same" }],
      examples: [
        {
          bad: "FROM opensuse/leap:15.6\nRUN zypper install curl\n",
          good: "FROM opensuse/leap:15.6\nRUN zypper -n install curl\n",
        },
      ],
      fix: {
        proof: "argued",
        reason:
          "With `-n` zypper takes the answer that it proposes, without asking; without an answer it stops the build.",
      },
    },
    messages: { answerYes: "`{{command}} {{action}}` asks before it installs, and a build cannot answer; add `-n`." },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      Run(node) {
        for (const command of commandsOf(facts.script(node), "zypper")) {
          const action = actionOf(command, ["install", "in", "remove", "rm", "source-install", "si", "patch"]);
          if (!action || hasFlag(command, yes)) continue;
          context.report({
            node: action,
            messageId: "answerYes",
            data: { command: command.name ?? "", action: action.value },
            fix: (fixer) => fixer.insertTextAfter(command.nameWord, " -n"),
          });
        }
      },
    };
  },
});

const yes = ["n", "non-interactive", "y", "no-confirm"];
