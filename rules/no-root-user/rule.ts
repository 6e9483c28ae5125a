import type { Instruction } from "@stagewright/ast";
import { createRule } from "@stagewright/core";
import type { Stage, SuggestionDescriptor } from "@stagewright/core";
import { appendInstruction } from "../shared/append.ts";
import { type Options, schemaFor } from "../shared/stages-option.ts";
import { dropsRoot } from "./programs.ts";

export default createRule<"switchUser" | "setUser" | "useNobody", Options>({
  name: "no-root-user",
  meta: {
    type: "problem",
    hasSuggestions: true,
    schema: schemaFor("Look at the stage that becomes the image, or at every stage"),
    defaultOptions: [{ stages: "final" }],
    docs: {
      description: "Let the last USER of an image be somebody else than root",
      why: "A program that runs as root in its container is root for the kernel too: a hole in it is a bigger hole. Create a user, and switch to it after the last step that needs root.\n\nWithout any USER the rule reports images whose base is known to run as root, but not those that start a shell, a program that gives up root by itself (such as nginx, php-fpm or supervisord), or that hold `gosu` or `su-exec`.",
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
      if (user || which === "all" || !startsAsRoot(chain)) return;
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

    /** It starts something, for an image that does not is made to build on, and nothing shows that this gives up root. */
    function startsAsRoot(chain: readonly Stage[]): boolean {
      const starts = ["Entrypoint", "Cmd"].map((type) =>
        chain.map((stage) => stage.instructions.findLast((node) => node.type === type)).find((node) => node),
      );
      if (!starts.some((node) => node)) return false;
      const programs = starts.flatMap((node) => (node ? (facts.script(node)?.commands ?? []) : []));
      if (programs.some(dropsRoot)) return false;
      const mentions = (node: Instruction): boolean => dropping.test(context.sourceCode.getText(node));
      return !dropping.test(context.sourceCode.text) || !chain.some(({ instructions }) => instructions.some(mentions));
    }
  },
});

const dropping = /\b(?:gosu|su-exec)\b/;

/** The last USER of a stage, or of the nearest stage that it is built on. */
function lastUser(chain: readonly Stage[]) {
  for (const stage of chain) {
    const user = stage.instructions.findLast((node) => node.type === "User");
    if (user) return user;
  }
  return null;
}
