import { createRule, type ImageUse, newestRelease } from "@stagewright/core";

interface Options {
  readonly resolve: boolean;
  readonly onlyFrom: boolean;
  readonly syntax: boolean;
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
          onlyFrom: {
            type: "boolean",
            description: "Look at FROM alone, not at `COPY --from` and `RUN --mount=from=`",
          },
          syntax: { type: "boolean", description: "Also the image of `# syntax=`" },
          movingTags: {
            type: "array",
            items: { type: "string" },
            description:
              "Further tags that move, such as `stable`, `edge`, `nightly` or `main`; `stable-*` stands for its flavours",
          },
          partialVersions: {
            type: "boolean",
            description: "Report versions without a minor part, such as `node:22`, which move with every release",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ resolve: true, onlyFrom: false, syntax: false, movingTags: [], partialVersions: false }],
    docs: {
      description: "Do not build on a tag that moves",
      why: "`latest` is a name that its owner moves to another image at every release. A build that works today breaks on a day when nothing changed in your repository. Name the version that you test with; a digest pins even the bytes.",
      category: "reproducibility",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3007", match: "same", options: { resolve: false, onlyFrom: true } }],
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
    const { sourceCode } = context;
    const { images } = sourceCode.facts;
    const [{ resolve, onlyFrom, syntax, movingTags, partialVersions }] = context.options;
    return {
      From({ image }) {
        // hadolint takes this for a tag as well.
        if (image?.tag && image.word.value === "scratch:latest") {
          context.report({ node: image.tag, messageId: "pinLatest", data: { image: image.word.value } });
        }
      },
      "Dockerfile:exit"() {
        for (const use of images) {
          if ((use.where === "syntax" && !syntax) || (use.where !== "from" && onlyFrom)) continue;
          const found = tagOf(use, resolve);
          if (!found) continue;
          const { tag, written } = found;
          const node = (written && use.tagPlace) || use;
          const data = { image: use.text, tag };
          if (tag === "latest") {
            const version = use.resolved && newestRelease(`${use.resolved.registry}/${use.resolved.repository}`);
            context.report({
              node,
              messageId: "pinLatest",
              data,
              // hadolint looks at FROM alone.
              ...(use.where !== "from" && { codes: [] }),
              suggest:
                node === use.tagPlace && version
                  ? [{ messageId: "useNewest", data: { version }, fix: (fixer) => fixer.replaceText(node, version) }]
                  : [],
            });
          } else if (movingTags.some((entry) => matches(tag, entry))) {
            context.report({ node, messageId: "pinMoving", data, codes: [] });
          } else if (partialVersions && /^v?\d+(?:-[a-z][\w.-]*)?$/.test(tag)) {
            context.report({ node, messageId: "pinPartial", data, codes: [] });
          }
        }
      },
    };
  },
});

/** The tag that a build takes; `null` for an image without one, and for one that a digest pins. */
function tagOf(
  { node, resolved }: ImageUse,
  resolve: boolean,
): { readonly tag: string; readonly written: boolean } | null {
  const written = node === null || node.word.variables.length === 0 || !resolve;
  const tag = node && written ? node.tag?.value : resolved?.tag;
  const digest = node && written ? node.digest : resolved?.digest;
  return tag && !digest ? { tag, written } : null;
}

const matches = (tag: string, entry: string): boolean =>
  entry.endsWith("*") ? tag.startsWith(entry.slice(0, -1)) : tag === entry;
