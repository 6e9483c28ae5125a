import type { Run } from "@stagewright/ast";
import { commandsOf, createRule } from "@stagewright/core";

export default createRule<"useOne">({
  name: "no-curl-and-wget",
  meta: {
    type: "suggestion",
    schema: [],
    docs: {
      description: "Use either curl or wget in a stage, not both",
      why: "Both do the same, and each brings its libraries. One of them is enough.",
      category: "size",
      severity: "warning",
      recommended: false,
      strict: true,
      sources: [{ tool: "hadolint", id: "DL4001", match: "same" }],
      examples: [
        {
          bad: "FROM debian:13\nRUN curl -O https://example.org/a\nRUN wget -q https://example.org/b\n",
          good: "FROM debian:13\nRUN curl -O https://example.org/a\nRUN curl -O https://example.org/b\n",
        },
      ],
    },
    messages: { useOne: "This stage downloads with `curl` and with `wget`; use one of them." },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      "Dockerfile:exit"() {
        for (const stage of facts.stages.all) {
          report(stage.instructions.filter((node) => node.type === "Run"));
          report(
            stage.instructions.flatMap((node) =>
              node.type === "Onbuild" && node.instruction?.type === "Run" ? node.instruction : [],
            ),
          );
        }
      },
    };

    /** From the RUN on in which the second of the two appears, one finding a RUN. */
    function report(runs: readonly Run[]) {
      const seen = new Set<string>();
      for (const run of runs) {
        const downloads = commandsOf(facts.script(run), ["curl", "wget"]);
        for (const { name } of downloads) seen.add(name ?? "");
        const node = downloads.at(-1);
        if (node && seen.size > 1) context.report({ node: node.nameWord, messageId: "useOne" });
      }
    }
  },
});
