import type { Copy } from "@stagewright/ast";
import { createRule, type Stage } from "@stagewright/core";

interface Options {
  readonly paths: readonly string[];
  readonly anySource: boolean;
}

export default createRule<"namePaths" | "nameParts", Options>({
  name: "no-copy-root",
  meta: {
    type: "suggestion",
    schema: [
      {
        type: "object",
        properties: {
          paths: {
            type: "array",
            items: { type: "string", pattern: "^/" },
            description: "Folders that hold a whole system or a whole home, and should not be copied as they are",
          },
          anySource: {
            type: "boolean",
            description:
              "Also report images that are copied whole, and what is moved into an empty stage, as hadolint does",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ paths: ["/", "/usr", "/root"], anySource: false }],
    docs: {
      description: "Do not copy the whole root, `/usr` or `/root` of another stage",
      why: "`COPY --from=build / /` brings along everything that the stage held, its tools and caches too, and so takes away what the stage was for. The same goes for `/usr`, where the system's programs are, and for `/root`, where tools keep their caches and credentials.\n\nLeft alone is what is copied whole on purpose: stages that are built FROM scratch, images that nothing was added to, a system that is moved into an empty stage to make one layer of it, and the `/usr` of a stage that removes its packages again.",
      category: "size",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3067", match: "wider", options: { paths: ["/"], anySource: true } }],
      examples: [
        {
          bad: "FROM debian:13 AS build\nRUN make -C /src install\n\nFROM debian:13\nCOPY --from=build / /\n",
          good: "FROM debian:13 AS build\nRUN make -C /src install\n\nFROM debian:13\nCOPY --from=build /srv/app /srv/app\n",
        },
      ],
    },
    messages: {
      namePaths: "This copies all of `{{from}}`, its tools included; name the paths that are needed.",
      nameParts: "This copies all of `{{path}}`, also what only `{{from}}` needs; name the paths that are needed.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    const { stages } = facts;
    const [{ paths, anySource }] = context.options;
    return {
      Copy(node) {
        const from = node.flags.find(({ name }) => name === "from");
        if (!from?.value) return;
        const source = node.sources.find(({ value }) => paths.includes(withoutSlash(value)));
        if (!source) return;
        const path = withoutSlash(source.value);
        if (path === "/" && withoutSlash(node.destination?.value ?? "") !== "/") return;
        const target = stages.of(node)?.uses.find(({ instruction }) => instruction === node)?.target ?? null;
        if (target && isFromScratch(target)) return;
        if (!anySource && (isMeant(node, target) || (path === "/usr" && target && isTidied(target)))) return;
        context.report({
          node: source,
          messageId: path === "/" ? "namePaths" : "nameParts",
          data: { from: from.value.value, path },
        });
      },
    };

    /** An image that nothing was added to, or one that becomes a single layer. */
    function isMeant(node: Copy, target: Stage | null): boolean {
      const stage = stages.of(node);
      return target === null || !stages.chain(target).some(hasWork) || (stage !== null && isFromScratch(stage));
    }

    /** It removes again what it has installed for its work alone. */
    function isTidied(stage: Stage): boolean {
      const { added } = facts.packages(stage);
      return added.some(({ kind, removal }) => kind === "toolchain" && removal !== null);
    }

    function isFromScratch(stage: Stage): boolean {
      return stages.chain(stage).at(-1)?.base.kind === "scratch";
    }
  },
});

const withoutSlash = (path: string): string => (path === "/" ? path : path.replace(/\/+(?:\.\/?)?$/, "")) || "/";

const hasWork = ({ instructions }: Stage): boolean =>
  instructions.some(({ type }) => type === "Run" || type === "Copy" || type === "Add");
