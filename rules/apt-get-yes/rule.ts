import { type Command, createRule, hasFlag } from "@stagewright/core";
import { answerYes } from "../shared/answer-yes.ts";

export default createRule<"answerYes">({
  name: "apt-get-yes",
  meta: {
    type: "problem",
    fixable: "code",
    schema: [],
    docs: {
      description: "Let apt-get install without asking",
      why: "A build has nobody who could answer: apt-get asks whether to go on, reads the end of input, and stops.",
      category: "correctness",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3014", match: "same" }],
      examples: [
        {
          bad: "FROM debian:13\nRUN apt-get update && apt-get install curl\n",
          good: "FROM debian:13\nRUN apt-get update && apt-get install -y curl\n",
        },
      ],
      fix: {
        proof: "argued",
        reason: "With `-y` apt-get does what it would do after a yes; without an answer it stops the build.",
      },
    },
    messages: { answerYes: "`{{command}} {{action}}` asks before it installs, and a build cannot answer; add `-y`." },
  },
  create: (context) => answerYes(context, { commands: ["apt-get"], actions: ["install"], hasAnswer }, "answerYes"),
});

/** `-qq` implies `-y`; so does the setting APT::Get::Assume-Yes. */
function hasAnswer(command: Command): boolean {
  if (hasFlag(command, ["y", "yes", "assume-yes"])) return true;
  const quiet = command.args.reduce((count, { value }) => count + quietness(value), 0);
  return quiet >= 2 || command.args.some(({ value }) => /^APT::Get::Assume-Yes=(1|true|yes)$/i.test(value));
}

function quietness(word: string): number {
  if (word === "--quiet") return 1;
  const level = /^(?:-q|--quiet)=(\d+)$/.exec(word);
  if (level) return Number(level[1]);
  return /^-[a-z]+$/i.test(word) ? word.split("q").length - 1 : 0;
}
