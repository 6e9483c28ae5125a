import { createRule } from "@stagewright/core";

export default createRule<"useLabel">({
  name: "no-maintainer",
  meta: {
    type: "suggestion",
    fixable: "code",
    schema: [],
    docs: {
      description: "Use a label in place of MAINTAINER",
      why: "MAINTAINER is deprecated: it sets a field that hardly any tool reads. The label `org.opencontainers.image.authors` is shown by registries and by `docker inspect`, and can be searched.",
      category: "deprecated",
      severity: "warning",
      recommended: true,
      sources: [
        { tool: "hadolint", id: "DL4000", match: "same", severity: "error" },
        { tool: "buildkit", id: "MaintainerDeprecated", match: "same" },
      ],
      examples: [
        {
          bad: "FROM debian:13\nMAINTAINER Ada Lovelace <ada@example.org>\n",
          good: 'FROM debian:13\nLABEL org.opencontainers.image.authors="Ada Lovelace <ada@example.org>"\n',
        },
      ],
      fix: {
        proof: "argued",
        reason:
          "The image's author field becomes a label with the same text. Nothing in a build reads either of them, and a label of that name that the file sets itself keeps the fix away.",
      },
    },
    messages: {
      useLabel: "MAINTAINER is deprecated; use `LABEL org.opencontainers.image.authors`.",
    },
  },
  create(context) {
    const { stages } = context.sourceCode.facts;
    return {
      Maintainer(node, parent) {
        if (parent?.type === "Onbuild") return;
        const { name } = node;
        const text = name?.value ?? "";
        const quoted = quote(text);
        const labelled = stages
          .of(node)
          ?.instructions.some(
            (other) =>
              other.type === "Label" && other.pairs.some(({ key }) => key.value === "org.opencontainers.image.authors"),
          );
        const keyword = node.keyword.value === node.keyword.value.toLowerCase() ? "label" : "LABEL";
        context.report({
          node: node.keyword,
          messageId: "useLabel",
          fix:
            name && quoted && !labelled
              ? (fixer) =>
                  fixer.replaceTextRange(
                    [node.keyword.range[0], name.range[1]],
                    `${keyword} org.opencontainers.image.authors=${quoted}`,
                  )
              : null,
        });
      },
    };
  },
});

/** In double quotes, or `null` for text that they would change. */
function quote(text: string): string | null {
  return text === "" || /["\\`$\n\r]/.test(text) ? null : `"${text}"`;
}
