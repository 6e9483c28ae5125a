import { createRule, isTarget, type Stage } from "@stagewright/core";

export default createRule<"useOrRemove" | "nameOrRemove">({
  name: "no-unused-stage",
  meta: {
    type: "problem",
    schema: [],
    docs: {
      description: "Use every stage, or remove it",
      why: "Only the last stage and those that it needs become part of the image. A stage without a name that nothing copies from and nothing is built on is never built: whoever wrote it likely thought that several FROM are merged.\n\nStages with a name may be built with `--target`. They are reported only where it is known how the Dockerfile is built: a Compose or Bake file builds it, or a file of CI, a Makefile or a script names one of its stages, and none of them names this one. Stages in `settings.targets` count as named.",
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
      useOrRemove:
        "Nothing uses this stage, so it is never built, and nothing of it is in the image; copy from it, build on it, or remove it.",
      nameOrRemove:
        "Nothing uses the stage `{{name}}`, and no Compose, Bake or CI file names it as a target; remove it or build it.",
    },
  },
  create(context) {
    const { stages } = context.sourceCode.facts;
    const { targets = [], usedTargets } = context.settings;
    return {
      "Dockerfile:exit"() {
        if (stages.all.length < 2) return;
        const used = new Set(stages.all.filter(isRoot).flatMap((stage) => [...stages.needed(stage)]));
        for (const stage of stages.all) {
          if (used.has(stage)) continue;
          const { name, from } = stage;
          context.report({
            node: (name !== null && from.stage) || (from.image ?? from.keyword),
            messageId: name === null ? "useOrRemove" : "nameOrRemove",
            data: { name: name ?? "" },
          });
        }
      },
    };

    function isRoot({ name, index }: Stage): boolean {
      const built = [...targets, ...(usedTargets ?? [])];
      if (index === stages.final?.index || isTarget(built, String(index))) return true;
      return name !== null && (usedTargets === undefined || isTarget(built, name));
    }
  },
});
