import type { Add, Copy } from "@stagewright/ast";
import { createRule } from "@stagewright/core";
import type { FileRequest } from "@stagewright/core";
import { isIgnored, parseDockerignore } from "./dockerignore.ts";

const dockerignore: FileRequest = { kind: "file", path: ".dockerignore" };

export default createRule<"notInContext">({
  name: "no-ignored-copy",
  meta: {
    type: "problem",
    schema: [],
    docs: {
      description: "Do not copy what .dockerignore leaves out",
      why: "Files that `.dockerignore` names never reach the builder, so the COPY fails or copies nothing.",
      category: "correctness",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "buildkit", id: "CopyIgnoredFile", match: "same" }],
      examples: [],
    },
    messages: {
      notInContext: "`{{source}}` is left out of the build context by `.dockerignore`, so it cannot be copied.",
    },
    requests: () => [dockerignore],
  },
  create(context) {
    const { sourceCode } = context;
    const text = sourceCode.answers.get(dockerignore)?.text;
    if (typeof text !== "string") return {};
    const patterns = parseDockerignore(text);
    const check = (node: Copy | Add) => {
      if (node.flags.some(({ name }) => name === "from")) return;
      for (const source of node.sources) {
        const path = sourceCode.facts.variables.expand(source, node) ?? source.value;
        if (isIgnored(path, patterns))
          context.report({ node: source, messageId: "notInContext", data: { source: path } });
      }
    };
    return { Copy: check, Add: check };
  },
});
