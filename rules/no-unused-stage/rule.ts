import { createRule } from "@stagewright/core";

export default createRule<"useOrRemove">({
  name: "no-unused-stage",
  meta: {
    type: "problem",
    schema: [],
    docs: {
      description: "Use every stage, or remove it",
      why: "Only the last stage and those that it needs become part of the image. A stage without a name that nothing copies from and nothing is built on is never built: whoever wrote it likely thought that several FROM are merged.\n\nStages with a name may be built with `--target`, so they are left alone.",
      category: "correctness",
      severity: "warning",
      recommended: true,
      sources: [],
      examples: [
        {
          bad: 'FROM python:3.13\nRUN pip install flask\n\nFROM debian:13\nCMD ["true"]\n',
          good: 'FROM python:3.13\nRUN pip install flask\nCMD ["true"]\n',
        },
      ],
    },
    messages: {
      useOrRemove: "Nothing uses this stage, so it is never built; several FROM are not merged into one image.",
    },
  },
  create(context) {
    const { stages } = context.sourceCode.facts;
    const { targets = [], usedTargets = [] } = context.settings;
    const built = new Set([...targets, ...usedTargets]);
    return {
      "Dockerfile:exit"() {
        if (!stages.final) return;
        const used = new Set(stages.all.filter(isRoot).flatMap((stage) => [...stages.needed(stage)]));
        for (const stage of stages.all) {
          if (!used.has(stage))
            context.report({ node: stage.from.image ?? stage.from.keyword, messageId: "useOrRemove" });
        }
      },
    };

    function isRoot(stage: (typeof stages.all)[number]): boolean {
      return stage === stages.final || stage.name !== null || built.has(String(stage.index));
    }
  },
});
