import { createRule } from "@stagewright/core";
import { type Options, overridden, schemaFor } from "../shared/overridden.ts";

export default createRule<"removeEarlier", Options>({
  name: "single-healthcheck",
  meta: {
    type: "problem",
    fixable: "code",
    schema: schemaFor("HEALTHCHECK"),
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
