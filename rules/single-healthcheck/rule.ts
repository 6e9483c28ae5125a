import { createRule } from "@stagewright/core";
import { overridden } from "../shared/overridden.ts";

export default createRule<"removeEarlier", { readonly report: "earlier" | "later" }>({
  name: "single-healthcheck",
  meta: {
    type: "problem",
    fixable: "code",
    schema: [
      {
        type: "object",
        properties: {
          report: {
            enum: ["earlier", "later"],
            description: "Which of two HEALTHCHECK to report: the one without effect, or the one that overrides it",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ report: "earlier" }],
    docs: {
      description: "Write one HEALTHCHECK in a stage",
      why: "Only the last HEALTHCHECK of a stage has an effect. An earlier one misleads whoever reads it.",
      category: "correctness",
      severity: "warning",
      recommended: true,
      sources: [
        { tool: "hadolint", id: "DL3012", match: "same", severity: "error", options: { report: "later" } },
        { tool: "buildkit", id: "MultipleInstructionsDisallowed", match: "narrower", options: { report: "earlier" } },
      ],
      examples: [
        {
          bad: 'FROM debian:13\nHEALTHCHECK CMD ["one"]\nHEALTHCHECK CMD ["two"]\n',
          good: 'FROM debian:13\nHEALTHCHECK CMD ["two"]\n',
        },
      ],
      fix: { proof: "equal", changes: "instructions" },
    },
    messages: { removeEarlier: "Only the last HEALTHCHECK of a stage has an effect; remove the others." },
  },
  create(context) {
    return overridden(context, "Healthcheck", "removeEarlier");
  },
});
