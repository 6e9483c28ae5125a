import { createRule, newestRelease } from "@stagewright/core";

interface Options {
  readonly resolve: boolean;
  readonly movingTags: readonly string[];
  readonly partialVersions: boolean;
}

export default createRule<"pinLatest" | "pinMoving" | "pinPartial" | "useNewest", Options>({
  name: "no-latest-tag",
  meta: {
    type: "problem",
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: {
          resolve: { type: "boolean", description: "Look through variables at the defaults of ARG" },
          movingTags: {
            type: "array",
            items: { type: "string" },
            description: "Further tags that move, such as `stable`, `edge`, `nightly` or `main`",
          },
          partialVersions: {
            type: "boolean",
            description: "Report versions without a minor part, such as `node:22`, which move with every release",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ resolve: true, movingTags: [], partialVersions: false }],
    docs: {
      description: "Do not build on a tag that moves",
      why: "`latest` is a name that its owner moves to another image at every release. A build that works today breaks on a day when nothing changed in your repository. Name the version that you test with; a digest pins even the bytes.",
      category: "reproducibility",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3007", match: "same", options: { resolve: false } }],
      examples: [
        { bad: "FROM debian:latest\n", good: "FROM debian:13\n" },
        { bad: "FROM node:22\n", good: "FROM node:22.12\n", options: { partialVersions: true } },
      ],
    },
    messages: {
      pinLatest: "`{{image}}` follows the tag `latest`, which moves; name a version.",
      pinMoving: "`{{image}}` follows the tag `{{tag}}`, which moves; name a version.",
      pinPartial: "`{{image}}` moves with every minor release; name the minor version too.",
      useNewest: "Write `{{version}}`, if the build works with the newest release.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    const [{ resolve, movingTags, partialVersions }] = context.options;
    return {
      From({ image }) {
        if (!image) return;
        const use = facts.images.find((candidate) => candidate.node === image);
        if (!use && image.word.value !== "scratch:latest") return;
        const written = image.word.variables.length === 0 || !resolve;
        const tag = written ? image.tag?.value : use?.resolved?.tag;
        const digest = written ? image.digest : use?.resolved?.digest;
        if (!tag || digest) return;
        const data = { image: image.word.value, tag };
        const node = (written && image.tag) || image;
        if (tag === "latest") {
          const version = use?.resolved && newestRelease(`${use.resolved.registry}/${use.resolved.repository}`);
          context.report({
            node,
            messageId: "pinLatest",
            data,
            suggest:
              image.tag && node === image.tag && version
                ? [{ messageId: "useNewest", data: { version }, fix: (fixer) => fixer.replaceText(node, version) }]
                : [],
          });
        } else if (movingTags.includes(tag)) context.report({ node, messageId: "pinMoving", data, codes: [] });
        else if (partialVersions && /^v?\d+(-[a-z][\w-]*)?$/.test(tag)) {
          context.report({ node, messageId: "pinPartial", data, codes: [] });
        }
      },
    };
  },
});
