import { createRule } from "@stagewright/core";
import type { Stage } from "@stagewright/core";
import { appendInstruction } from "../shared/append.ts";
import { type Options, schemaFor } from "../shared/stages-option.ts";

export default createRule<"addHealthcheck" | "sayNone", Options>({
  name: "require-healthcheck",
  meta: {
    type: "suggestion",
    hasSuggestions: true,
    schema: schemaFor("Look at the stage that becomes the image, or at every stage"),
    defaultOptions: [{ stages: "final" }],
    docs: {
      description: "Say how the health of a container is checked",
      why: "Docker and Swarm restart a container that has stopped answering only when HEALTHCHECK tells them how to ask. Kubernetes does not read it and has probes of its own, so this is a choice.",
      category: "correctness",
      severity: "info",
      recommended: false,
      sources: [{ tool: "hadolint", id: "DL3057", match: "same", severity: "off", options: { stages: "all" } }],
      examples: [
        {
          bad: 'FROM nginx:1.29\nCMD ["nginx"]\n',
          good: 'FROM nginx:1.29\nHEALTHCHECK CMD ["curl", "-f", "http://localhost"]\nCMD ["nginx"]\n',
        },
      ],
    },
    messages: {
      addHealthcheck: "This image has no HEALTHCHECK; add one, or `HEALTHCHECK NONE`.",
      sayNone: "End the stage with `HEALTHCHECK NONE`, if something else looks after it.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    const { stages } = facts;
    const [{ stages: which }] = context.options;
    return {
      "Dockerfile:exit"() {
        const checking = stages.all.filter(checksHealth);
        const covered = new Set(
          stages.all.map(stages.chain).flatMap((chain) => (chain.some((each) => checking.includes(each)) ? chain : [])),
        );
        const checked = which === "all" ? stages.all : stages.final ? [stages.final] : [];
        for (const stage of checked) {
          if (covered.has(stage)) continue;
          context.report({
            node: stage.from.image ?? stage.from.keyword,
            messageId: "addHealthcheck",
            suggest: [{ messageId: "sayNone", fix: (fixer) => appendInstruction(fixer, stage, "HEALTHCHECK", "NONE") }],
          });
        }
      },
    };

    function checksHealth(stage: Stage): boolean {
      if (stage.instructions.some(({ type }) => type === "Healthcheck")) return true;
      if (stage.base.kind !== "image") return false;
      const { healthcheck, triggers } = facts.base(stage.from);
      return healthcheck === true || triggers.some(({ type }) => type === "Healthcheck");
    }
  },
});
