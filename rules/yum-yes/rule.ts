import { createRule, hasFlag } from "@stagewright/core";
import { answerYes } from "../shared/answer-yes.ts";

export default createRule<"answerYes">({
  name: "yum-yes",
  meta: {
    type: "problem",
    fixable: "code",
    schema: [],
    docs: {
      description: "Let yum install without asking",
      why: "A build has nobody who could answer: yum asks whether to go on, reads the end of input, and stops.",
      category: "correctness",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3030", match: "same" }],
      examples: [{ bad: "FROM centos:7\nRUN yum install curl\n", good: "FROM centos:7\nRUN yum install -y curl\n" }],
      fix: {
        proof: "argued",
        reason: "With `-y` yum does what it would do after a yes; without an answer it stops the build.",
      },
    },
    messages: { answerYes: "`{{command}} {{action}}` asks before it installs, and a build cannot answer; add `-y`." },
  },
  create: (context) =>
    answerYes(
      context,
      {
        commands: ["yum"],
        actions: ["install", "groupinstall", "localinstall"],
        hasAnswer: (command) => hasFlag(command, ["y", "assumeyes"]),
      },
      "answerYes",
    ),
});
