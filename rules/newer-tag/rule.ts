import { createRule, type ImageRequest, type ImageUse } from "@stagewright/core";
import { knownImages } from "../shared/known-images.ts";
import { findNewerTag } from "./tags.ts";

interface Options {
  readonly sameMajor: boolean;
}

export default createRule<"behind" | "update", Options>({
  name: "newer-tag",
  meta: {
    type: "suggestion",
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: {
          sameMajor: { type: "boolean", description: "Only look at tags with the same first number" },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ sameMajor: false }],
    docs: {
      description: "Use the newest tag of the image's flavour",
      why: "Old versions miss fixes. A tag is compared with those of the same flavour and scheme alone: `3.12-slim` with `3.13-slim`, not with `3.13` or `3.14.0rc1`. Registries are only asked when you allow it (`--online`); without an answer this rule says nothing.",
      category: "security",
      severity: "info",
      recommended: false,
      strict: true,
      sources: [],
      examples: [
        {
          bad: "FROM python:3.12-slim\n",
          good: "FROM python:3.14-slim\n",
          answers: knownImages({
            "docker.io/library/python:3.12-slim": {
              tags: ["3.12-slim", "3.13", "3.13-slim", "3.14-slim", "3.15.0rc1"],
            },
          }),
        },
      ],
    },
    messages: {
      behind: "`{{image}}` is {{distance}} behind `{{tag}}`.",
      update: "Use the tag `{{tag}}`, if your build works with it.",
    },
    requests: ({ facts }) =>
      facts.images.flatMap((use) => (isCandidate(use) && use.request ? [withTags(use.request)] : [])),
  },
  create(context) {
    const { sourceCode } = context;
    const { facts, answers } = sourceCode;
    const [{ sameMajor }] = context.options;
    return {
      "Dockerfile:exit"() {
        for (const use of facts.images) {
          const { request, resolved, tagPlace } = use;
          if (!request || !resolved?.tag || !isCandidate(use)) continue;
          const tags = answers.get(withTags(request))?.tags;
          const newer = tags ? findNewerTag(resolved.tag, tags, sameMajor) : null;
          if (!newer) continue;
          const tag = tagPlace && sourceCode.getText(tagPlace) === resolved.tag ? tagPlace : null;
          const data = { image: use.text, tag: newer.tag, distance: newer.distance };
          context.report({
            node: tag ?? use,
            messageId: "behind",
            data,
            // A digest belongs to the old tag.
            suggest:
              tag && resolved.digest === null
                ? [{ messageId: "update", data, fix: (fixer) => fixer.replaceText(tag, newer.tag) }]
                : null,
          });
        }
      },
    };
  },
});

const isCandidate = ({ where, resolved }: ImageUse): boolean => where !== "syntax" && /\d/.test(resolved?.tag ?? "");

const withTags = (request: ImageRequest): ImageRequest => ({ ...request, details: ["tags"] });
