import { createRule, newestRelease } from "@stagewright/core";

interface Options {
  readonly resolve: boolean;
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
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ resolve: true }],
    docs: {
      description: "Give every base image a tag or a digest",
      why: "Without a tag Docker takes `latest`, which moves: the same Dockerfile builds something else next month, and nobody sees when it changed.\n\nStages, `scratch` and images with a digest need no tag. A variable is judged by its default: `FROM ${BASE}` is fine when `ARG BASE` names a tagged image.",
      category: "reproducibility",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3006", match: "same", options: { resolve: false } }],
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
    const { facts } = context.sourceCode;
    const [{ resolve }] = context.options;
    return {
      From({ image }) {
        if (!image || image.tag || image.digest) return;
        const use = facts.images.find((candidate) => candidate.node === image);
        if (!use) return;
        const text = image.word.value;
        if (image.word.variables.length === 0) {
          const version = use.resolved && newestRelease(`${use.resolved.registry}/${use.resolved.repository}`);
          context.report({
            node: image,
            messageId: "addTag",
            data: { image: text },
            suggest:
              version === null
                ? []
                : [
                    {
                      messageId: "useNewest",
                      data: { image: text, version },
                      fix: (fixer) => fixer.insertTextAfter(image.repository, `:${version}`),
                    },
                  ],
          });
        } else if (resolve) {
          const { resolved } = use;
          if (!resolved || resolved.tag !== null || resolved.digest !== null) return;
          context.report({
            node: image,
            messageId: "addTagToDefault",
            data: { image: text, resolved: resolved.familiar },
          });
        } else if (!image.repository.value.startsWith("$")) {
          context.report({ node: image, messageId: "addTag", data: { image: text } });
        }
      },
    };
  },
});
