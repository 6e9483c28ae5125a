import { createRule } from "@stagewright/core";
import { type Options, overridden, schemaFor } from "../shared/overridden.ts";

export default createRule<"removeEarlier", Options>({
  name: "single-cmd",
  meta: {
    type: "problem",
    fixable: "code",
    schema: schemaFor("CMD"),
    defaultOptions: [{ report: "earlier" }],
    docs: {
      description: "Write one CMD in a stage",
      why: "Only the last CMD of a stage has an effect. An earlier one misleads whoever reads it.",
      category: "correctness",
      severity: "warning",
      recommended: true,
      sources: [
        { tool: "hadolint", id: "DL4003", match: "same", options: { report: "later" } },
        { tool: "buildkit", id: "MultipleInstructionsDisallowed", match: "narrower", options: { report: "earlier" } },
      ],
      examples: [
        {
          bad: 'FROM debian:13\nCMD ["one"]\nCMD ["two"]\n',
          good: 'FROM debian:13\nCMD ["two"]\n',
        },
      ],
      fix: { proof: "equal", changes: "instructions" },
    },
    messages: { removeEarlier: "Only the last CMD of a stage has an effect; remove the others." },
  },
  create(context) {
    return overridden(context, "Cmd", "removeEarlier");
  },
});
