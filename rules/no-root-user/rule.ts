import { createRule } from "@stagewright/core";
import type { Stage, SuggestionDescriptor } from "@stagewright/core";
import { appendInstruction } from "../shared/append.ts";

interface Options {
  readonly stages: "final" | "all";
}

export default createRule<"switchUser" | "setUser" | "useNobody", Options>({
  name: "no-root-user",
  meta: {
    type: "problem",
    hasSuggestions: true,
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
    messages: {
      switchUser: "The image runs as root; switch to another user after this.",
      setUser: "Nothing sets another user, and `{{image}}` runs as root; create a user and switch to it with USER.",
      useNobody: "End the stage with `USER nobody`, if the program can run as that user.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    const { stages } = facts;
    const [{ stages: which }] = context.options;
    return {
      "Dockerfile:exit"() {
        const checked = which === "all" ? stages.all : stages.final ? [stages.final] : [];
        for (const stage of checked) check(stage, which === "all" ? [stage] : stages.chain(stage));
      },
    };

    function check(stage: Stage, chain: readonly Stage[]) {
      const { user } = lastUser(chain) ?? {};
      const suggest: SuggestionDescriptor<"useNobody">[] = [
        { messageId: "useNobody", fix: (fixer) => appendInstruction(fixer, stage, "USER", "nobody") },
      ];
      if (user && /^(root|0)(:|$)/.test(user.value)) context.report({ node: user, messageId: "switchUser", suggest });
      if (user || which === "all" || !chain.some(startsSomething)) return;
      const from = chain.at(-1)?.from ?? stage.from;
      const { image } = from;
      const { root, triggers } = facts.base(from);
      if (!image || root !== true || triggers.some(({ type }) => type === "User")) return;
      context.report({
        node: stage.from.image ?? image,
        messageId: "setUser",
        data: { image: image.word.value },
        suggest,
      });
    }
  },
});

/** An image without one is made to build on. */
const startsSomething = (stage: Stage) =>
  stage.instructions.some(({ type }) => type === "Cmd" || type === "Entrypoint");

/** The last USER of a stage, or of the nearest stage that it is built on. */
function lastUser(chain: readonly Stage[]) {
  for (const stage of chain) {
    const user = stage.instructions.findLast((node) => node.type === "User");
    if (user) return user;
  }
  return null;
}
