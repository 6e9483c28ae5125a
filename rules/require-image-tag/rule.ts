import { createRule, newestRelease } from "@stagewright/core";

interface Options {
  readonly resolve: boolean;
  readonly onlyFrom: boolean;
  readonly syntax: boolean;
}

export default createRule<"addTag" | "addTagToDefault" | "useNewest", Options>({
  name: "require-image-tag",
  meta: {
    type: "problem",
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: {
          resolve: {
            type: "boolean",
            description:
              "Look through variables at the defaults of ARG; without it an image that begins with a variable is left alone",
          },
          onlyFrom: {
            type: "boolean",
            description: "Look at FROM alone, not at `COPY --from` and `RUN --mount=from=`",
          },
          syntax: { type: "boolean", description: "Also the image of `# syntax=`" },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ resolve: true, onlyFrom: false, syntax: false }],
    docs: {
      description: "Give every image a tag or a digest",
      why: "Without a tag Docker takes `latest`, which moves: the same Dockerfile builds something else next month, and nobody sees when it changed.\n\nStages, `scratch` and images with a digest need no tag. A variable is judged by its default: `FROM ${BASE}` is fine when `ARG BASE` names a tagged image.",
      category: "reproducibility",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3006", match: "same", options: { resolve: false, onlyFrom: true } }],
      examples: [
        { bad: "FROM debian\n", good: "FROM debian:13\n" },
        { bad: "ARG BASE=debian\nFROM ${BASE}\n", good: "ARG BASE=debian:13\nFROM ${BASE}\n" },
      ],
    },
    messages: {
      addTag: "`{{image}}` has no tag, so the build takes whatever `latest` is that day; add a tag or a digest.",
      addTagToDefault: "`{{image}}` stands for `{{resolved}}`, which has no tag; add a tag or a digest to the default.",
      useNewest: "Write `{{image}}:{{version}}`, if the build works with the newest release.",
    },
  },
  create(context) {
    const { sourceCode } = context;
    const [{ resolve, onlyFrom, syntax }] = context.options;
    return {
      "Dockerfile:exit"() {
        for (const use of sourceCode.facts.images) {
          const { where, node, resolved, text } = use;
          if ((where === "syntax" && !syntax) || (where !== "from" && onlyFrom)) continue;
          if (node?.tag || node?.digest) continue;
          const isPlain = !node || node.word.variables.length === 0;
          const lacksTag = resolved !== null && resolved.tag === null && resolved.digest === null;
          // What is no valid image is no image without a tag.
          if (resolve && isPlain && resolved === null) continue;
          if (isPlain && (node || lacksTag)) {
            const version = resolved && newestRelease(`${resolved.registry}/${resolved.repository}`);
            context.report({
              node: use,
              messageId: "addTag",
              data: { image: text },
              // hadolint looks at FROM alone.
              ...(where !== "from" && { codes: [] }),
              suggest:
                version !== null && sourceCode.getText(node?.repository ?? use) === (node?.repository.value ?? text)
                  ? [
                      {
                        messageId: "useNewest",
                        data: { image: text, version },
                        fix: (fixer) => fixer.insertTextAfter(node?.repository ?? use, `:${version}`),
                      },
                    ]
                  : [],
            });
          } else if (resolve && lacksTag) {
            context.report({
              node: use,
              messageId: "addTagToDefault",
              data: { image: text, resolved: resolved.familiar },
            });
          } else if (!resolve && node && !node.repository.value.startsWith("$")) {
            context.report({ node: use, messageId: "addTag", data: { image: text } });
          }
        }
      },
    };
  },
});
