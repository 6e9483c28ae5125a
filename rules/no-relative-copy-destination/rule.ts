import { createRule } from "@stagewright/core";

export default createRule<"setWorkdir" | "makeAbsolute">({
  name: "no-relative-copy-destination",
  meta: {
    type: "problem",
    hasSuggestions: true,
    schema: [],
    docs: {
      description: "Set WORKDIR before copying to a relative path",
      why: "A relative destination starts from the working directory of the base image, which is not written here and may change with it.",
      category: "correctness",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3045", match: "same" }],
      examples: [
        { bad: "FROM debian:13\nCOPY app srv/app\n", good: "FROM debian:13\nWORKDIR /opt\nCOPY app srv/app\n" },
      ],
    },
    messages: {
      setWorkdir:
        "`{{path}}` starts from the working directory of the base image; set WORKDIR before, or write an absolute path.",
      makeAbsolute: "Write {{absolute}}, if the base image's working directory is `/`.",
    },
  },
  create(context) {
    const { stages } = context.sourceCode.facts;
    return {
      Copy(node, parent) {
        const { destination } = node;
        if (!destination || parent?.type === "Onbuild") return;
        const path = destination.value;
        if (/^(\/|\$|[A-Za-z]:)/.test(path) || hasWorkdirBefore()) return;
        const absolute = `/${path.replace(/^\.\/?/, "")}`;
        context.report({
          node: destination,
          messageId: "setWorkdir",
          data: { path },
          suggest:
            destination.type === "Word" && destination.quote === null
              ? [
                  {
                    messageId: "makeAbsolute",
                    data: { absolute },
                    fix: (fixer) => fixer.replaceText(destination, absolute),
                  },
                ]
              : [],
        });

        function hasWorkdirBefore(): boolean {
          const stage = stages.of(node);
          return (
            stage !== null &&
            stages
              .chain(stage)
              .some((each) =>
                each.instructions.some((other) => other.type === "Workdir" && other.range[0] < node.range[0]),
              )
          );
        }
      },
    };
  },
});
