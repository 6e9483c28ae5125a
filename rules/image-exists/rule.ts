import { createRule, type ImageRequest, type SourceCode } from "@stagewright/core";
import { briefly } from "../shared/image-requests.ts";
import { knownImages } from "../shared/known-images.ts";

export default createRule<"missing">({
  name: "image-exists",
  meta: {
    type: "problem",
    schema: [],
    docs: {
      description: "Name images that exist",
      why: "A wrong name or a tag that was removed fails the build at its first step. Registries are only asked when you allow it (`--online`); without an answer this rule says nothing.",
      category: "correctness",
      severity: "error",
      recommended: true,
      sources: [],
      examples: [
        {
          bad: "FROM debian:31\n",
          good: "FROM debian:13\n",
          answers: knownImages({
            "docker.io/library/debian:31": { exists: false },
            "docker.io/library/debian:13": {},
          }),
        },
      ],
    },
    messages: {
      missing: "`{{image}}` does not exist in `{{registry}}`; check the name and the {{what}}.",
    },
    requests: (sourceCode) => requestsOf(sourceCode),
  },
  create(context) {
    const { sourceCode } = context;
    return {
      "Dockerfile:exit"() {
        for (const use of sourceCode.facts.images) {
          if (!use.request || !use.resolved) continue;
          const answer = sourceCode.answers.get(briefly(use.request));
          if (!answer || answer.exists) continue;
          const { registry, digest } = use.resolved;
          const what = digest === null ? "tag" : "digest";
          context.report({ node: use, messageId: "missing", data: { image: use.text, registry, what } });
        }
      },
    };
  },
});

const requestsOf = ({ facts }: SourceCode): readonly ImageRequest[] =>
  facts.images.flatMap(({ request }) => (request ? [briefly(request)] : []));
