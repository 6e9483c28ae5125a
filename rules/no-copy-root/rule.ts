import { createRule } from "@stagewright/core";

export default createRule<"namePaths">({
  name: "no-copy-root",
  meta: {
    type: "suggestion",
    schema: [],
    docs: {
      description: "Do not copy the whole root of another stage",
      why: "`COPY --from=build / /` brings along everything that the stage held, its tools and caches too, and so takes away what the stage was for. Stages that are built FROM scratch to be copied whole are fine.",
      category: "size",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3067", match: "same" }],
      examples: [
        {
          bad: "FROM debian:13 AS build\nFROM debian:13\nCOPY --from=build / /\n",
          good: "FROM debian:13 AS build\nFROM debian:13\nCOPY --from=build /srv/app /srv/app\n",
        },
      ],
    },
    messages: { namePaths: "This copies all of `{{from}}`, its tools included; name the paths that are needed." },
  },
  create(context) {
    const { stages } = context.sourceCode.facts;
    return {
      Copy(node) {
        const from = node.flags.find(({ name }) => name === "from");
        const source = node.sources.find(({ value }) => value === "/");
        if (!from?.value || !source || node.destination?.value !== "/") return;
        const use = stages.of(node)?.uses.find(({ instruction }) => instruction === node);
        const target = use?.target;
        if (target && stages.chain(target).at(-1)?.base.kind === "scratch") return;
        context.report({ node: source, messageId: "namePaths", data: { from: from.value.value } });
      },
    };
  },
});
