import { createRule, type ImageUse } from "@stagewright/core";
import { briefly } from "../shared/image-requests.ts";

interface Options {
  readonly syntax: boolean;
}

export default createRule<"addDigest" | "pin", Options>({
  name: "require-digest",
  meta: {
    type: "suggestion",
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: { syntax: { type: "boolean", description: "Also the image of `# syntax=`" } },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ syntax: false }],
    docs: {
      description: "Pin images by digest",
      why: "A tag is a name that its owner can move; a digest is the content itself. With a digest a build uses the same base tomorrow, and nobody can put another one under the name. `stagewright pin` writes the digests and keeps them fresh.",
      category: "reproducibility",
      severity: "warning",
      recommended: false,
      strict: true,
      sources: [],
      examples: [
        {
          bad: "FROM debian:13\n",
          good: "FROM debian:13@sha256:0d4a3ee6ee2a3bd0f9b5f4b0b4e6a5a9b9f6ee1a5e2c4bfaf8a7c7a2f5f1f6a1\n",
        },
      ],
    },
    messages: {
      addDigest: "`{{image}}` may be another image tomorrow; pin it by digest (`stagewright pin` does).",
      pin: "Pin to the digest that the registry gives for `{{image}}` now.",
    },
    requests: ({ facts }) =>
      facts.images.flatMap((use) => (use.request && isUnpinned(use) ? [briefly(use.request)] : [])),
  },
  create(context) {
    const { sourceCode } = context;
    const { facts, answers } = sourceCode;
    const [{ syntax }] = context.options;
    return {
      "Dockerfile:exit"() {
        for (const use of facts.images) {
          if ((use.where === "syntax" && !syntax) || !isUnpinned(use)) continue;
          const digest = use.request && answers.get(briefly(use.request))?.digest;
          const data = { image: use.text };
          context.report({
            node: use,
            messageId: "addDigest",
            data,
            suggest:
              digest && sourceCode.getText(use) === use.text && !use.text.includes("$")
                ? [{ messageId: "pin", data, fix: (fixer) => fixer.insertTextAfter(use, pinOf(use, digest)) }]
                : null,
          });
        }
      },
    };
  },
});

/** An image whose name is not known may be pinned by what its variable holds. */
const isUnpinned = ({ resolved }: ImageUse): boolean => resolved !== null && resolved.digest === null;

/** A digest alone would not say what to update it to. */
const pinOf = ({ resolved }: ImageUse, digest: string): string =>
  `${resolved?.tag === null ? ":latest" : ""}@${digest}`;
