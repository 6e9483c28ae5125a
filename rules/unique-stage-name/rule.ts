import { createRule } from "@stagewright/core";
import { referencesTo } from "../shared/stage-references.ts";

interface Options {
  readonly ignoreCase: boolean;
}

export default createRule<"rename" | "renameTo", Options>({
  name: "unique-stage-name",
  meta: {
    type: "problem",
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: {
          ignoreCase: { type: "boolean", description: "Take `Build` and `build` as the same name, as BuildKit does" },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ ignoreCase: true }],
    docs: {
      description: "Give each stage a name of its own",
      why: "When two stages have the same name, whoever reads `COPY --from=build` cannot know which one is meant; BuildKit takes the last one before that line.",
      category: "correctness",
      severity: "error",
      recommended: true,
      sources: [
        { tool: "hadolint", id: "DL3024", match: "same", options: { ignoreCase: false } },
        {
          tool: "buildkit",
          id: "DuplicateStageName",
          match: "same",
          severity: "warning",
          options: { ignoreCase: true },
        },
      ],
      examples: [
        {
          bad: "FROM debian:13 AS build\nFROM alpine:3.22 AS build\n",
          good: "FROM debian:13 AS build\nFROM alpine:3.22 AS run\n",
        },
      ],
    },
    messages: {
      rename: "The name `{{name}}` is taken by the stage on line {{line}}; choose another one.",
      renameTo: "Call this stage `{{free}}`, in the lines that use it too.",
    },
  },
  create(context) {
    const [{ ignoreCase }] = context.options;
    const { stages } = context.sourceCode.facts;
    const lines = new Map<string, number>();
    return {
      "Dockerfile:exit"() {
        for (const each of stages.all) {
          const { stage } = each.from;
          if (!stage) continue;
          const key = ignoreCase ? stage.name : stage.value;
          const line = lines.get(key);
          if (line === undefined) {
            lines.set(key, stage.loc.start.line);
            continue;
          }
          const free = freeName(stage.value);
          context.report({
            node: stage,
            messageId: "rename",
            data: { name: stage.value, line },
            suggest: [
              {
                messageId: "renameTo",
                data: { free },
                fix: (fixer) => [
                  fixer.replaceText(stage, free),
                  ...referencesTo(stages, each).map((place) => fixer.replaceText(place, free)),
                ],
              },
            ],
          });
        }
      },
    };

    function freeName(name: string): string {
      for (let number = 2; ; number++) {
        const free = `${name}-${number}`;
        if (stages.find(free) === null) return free;
      }
    }
  },
});
