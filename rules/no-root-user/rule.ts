import { createRule } from "@stagewright/core";
import type { Stage } from "@stagewright/core";

interface Options {
  readonly stages: "final" | "all";
}

export default createRule<"switchUser", Options>({
  name: "no-root-user",
  meta: {
    type: "problem",
    schema: [
      {
        type: "object",
        properties: {
          stages: {
            enum: ["final", "all"],
            description: "Look at the stage that becomes the image, or at every stage",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ stages: "final" }],
    docs: {
      description: "Let the last USER of an image be somebody else than root",
      why: "A program that runs as root in its container is root for the kernel too: a hole in it is a bigger hole. Create a user, and switch to it after the last step that needs root.",
      category: "security",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3002", match: "same", options: { stages: "all" } }],
      examples: [
        {
          bad: 'FROM debian:13\nUSER root\nCMD ["/srv/app"]\n',
          good: 'FROM debian:13\nRUN useradd --system app\nUSER app\nCMD ["/srv/app"]\n',
        },
      ],
    },
    messages: { switchUser: "The image runs as root; switch to another user after this." },
  },
  create(context) {
    const { stages } = context.sourceCode.facts;
    const [{ stages: which }] = context.options;
    return {
      "Dockerfile:exit"() {
        const checked = which === "all" ? stages.all : stages.final ? [stages.final] : [];
        for (const stage of checked) {
          const user = lastUser(which === "all" ? [stage] : stages.chain(stage));
          const value = user?.user?.value;
          if (user?.user && value !== undefined && /^(root|0)(:|$)/.test(value)) {
            context.report({ node: user.user, messageId: "switchUser" });
          }
        }
      },
    };
  },
});

/** The last USER of a stage, or of the nearest stage that it is built on. */
function lastUser(chain: readonly Stage[]) {
  for (const stage of chain) {
    const user = stage.instructions.findLast((node) => node.type === "User");
    if (user) return user;
  }
  return null;
}
