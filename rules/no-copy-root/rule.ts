import type { Instruction } from "@stagewright/ast";
import { createRule } from "@stagewright/core";
import type { Stage } from "@stagewright/core";

export default createRule<"namePaths", { readonly images: boolean }>({
  name: "no-copy-root",
  meta: {
    type: "suggestion",
    schema: [
      {
        type: "object",
        properties: {
          images: {
            type: "boolean",
            description: "Report images and stages that add nothing to theirs too, and copies into an empty stage",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ images: false }],
    docs: {
      description: "Do not copy the whole root of another stage",
      why: "`COPY --from=build / /` brings along everything that the stage held, its tools and caches too, and so takes away what the stage was for. Stages that are built FROM scratch to be copied whole are fine, and so are images such as `tonistiigi/xx`, which are made for it, and a copy into an empty stage, which makes one layer of all.",
      category: "size",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3067", match: "same", options: { images: true } }],
      examples: [
        {
          bad: "FROM debian:13 AS build\nRUN make\nFROM debian:13\nCOPY --from=build / /\n",
          good: "FROM debian:13 AS build\nRUN make\nFROM debian:13\nCOPY --from=build /srv/app /srv/app\n",
        },
      ],
    },
    messages: { namePaths: "This copies all of `{{from}}`, its tools included; name the paths that are needed." },
  },
  create(context) {
    const { stages } = context.sourceCode.facts;
    const [{ images }] = context.options;
    return {
      Copy(node) {
        const from = node.flags.find(({ name }) => name === "from");
        const source = node.sources.find(({ value }) => value === "/");
        if (!from?.value || !source || node.destination?.value !== "/") return;
        const use = stages.of(node)?.uses.find(({ instruction }) => instruction === node);
        const target = use?.target;
        if (target && stages.chain(target).at(-1)?.base.kind === "scratch") return;
        if (!images && (!target || !runsSomething(target) || isEmpty(stages.of(node), node))) return;
        context.report({ node: source, messageId: "namePaths", data: { from: from.value.value } });
      },
    };

    function runsSomething(stage: Stage): boolean {
      return stages.chain(stage).some(({ instructions }) => instructions.some(({ type }) => type === "Run"));
    }
  },
});

/** The stage is built FROM scratch, and the copy is the first thing in it. */
const isEmpty = (stage: Stage | null, copy: Instruction): boolean =>
  stage?.base.kind === "scratch" &&
  !stage.instructions.slice(0, stage.instructions.indexOf(copy)).some(({ type }) => type === "Copy" || type === "Add");
