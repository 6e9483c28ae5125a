import { createRule, parseImage, type Stage } from "@stagewright/core";

interface Options {
  readonly images: boolean;
}

export default createRule<"nameStage" | "noImage" | "nameNearStage" | "useNearStage" | "noStageAtIndex", Options>({
  name: "no-unknown-stage",
  meta: {
    type: "problem",
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: {
          images: {
            type: "boolean",
            description:
              "Report every name without a tag that is no stage, also where an image of that name may be meant",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ images: false }],
    docs: {
      description: "Let COPY --from and mounts name a stage that exists",
      why: "A name that is no earlier stage is taken as an image, and the build goes to a registry for it. Most often it is a misspelt stage, or one that only comes later.",
      category: "correctness",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3022", match: "same", options: { images: true } }],
      examples: [
        {
          bad: "FROM golang:1.24 AS build\nRUN go build -o /app .\n\nFROM scratch\nCOPY --from=biuld /app /app\n",
          good: "FROM golang:1.24 AS build\nRUN go build -o /app .\n\nFROM scratch\nCOPY --from=build /app /app\n",
        },
      ],
    },
    messages: {
      nameStage:
        "`{{name}}` is no earlier stage, so an image of that name is pulled; name a stage, or give the image a tag.",
      noImage:
        "`{{name}}` is no earlier stage and cannot be the name of an image, so BuildKit refuses the file; images have names in lower case.",
      nameNearStage: "`{{name}}` is no earlier stage; did you mean `{{near}}`?",
      useNearStage: "Write `{{near}}`, if that stage is meant.",
      noStageAtIndex: "There is no stage {{name}} before this one; {{known}}.",
    },
  },
  create(context) {
    const { stages } = context.sourceCode.facts;
    const [{ images }] = context.options;
    return {
      "Dockerfile:exit"() {
        for (const stage of stages.all) {
          for (const use of stage.uses) {
            const { instruction, text: name } = use;
            if (use.target || !(instruction.type === "Copy" || (instruction.type === "Run" && !images))) continue;
            // hadolint looks at COPY alone.
            const codes = instruction.type === "Copy" ? {} : { codes: [] };
            if (use.byIndex) {
              const data = { name, known: numbersBefore(stage) };
              if (Number(name) !== stage.index) context.report({ node: use, messageId: "noStageAtIndex", data });
              continue;
            }
            if (name === stage.name) continue;
            const isImage = name === "scratch" || parseImage(name) !== null || /\$./.test(name);
            if (isImage && (name.includes(":") || (name.includes("$") && !images))) continue;
            const near = stages.near(name, stage);
            if (near) {
              context.report({
                node: use,
                messageId: "nameNearStage",
                ...codes,
                data: { name, near },
                suggest: [
                  {
                    messageId: "useNearStage",
                    data: { near },
                    fix: (fixer) => fixer.replaceText(use, near),
                  },
                ],
              });
            } else if (isLaterStage(name, stage.index)) {
              context.report({ node: use, messageId: "nameStage", data: { name }, ...codes });
            } else if (!isImage) {
              // hadolint takes what has a tag for an image.
              context.report({
                node: use,
                messageId: "noImage",
                data: { name },
                ...(name.includes(":") ? { codes: [] } : codes),
              });
            } else if (images) {
              context.report({ node: use, messageId: "nameStage", data: { name }, ...codes });
            }
          }
        }
      },
    };

    function isLaterStage(name: string, index: number): boolean {
      return stages.all.slice(index + 1).some((stage) => stage.name === name.toLowerCase());
    }
  },
});

/** What numbers the stages before one have. */
function numbersBefore({ index }: Stage): string {
  if (index === 0) return "it is the first";
  return index === 1 ? "the only one there has the number 0" : `those there have the numbers 0 to ${index - 1}`;
}
