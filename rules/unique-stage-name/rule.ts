import { createRule } from "@stagewright/core";

interface Options {
  readonly ignoreCase: boolean;
}

export default createRule<"rename", Options>({
  name: "unique-stage-name",
  meta: {
    type: "problem",
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
    },
  },
  create(context) {
    const [{ ignoreCase }] = context.options;
    const lines = new Map<string, number>();
    return {
      From({ stage }) {
        if (!stage) return;
        const key = ignoreCase ? stage.name : stage.value;
        const line = lines.get(key);
        if (line === undefined) lines.set(key, stage.loc.start.line);
        else context.report({ node: stage, messageId: "rename", data: { name: stage.value, line } });
      },
    };
  },
});
