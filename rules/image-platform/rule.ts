import { createRule, formatPlatform, type ImageUse, isPlatformServed, parsePlatform } from "@stagewright/core";
import { briefly } from "../shared/image-requests.ts";
import { knownImages } from "../shared/known-images.ts";

interface Options {
  readonly platforms: readonly string[];
}

export default createRule<"notOffered", Options>({
  name: "image-platform",
  meta: {
    type: "problem",
    schema: [
      {
        type: "object",
        properties: {
          platforms: {
            type: "array",
            items: { type: "string", pattern: "^[a-z]+/\\w+(?:/\\w+)?$" },
            description:
              "What you build for, such as `linux/arm64`: every base image without `--platform` has to offer all of them",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ platforms: [] }],
    docs: {
      description: "Use base images that exist for the platform",
      why: "An image for another platform either stops the build or, worse, gets into the result and fails when it is started. Registries are only asked when you allow it (`--online`); without an answer this rule says nothing.",
      category: "correctness",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "buildkit", id: "InvalidBaseImagePlatform", match: "narrower" }],
      examples: [
        {
          bad: "FROM --platform=linux/amd64 arm64v8/debian:13\n",
          good: "FROM --platform=linux/arm64 arm64v8/debian:13\n",
          answers: knownImages({ "docker.io/arm64v8/debian:13": { platforms: ["linux/arm64"] } }),
        },
      ],
    },
    messages: {
      notOffered: "`{{image}}` does not exist for {{platform}}, only for {{offered}}.",
    },
    requests: ({ facts }) => facts.images.flatMap(({ request }) => (request ? [briefly(request)] : [])),
  },
  create(context) {
    const { facts, answers } = context.sourceCode;
    const [{ platforms }] = context.options;
    return {
      "Dockerfile:exit"() {
        for (const use of facts.images) {
          const answer = use.request && answers.get(briefly(use.request));
          if (!answer?.exists || answer.platforms.length === 0) continue;
          const offered = answer.platforms.flatMap((text) => parsePlatform(text) ?? []);
          const missing = wantedBy(use, platforms)
            .flatMap((text) => parsePlatform(text) ?? [])
            .find((wanted) => !offered.some((one) => isPlatformServed(wanted, one)));
          if (!missing) continue;
          context.report({
            node: use,
            messageId: "notOffered",
            data: {
              image: use.text,
              platform: `\`${formatPlatform(missing)}\``,
              offered: answer.platforms.map((platform) => `\`${platform}\``).join(", "),
            },
          });
        }
      },
    };
  },
});

/** What `--platform` says; without it, what is built for. A variable without a value says nothing. */
function wantedBy({ where, instruction, request }: ImageUse, platforms: readonly string[]): readonly string[] {
  if (where === "syntax") return [];
  if (request?.platform) return [request.platform];
  const flag = instruction?.type === "From" ? instruction.flags.find(({ name }) => name === "platform") : undefined;
  const isTarget = !flag || /^\$\{?TARGETPLATFORM\}?$/.test(flag.value?.value ?? "");
  return isTarget ? platforms : [];
}
